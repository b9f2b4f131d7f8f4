"""An audit as people and scripts run it: whole processes, what they say, and what a kill leaves."""

import json
import os
import pty
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import audit as benchmark
import notes_maker
import pytest
from fsm_language_cli.output import Pace

from fsm_language.audit import FINDINGS, RUN, rows

ROOT = Path(__file__).parent.parent
NOTES = """\
ref,note,written,team,worker
w1,Mum failed to attend.,2026-01-31,North,W1
w2,Gran made tea.,1/2/2026,South,W2
w3,Dad failed to ring.,2026-03-01,South,W1
"""
FIELDS = ("--text-field", "note", "--id-field", "ref", "--date-field", "written")
SETTINGS = "text_field: note\nid_field: ref\ndate_field: written\ncontextual: false\ntone: false\n"


def run(*arguments, cwd, **environment):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(str(ROOT / folder) for folder in ("", "cli")), **environment}
    command = [sys.executable, "-m", "fsm_language_cli", "audit", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, env=env, check=False)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "n.csv").write_text(NOTES)
    (tmp_path / ".fsm-language.yaml").write_text(SETTINGS)
    return tmp_path


def ids(folder):
    return [row["id"] for row in rows(folder)]


def test_fields_are_settled_once_and_rows_are_written(folder):
    done = run("n.csv", "--output", "out", "--group-by", "worker", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert "3 notes checked: 2 things to look at in 2 of them" in done.stderr
    found = list(rows(folder / "out"))
    assert [(row["id"], row["date"], row["team"], row["groups"]["worker"]) for row in found] == [
        ("w1", "2026-01-31", "North", "W1"),
        ("w2", "2026-02-01", "South", "W2"),
        ("w3", "2026-03-01", "South", "W1"),
    ]


@pytest.mark.parametrize(
    ("flags", "taken"),
    [
        (["--since", "2026-02-01"], ["w2", "w3"]),
        (["--where", "team=south", "--where", "worker=W1"], ["w3"]),
        (["--where", "worker=W1", "--where", "worker=W2"], ["w1", "w2", "w3"]),
        (["--where", "file=n.csv", "--sample", "2", "--seed", "1"], 2),
    ],
    ids=["since", "both", "either", "sample"],
)
def test_notes_are_chosen(folder, flags, taken):
    assert run("n.csv", "--output", "out", *flags, cwd=folder).returncode == 0
    found = ids(folder / "out")
    assert found == taken if isinstance(taken, list) else len(found) == taken


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["n.csv", "--output", "out", "--fail-on", "warning"], 1, "3 notes checked"),
        (["n.csv", "none.csv", "--output", "out"], 2, "none.csv: There is no such file"),
        (["n.csv"], 2, "--output"),
        (["--output", "out"], 2, "Say which notes"),
        (["n.csv", "--output", "out", "--since", "yesterday"], 2, "write a day as 2026-01-31"),
        (["n.csv", "--output", "out", "--where", "team"], 2, "no FIELD=VALUE"),
        (["n.csv", "--output", "out", "--query", "select 1"], 2, "its URL, and --query"),
        (["sqlite:///x.db", "--output", "out"], 2, "its URL, and --query"),
        (["n.csv", "--output", "out", "--pseudonymise", "n.key"], 2, "the key is too short"),
        (["n.csv", "--output", "out", "--pseudonymise", "none.key"], 2, "none.key: No such file"),
        (["n.csv", "--output", "n.csv"], 2, "n.csv"),
    ],
    ids=["findings", "a path that is not there", "no folder", "no notes", "no day", "no value", "a query of a file",
         "a database without one", "a short key", "no key", "a file for a folder"],
)  # fmt: skip
def test_exit_status_and_what_is_wrong(folder, arguments, status, says):
    (folder / "n.key").write_text("short\n")
    done = run(*arguments, cwd=folder)
    assert done.returncode == status
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_note_that_fails_is_a_row_and_the_first_few_are_told(folder):
    (folder / "n.jsonl").write_text("\n".join(["{", *['{"ref": "a", "note": "x"}'] * 2, *["{"] * 12]))
    done = run("n.jsonl", "--output", "out", cwd=folder)
    assert done.returncode == 2
    assert "n.jsonl · line 1: Line 1: not JSON" in done.stderr
    assert "3 more notes could not be read" in done.stderr
    assert Counter(row["error"] is None for row in rows(folder / "out")) == {True: 2, False: 13}


def test_a_second_run_goes_on_or_refuses_in_plain_words(folder):
    assert run("n.csv", "--output", "out", cwd=folder).returncode == 0
    assert "holds an audit" in run("n.csv", "--output", "out", cwd=folder).stderr
    assert run("n.csv", "--output", "out", "--resume", cwd=folder).returncode == 0
    (folder / "n.csv").write_text(NOTES + "w4,x,,,\n")
    changed = run("n.csv", "--output", "out", "--resume", cwd=folder)
    assert changed.returncode == 2
    assert "the notes to read are not the same, or were changed since" in changed.stderr
    assert run("n.csv", "--output", "out", "--anew", cwd=folder).returncode == 0
    assert ids(folder / "out") == ["w1", "w2", "w3", "w4"]


def test_only_new_wording_counts_with_a_baseline(folder):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(str(ROOT / part) for part in ("", "cli"))}
    made = [sys.executable, "-m", "fsm_language_cli", "baseline", "update", "n.csv", "--baseline", "b.json"]
    subprocess.run(made, check=True, cwd=folder, env=env, capture_output=True)
    gate = ("n.csv", "--baseline", "b.json", "--fail-on", "suggestion", "--anew", "--output", "out")
    assert run(*gate, cwd=folder).returncode == 0
    (folder / "n.csv").write_text(NOTES + "w4,Gran failed to phone.,,,\n")
    done = run(*gate, cwd=folder)
    assert done.returncode == 1
    assert "2 findings kept quiet" in done.stderr
    assert [row["id"] for row in rows(folder / "out") if row["findings"]] == ["w4"]


def test_a_database_is_audited_and_its_url_kept_out_of_everything(folder):
    connection = sqlite3.connect(folder / "r.db")
    connection.execute("create table n (ref text, note text)")
    connection.executemany("insert into n values (?, ?)", [(str(n), "Mum failed to attend.") for n in range(5)])
    connection.commit()
    connection.close()
    url = f"sqlite:///{folder}/r.db?timeout=17"
    query = ("--query", "select * from n order by ref", "--output", "out")
    done = run(*query, cwd=folder, FSM_LANGUAGE_DATABASE=url)
    assert (done.returncode, ids(folder / "out")) == (0, ["0", "1", "2", "3", "4"])
    kept = (folder / "out" / RUN).read_text() + (folder / "out" / FINDINGS).read_text() + done.stderr
    assert "timeout=17" not in kept
    assert run(url, *query, "--resume", cwd=folder).returncode == 0


def test_names_are_hidden_with_a_key(folder):
    (folder / "n.key").write_text("a long enough key of chance\n")
    assert run("n.csv", "--output", "out", "--pseudonymise", "n.key", cwd=folder).returncode == 0
    assert all(len(row["id"]) == 16 and row["name"].endswith(".csv") for row in rows(folder / "out"))


def test_who_waits_at_a_terminal_sees_how_far_it_is(folder):
    notes_maker.write(folder / "many.jsonl", 400)
    shown, terminal = pty.openpty()
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(str(ROOT / part) for part in ("", "cli"))}
    command = [sys.executable, "-m", "fsm_language_cli", "audit", "many.jsonl", "--output", "out"]
    flags = ["--text-field", "text", "--id-field", "id", "--jobs", "1", "--context"]
    with subprocess.Popen([*command, *flags], cwd=folder, env=env, stderr=terminal, stdout=subprocess.DEVNULL):
        os.close(terminal)
        said = b""
        try:
            while piece := os.read(shown, 1000):
                said += piece
        except OSError:  # the end of a terminal on Linux
            os.close(shown)
    assert b"400 notes checked:" in said
    assert b" checked, " in said


def test_the_pace_is_told_when_there_is_enough_to_tell_it_by():
    pace = Pace()
    assert pace.told(0.0, 1, 0.0) == ""
    assert pace.told(0.5, 11, 0.001) == ""
    assert pace.told(10.0, 201, 0.0) == ", 20 a second"
    assert pace.told(20.0, 401, 0.1) == ", 20 a second, about 3 min left"
    assert pace.told(30.0, 601, 0.9) == ", 20 a second, less than a minute left"


def test_kills_at_random_moments_lose_and_double_nothing(tmp_path):
    notes = tmp_path / "notes.jsonl"
    notes_maker.write(notes, 150)
    took = benchmark.measure(benchmark.command(notes, tmp_path / "undisturbed", "2"))
    benchmark.kill(notes, tmp_path / "killed", times=4, longest=took.seconds, seed=1)
    for file in (FINDINGS, RUN):
        assert (tmp_path / "killed" / file).read_bytes() == (tmp_path / "undisturbed" / file).read_bytes()
    assert benchmark.left_behind(tmp_path) == []
    assert len(ids(tmp_path / "killed")) == 150


def test_made_notes_are_the_same_for_a_seed(tmp_path):
    for name in ("a.jsonl", "b.jsonl", "n.csv", "n.parquet"):
        notes_maker.write(tmp_path / name, 30, seed=3)
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    from fsm_language.readers import Fields, read

    texts = [
        [note.text for note in read(tmp_path / name, Fields(), set())] for name in ("a.jsonl", "n.csv", "n.parquet")
    ]
    assert texts[0] == texts[1] == texts[2]
    assert texts[0] == [json.loads(line)["text"] for line in (tmp_path / "a.jsonl").read_text().splitlines()]
