"""What other systems do otherwise, done here: how processes start, line ends, consoles, and how names are spelt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata

import pytest

from fsm_language import Linter, Settings

FOUND = "Mum failed to attend."
QUICK = ("--no-context", "--no-tone")
SPAWN = """
import multiprocessing, sys
from fsm_language_cli import main
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main(sys.argv[1:])
"""


def run(*arguments, program=("-m", "fsm_language_cli"), **environment):
    command = [sys.executable, *program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


def test_processes_that_start_afresh_as_on_windows_and_macos_find_the_same(tmp_path):
    notes, program = tmp_path / "notes.jsonl", tmp_path / "spawn.py"
    lines = [json.dumps({"id": str(n), "text": f"{FOUND} Day {n}. " * 400}) for n in range(14)]
    notes.write_text("\n".join(lines), encoding="utf-8")
    program.write_text(SPAWN, encoding="utf-8")
    flags = ("check", notes, "--format", "jsonl", *QUICK)
    here, there = run(*flags, "--jobs", 1), run(*flags, "--jobs", 2, program=(program,))
    assert (there.returncode, there.stderr) == (1, b"")
    assert there.stdout == here.stdout


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
def test_a_console_of_few_letters_is_no_trouble(encoding, tmp_path):
    (tmp_path / "note.txt").write_text("“Zoë” ☕ failed to attend. Mum failed to attend.", encoding="utf-8")
    done = run("check", tmp_path, *QUICK, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (1, b"")
    assert "“Zoë” ☕" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["Unix", "Windows", "old macOS"])
def test_line_ends_change_no_finding(end):
    linter = Linter(Settings(contextual=False, tone=False))
    report = linter.check(f"Home visit.{end}{end}{FOUND}{end}")
    (finding,) = report.findings
    assert report.document.position(finding.start) == (3, 5)
    assert finding.text == "failed to attend"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_told_as_the_disk_spells_it(form, tmp_path):
    name = unicodedata.normalize(form, "Zoë.txt")
    (tmp_path / name).write_text(FOUND, encoding="utf-8")
    done = run("check", tmp_path / name, "--format", "jsonl", *QUICK)
    assert json.loads(done.stdout)["name"].endswith(name)
