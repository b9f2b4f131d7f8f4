"""What goes wrong on real machines, made to go wrong: full and read-only disks, killed processes, writers that meet."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import fsm_language
from fsm_language import Linter, Settings, cache, whole
from fsm_language.suppress import load as load_store
from fsm_language.suppress import new, save

NOTE = "Zebulon Quillfeather failed to attend.\n"
COMMAND = [sys.executable, "-m", "fsm_language_cli"]
ROOM = "64k"  # on the small disk: less than any of the outputs below
QUICK = ("--no-context", "--no-tone")
INSTALLED = Path(fsm_language.__file__).parents[1]


def mounted(script, place, *arguments, command=COMMAND, **options):
    """Run a command in a mount namespace of its own that `script` has prepared; `$1` is `place` there."""
    isolated = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"]), "sh", "-c"]
    everything = [*isolated, f"set -e; {script}", "sh", str(place), *command, *map(str, arguments)]
    return subprocess.run(everything, capture_output=True, text=True, check=False, timeout=300, **options)


def on_a_full_disk(place, *arguments, **options):
    """Run a command while `place` is a disk with hardly any room; what is in it afterwards is found there."""
    script = f"""
        kept=$(mktemp -d); cp -a "$1/." "$kept"
        mount -t tmpfs -o size={ROOM} tmpfs "$1"; cp -a "$kept/." "$1"
        place=$1; shift; status=0; "$@" || status=$?
        rm -rf "$kept"; mkdir "$kept"; cp -a "$place/." "$kept"; umount "$place"
        rm -rf "$place"; mv "$kept" "$place"
        exit $status
    """
    return mounted(script, place, *arguments, **options)


@pytest.fixture
def notes(tmp_path):
    """A folder of notes in which much is found: what is written of it needs more room than the small disk has."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "many.txt").write_text("".join(f"{NOTE}Number {n}.\n\n" for n in range(600)), encoding="utf-8")
    return folder


@pytest.fixture
def small(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    return folder


def recorded(small):
    """A baseline of one finding on the small disk."""
    report = Linter(Settings(contextual=False, tone=False)).check("Mum failed to attend.", "one.txt")
    store = new()
    save(replace(store, entries=(store.entry(report.findings[0], report),)), small / "baseline.json")
    return (small / "baseline.json").read_bytes()


FULL = {
    "findings in a file": ("check", "{notes}", "--format", "json", "--output", "{small}/out.json", *QUICK),
    "a table": ("check", "{notes}", "--format", "csv", "--output", "{small}/out.csv", *QUICK),
    "a baseline": ("baseline", "update", "{notes}", "--allow-growth", "--baseline", "{small}/baseline.json", *QUICK),
    "an annotated copy": ("annotate", "{notes}/many.md", "{small}/copy.md", *QUICK),
    "an audit": ("audit", "{notes}", "--output", "{small}/audit", *QUICK),
}


@pytest.mark.parametrize("arguments", FULL.values(), ids=FULL)
def test_a_full_disk_is_said_in_a_sentence_and_nothing_that_was_there_is_lost(arguments, notes, small):
    shutil.copy(notes / "many.txt", notes / "many.md")
    before = recorded(small)
    done = on_a_full_disk(small, *(part.format(notes=notes, small=small) for part in arguments))
    assert done.returncode == 2, done.stderr
    assert "No space left on device" in done.stderr
    assert str(small) in done.stderr
    assert "Traceback" not in done.stderr
    assert "Quillfeather" not in done.stderr
    assert (small / "baseline.json").read_bytes() == before
    assert not list(small.rglob("*.part"))
    assert not list(small.rglob("*.lock"))


def test_a_full_cache_folder_does_no_harm(notes, small):
    (small / "filling").write_bytes(b"x" * 2**15)
    done = on_a_full_disk(small, "check", notes, *QUICK, env={**os.environ, "FSM_LANGUAGE_CACHE": str(small)})
    assert (done.returncode, done.stderr) == (1, "")
    assert [file.name for file in small.iterdir()] == ["filling"]


READ_ONLY = """
    for place in $1; do mount --bind "$place" "$place"; mount -o remount,bind,ro "$place"; done
    shift; exec "$@"
"""
UNWRITABLE = {
    "check": ("check", "{notes}"),
    "an audit with its report": ("audit", "{notes}", "--output", "{small}/audit", "--quiet"),
}


@pytest.mark.parametrize("arguments", UNWRITABLE.values(), ids=UNWRITABLE)
def test_a_home_and_an_installation_that_cannot_be_written_do_no_harm(arguments, tmp_path, notes, small):
    (notes / "many.txt").write_text(f"Dad made tea. {NOTE}", encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("FSM_LANGUAGE", "XDG_"))}
    environment |= {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    told = tuple(part.format(notes=notes, small=small) for part in arguments)
    done = mounted(READ_ONLY, f"{home} {INSTALLED}", *told, env=environment)
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == ""
    assert list(home.iterdir()) == []


def test_a_cache_that_can_only_be_read_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("FSM_LANGUAGE_CACHE", str(tmp_path / "cache"))
    cache.remember("pack", {"rules": []})
    code = [sys.executable, "-c", "from fsm_language import cache; print(cache.recall('pack'))"]
    done = mounted(READ_ONLY, tmp_path / "cache", command=code)
    assert done.stdout == "{'name': 'pack', 'rules': []}\n", done.stderr


@pytest.mark.parametrize("kind", ["a file", "below a file", "a link to nowhere"])
def test_a_cache_folder_that_cannot_be_one_does_no_harm(kind, tmp_path, monkeypatch):
    place = tmp_path / "cache"
    if kind in ("a file", "below a file"):
        place.write_text("no folder")
    else:
        place.symlink_to(tmp_path / "none" / "none")
    monkeypatch.setenv("FSM_LANGUAGE_CACHE", str(place / "below" if kind == "below a file" else place))
    cache.remember("pack", {"rules": []})
    assert cache.recall("pack") is None


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A cache folder of its own with one small pack in it, and the name and content of its file."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FSM_LANGUAGE_CACHE", str(folder))
        cache.remember("pack", {"rules": [{"id": f"a.{n}", "phrases": ["“é”"]} for n in range(20)]})
        yield folder / "pack.json", (folder / "pack.json").read_bytes()


def test_a_cache_cut_short_anywhere_is_not_read(kept):
    file, whole_content = kept
    for length in range(len(whole_content)):
        file.write_bytes(whole_content[:length])
        assert cache.recall("pack") is None
    file.write_bytes(whole_content)
    assert cache.recall("pack") is not None


def test_a_cache_with_any_bit_turned_over_is_not_read(kept):
    file, whole_content = kept
    for bit in range(0, len(whole_content) * 8, 5):
        damaged = bytearray(whole_content)
        damaged[bit // 8] ^= 1 << bit % 8
        file.write_bytes(damaged)
        assert cache.recall("pack") is None


@pytest.mark.parametrize("year", [1970, 1980, 2199])
def test_the_clock_does_not_matter_to_what_was_kept(kept, year):
    file, whole_content = kept
    file.write_bytes(whole_content)
    when = (year - 1970) * 31_556_952
    os.utime(file, (when, when))
    assert cache.recall("pack") is not None


def test_a_pack_that_changed_is_read_anew_whatever_the_clock_says(tmp_path):
    pack = tmp_path / "ours.yaml"
    pack.write_text("level: warning")
    stamp, name = pack.stat(), cache.digest("1", [pack])
    pack.write_text("level: error  ")
    os.utime(pack, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert pack.stat().st_size == stamp.st_size
    assert cache.digest("1", [pack]) != name


def together(*commands):
    """Run commands at the same time; return what became of each."""
    started = [
        subprocess.Popen([*COMMAND, *map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for command in commands
    ]
    return [(process.returncode, *said) for process in started if (said := process.communicate(timeout=300))]


def test_ignores_added_by_two_people_at_once_are_all_kept(tmp_path):
    ignores = tmp_path / "ignores.json"
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"Mum failed to attend on day {number}.", encoding="utf-8")
    done = together(
        *(("ignore", "add", tmp_path / f"{n}.txt", "--line", 1, "--ignores", ignores, *QUICK) for n in range(4))
    )
    assert [status for status, *_ in done] == [0] * 4, done
    assert len(load_store(ignores).entries) == 4
    assert not list(tmp_path.glob("*.lock"))


def test_baselines_of_two_folders_recorded_at_once_in_one_file_are_both_kept(tmp_path):
    file = tmp_path / "baseline.json"
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(NOTE, encoding="utf-8")
    update = ("baseline", "update", "--allow-growth", "--baseline", file, *QUICK)
    done = together((*update, tmp_path / "north"), (*update, tmp_path / "south"))
    assert [status for status, *_ in done] == [0, 0], done
    assert len(load_store(file).entries) == 2


def test_who_would_change_a_file_while_another_does_is_told_so_in_the_end(tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "PATIENCE", 0.0)
    file = tmp_path / "ignores.json"
    with whole.alone(file):
        with pytest.raises(BlockingIOError, match="is being changed by another run") as told, whole.alone(file):
            pass
        assert told.value.filename == str(file)
    with whole.alone(file):
        assert [left.name for left in tmp_path.iterdir()] == ["ignores.json.lock"]
    assert list(tmp_path.iterdir()) == []


HOLD = """
import sys
from pathlib import Path
from fsm_language.whole import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_lock_goes_with_the_run_that_had_it_however_that_ended(tmp_path):
    file = tmp_path / "ignores.json"
    command = [sys.executable, "-c", HOLD, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        process.kill()
    assert (tmp_path / "ignores.json.lock").exists()
    with whole.alone(file):
        file.write_text("{}")
    assert list(tmp_path.iterdir()) == [file]


def test_two_processes_that_fill_one_cache_at_once_never_leave_half_of_anything(tmp_path, monkeypatch):
    monkeypatch.setenv("FSM_LANGUAGE_CACHE", str(tmp_path))
    code = "from fsm_language import cache\nfor _ in range(200): cache.remember('pack', {'rules': ['x' * 100_000]})"
    running = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(2)]
    seen = set()
    while any(process.poll() is None for process in running):
        kept = cache.recall("pack")
        seen.add(kept and len(kept["rules"][0]))
    assert [process.communicate()[1] for process in running] == [b"", b""]
    assert 100_000 in seen
    assert seen <= {None, 100_000}
    assert [file.name for file in tmp_path.iterdir()] == ["pack.json"]


def test_threads_that_write_one_file_at_once_each_write_it_whole(tmp_path):
    file = tmp_path / "kept.json"
    contents = [bytes([65 + n]) * 100_000 for n in range(8)]
    with ThreadPoolExecutor(len(contents)) as threads:
        for _ in range(5):
            list(threads.map(whole.write, [file] * len(contents), contents))
    assert file.read_bytes() in contents
    assert list(tmp_path.iterdir()) == [file]
