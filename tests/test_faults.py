"""What goes wrong on real machines, made to go wrong: full and read-only disks, killed processes, writers that meet."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from fsm_language import Linter, Settings
from fsm_language.suppress import new, save

NOTE = "Zebulon Quillfeather failed to attend.\n"
COMMAND = [sys.executable, "-m", "fsm_language_cli"]
ROOM = "64k"  # on the small disk: less than any of the outputs below
QUICK = ("--no-context", "--no-tone")


def mounted(script, place, *arguments, **options):
    """Run a command in a mount namespace of its own that `script` has prepared; `$1` is `place` there."""
    isolated = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"]), "sh", "-c"]
    command = [*isolated, f"set -e; {script}", "sh", str(place), *COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, **options)


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
