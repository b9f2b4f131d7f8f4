"""How fast and how heavy: whole processes, side by side with other prose linters in one run, as ratios.

    python benchmarks/speed.py NOTES.jsonl          notes as {"id", "text"}, one a line

Every tool gets the same folder of text files. Times are wall clock, the best of three runs after one that does not
count; memory is the peak of the process. Tools that are not installed are left out and said so.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

RUNS = 3
ROW = "{:34} {:>8} {:>8} {:>9}"
PLAIN_NOTE = "Mum made tea. Tom showed me his drawing of the sea. We will meet again on Monday.\n"
PARSED_NOTE = "Mum, who had been promised a lift by the worker, failed to turn up at the clinic.\n"


@dataclass(frozen=True, slots=True)
class Run:
    """A whole process: seconds of wall clock, megabytes at its peak."""

    seconds: float
    megabytes: float


def measure(command: Sequence[str]) -> Run:
    """Run a command to its end, its output thrown away."""
    with Path(os.devnull).open("w") as nowhere:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    process.returncode = 0
    return Run(seconds, usage.ru_maxrss / 1024)


def best(command: Sequence[str]) -> Run:
    """Return the fastest of a few runs, after one to warm the disk and the caches."""
    measure(command)
    return min((measure(command) for _ in range(RUNS)), key=lambda run: run.seconds)


def table(title: str, commands: dict[str, list[str]], against: str) -> None:
    """Print a row for each command that is there, with its time as a ratio of the command named `against`."""
    print(ROW.format(title, "seconds", "MB", "ratio"))
    runs = {name: best(command) for name, command in commands.items() if shutil.which(command[0])}
    for name, run in runs.items():
        ratio = run.seconds / runs[against].seconds
        print(ROW.format(name, f"{run.seconds:.2f}", f"{run.megabytes:.0f}", f"{ratio:.2f}"))
    for name in commands.keys() - runs.keys():
        print(f"{name}: not installed")
    print()


def main() -> None:
    """Measure the corpus named on the command line, and one note cold."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("notes", type=Path)
    chosen = arguments.parse_args()
    ours = str(Path(sys.executable).parent / "fsm-language")
    check = [ours, "check", "--format", "jsonl", "--jobs", "1"]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "notes"
        folder.mkdir()
        for number, line in enumerate(chosen.notes.read_text(encoding="utf-8").splitlines()):
            (folder / f"{number:05}.txt").write_text(json.loads(line)["text"], encoding="utf-8")
        files = [str(file) for file in sorted(folder.iterdir())]
        corpus = {
            "fsm-language": [*check, str(folder)],
            "fsm-language, rules and guards": [*check, "--no-tone", str(folder)],
            "fsm-language, words alone": [*check, "--no-tone", "--no-context", str(folder)],
            "proselint": ["proselint", "check", *files],
            "alex": ["alex", *files],
            "write-good": ["write-good", *files],
        }
        table(f"{len(files)} notes", corpus, "fsm-language, rules and guards")
        plain, parsed = Path(place) / "plain.txt", Path(place) / "parsed.txt"
        plain.write_text(PLAIN_NOTE, encoding="utf-8")
        parsed.write_text(PARSED_NOTE, encoding="utf-8")
        cold = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "one note, nothing to parse": [*check, "--no-tone", str(plain)],
            "one note, a sentence to parse": [*check, "--no-tone", str(parsed)],
            "one note, learned tier too": [*check, str(parsed)],
            "proselint, one note": ["proselint", "check", str(plain)],
            "alex, one note": ["alex", str(plain)],
            "write-good, one note": ["write-good", str(plain)],
        }
        table("one note, cold", cold, "python -c pass")


if __name__ == "__main__":
    main()
