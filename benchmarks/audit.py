"""An audit of a service's notes: notes a second and memory at the peak by size and processes, and what kills do to it.

    python benchmarks/audit.py                        1,024, 10,000 and 100,000 generated notes: 1, 2 processes, Spark
    python benchmarks/audit.py --sizes 1024 --by 2 spark              other rows of the table
    python benchmarks/audit.py --form parquet --by spark              notes in a Parquet file
    python benchmarks/audit.py -- --no-tone                           with flags of `fsm-language audit`
    python benchmarks/audit.py --kills 50             kill one run at 50 random moments; compare with an undisturbed one
    python benchmarks/audit.py --report               only the report, of a journal of each size

A row is printed when it is measured. Notes have about 100 words. Times are wall clock of whole processes, reading,
checking, journal and report, with the learned tier unless a flag says otherwise. Memory is what the process and those
it starts hold together at the most, as shares of what they share (Linux: proportional set size, looked at ten times a
second). Spark is one of this machine's own, with a Python worker for each core (`local[*]`, on two cores `local[2]`).
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import notes_maker

ROW = "{:>9} {:>9} {:>9} {:>13} {:>9}"
KILLED_AT = 2000  # notes of the run that is killed
REPEATED = 1000  # notes of whose rows long journals are made


class Run(NamedTuple):
    """A whole run: seconds of wall clock, megabytes at its peak."""

    seconds: float
    megabytes: float


def command(notes: Path, folder: Path, by: str, *flags: str) -> list[str]:
    """Return the command that audits `notes` into `folder`, by so many processes or by `spark`."""
    program = str(Path(sys.executable).parent / "fsm-language")
    who = ("--engine", "spark") if by == "spark" else ("--jobs", by)
    return [program, "audit", str(notes), "--output", str(folder), *who, "--quiet", *flags]


def measure(command: list[str]) -> Run:
    """Run a command to its end and watch its memory."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_kilobytes, _family(process.pid))))
        time.sleep(0.1)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit status {process.returncode}")
    return Run(time.perf_counter() - began, peak / 1024)


def _family(pid: int) -> Iterator[int]:
    """Yield a process and those below it."""
    yield pid
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in below:
        yield from _family(int(child))


def _kilobytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def table(sizes: list[int], by: list[str], form: str, folder: Path, flags: list[str]) -> None:
    """Print a row for each size and number of processes."""
    print(ROW.format("notes", "by", "seconds", "notes/second", "MB"), flush=True)
    for size in sizes:
        notes = folder / f"{size}.{form}"
        notes_maker.write(notes, size)
        for who in by:
            _row(size, who, measure(command(notes, folder / f"{size}-{who}", who, *flags)))


def reports(sizes: list[int], folder: Path, flags: list[str]) -> None:
    """Print a row for the making of the report of each size; its rows are those of 1,000 notes over and over."""
    print(ROW.format("notes", "by", "seconds", "notes/second", "MB"), flush=True)
    notes, audit = folder / "notes.jsonl", folder / "audit"
    notes_maker.write(notes, REPEATED)
    measure(command(notes, audit, "2", *flags))
    rows = _rows(audit)
    for size in sizes:
        with (audit / "findings.jsonl").open("wb") as journal:
            journal.writelines(rows for _ in range(-(-size // REPEATED)))
        program = str(Path(sys.executable).parent / "fsm-language")
        _row(-(-size // REPEATED) * REPEATED, "report", measure([program, "report", str(audit)]))


def _row(size: int, by: str, run: Run) -> None:
    cells = (f"{run.seconds:.1f}", f"{size / run.seconds:,.0f}", f"{run.megabytes:.0f}")
    print(ROW.format(f"{size:,}", by, *cells), flush=True)


def kill(notes: Path, folder: Path, times: int, longest: float, *flags: str, seed: int = 0) -> int:
    """Kill a run at `times` random moments up to `longest` seconds after each start, then let it end.

    Returns how many kills met a run that was not yet done; killed with no chance to tidy up.
    """
    draw = random.Random(seed)  # noqa: S311  # moments, not secrets
    met = 0
    for _ in range(times):
        process = subprocess.Popen(command(notes, folder, "2", "--resume", *flags), start_new_session=True)
        try:
            process.wait(draw.uniform(0, longest))
        except subprocess.TimeoutExpired:
            met += 1
            process.send_signal(signal.SIGKILL)
            process.wait()
    subprocess.run(command(notes, folder, "2", "--resume", *flags), check=True)
    return met


def main() -> None:
    """Measure, or kill, as the command line says."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sizes", type=int, nargs="+", default=[1024, 10_000, 100_000])
    arguments.add_argument("--by", nargs="+", default=["1", "2", "spark"], help="numbers of processes, or spark")
    arguments.add_argument("--form", choices=["jsonl", "csv", "parquet"], default="jsonl", help="what the notes are in")
    arguments.add_argument("--kills", type=int, default=0)
    arguments.add_argument("--notes", type=int, default=KILLED_AT, help="how many notes the killed run has")
    arguments.add_argument("--report", action="store_true", help="measure the report alone")
    arguments.add_argument("flags", nargs="*", help="flags of the audit, after --")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if chosen.kills:
            sys.exit(not survives(chosen.kills, chosen.notes, Path(place), chosen.flags))
        if chosen.report:
            reports(chosen.sizes, Path(place), chosen.flags)
        else:
            table(chosen.sizes, chosen.by, chosen.form, Path(place), chosen.flags)


def survives(kills: int, count: int, folder: Path, flags: list[str]) -> bool:
    """Say whether a run of `count` notes comes to the same after `kills` kills."""
    notes = folder / "notes.jsonl"
    notes_maker.write(notes, count)
    undisturbed = measure(command(notes, folder / "undisturbed", "2", *flags))
    met = kill(notes, folder / "killed", kills, undisturbed.seconds / 4, *flags)
    same = _rows(folder / "killed") == _rows(folder / "undisturbed")
    print(f"{met} of {kills} kills met a run at work; the result is {'the same' if same else 'ANOTHER ONE'}")
    print(f"processes left behind: {len(left_behind(folder))}")
    return same


def _rows(folder: Path) -> bytes:
    return (folder / "findings.jsonl").read_bytes()


def left_behind(folder: Path) -> list[int]:
    """Return the processes that still work for a run in `folder`."""
    named = os.fsencode(folder)
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if named in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


if __name__ == "__main__":
    main()
