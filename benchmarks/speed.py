"""How fast and how heavy: whole processes, side by side with other prose linters in one run, as ratios.

    python benchmarks/speed.py NOTES.jsonl                        notes as {"id", "text"}, one a line
    python benchmarks/speed.py NOTES.jsonl --only write-good,vale some peers; `--only ""` for none
    python benchmarks/speed.py NOTES.jsonl --notes 100 --runs 1   a first look

Every tool gets the same folder of text files. Times are wall clock, the best of some runs after one that does not
count; memory is the peak of the process; ratios are to fsm-language with rules and guards. Peers are installed into
a temporary folder by their ordinary clients. One that cannot be had, or takes too long, is said so in its row.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import installed
from peers import install, languagetool, peers, version

ROW = "{:36} {:>8} {:>6} {:>7}  {}"
ALL = ("write-good", "proselint", "alex", "textlint", "codespell", "typos", "harper", "vale", "languagetool")
PLAIN_NOTE = "Mum made tea. Tom showed me his drawing of the sea. We will meet again on Monday.\n"
PARSED_NOTE = "Mum, who had been promised a lift by the worker, failed to turn up at the clinic.\n"
STARTING = 60  # seconds for a server to answer
LONG = 20.0  # seconds: a run as long as this is not repeated


class SlowError(Exception):
    """A command that took longer than it may."""


@dataclass(frozen=True, slots=True)
class Run:
    """A whole process: seconds of wall clock, megabytes at its peak."""

    seconds: float
    megabytes: float


def measure(command: Sequence[str], environment: dict[str, str], limit: float) -> Run:
    """Run a command to its end, its output thrown away. Raises `SlowError` after `limit` seconds."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**installed.environment(), **environment}
    )
    watch = threading.Timer(limit, process.kill)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    watch.cancel()
    process.returncode = status
    if seconds >= limit:
        raise SlowError
    return Run(seconds, usage.ru_maxrss / 1024)


def best(command: Sequence[str], environment: dict[str, str], runs: int, limit: float) -> Run:
    """Return the fastest of `runs` runs, after one to warm the disk and the caches."""
    first = measure(command, environment, limit)
    if first.seconds > LONG:
        return first
    return min((measure(command, environment, limit) for _ in range(runs)), key=lambda run: run.seconds)


@dataclass(slots=True)
class Table:
    """Rows printed as they come, the first of them what the others are compared with."""

    runs: int
    limit: float
    one: float = 0.0

    def head(self, title: str) -> None:
        """Begin a table."""
        self.one = 0.0
        print("\n" + ROW.format(title, "seconds", "MB", "ratio", ""), flush=True)

    def row(
        self, name: str, command: Sequence[str], environment: dict[str, str] | None = None, about: str = ""
    ) -> None:
        """Measure a command and print its row."""
        try:
            run = best(command, environment or {}, self.runs, self.limit)
        except SlowError:
            print(ROW.format(name, f">{self.limit:.0f}", "", "", "stopped"), flush=True)
        except OSError:
            print(ROW.format(name, "", "", "", "not to be had"), flush=True)
        else:
            self.figures(name, run.seconds, f"{run.megabytes:.0f}", about)

    def figures(self, name: str, seconds: float, megabytes: str = "", about: str = "") -> None:
        """Print the row of something that was measured."""
        self.one = self.one or seconds
        print(ROW.format(name, f"{seconds:.2f}", megabytes, f"{seconds / self.one:.2f}", about), flush=True)


def floor(texts: Sequence[Path]) -> float:
    """Return the seconds that reading files and one pass of an automaton over them take, in a process ready for it."""
    from ahocorasick_rs import AhoCorasick

    from fsm_language.packs import load

    book = load().anchors
    automaton = AhoCorasick(stretch for phrase in book.lines for stretch in book.find(phrase).stretches)
    began = time.perf_counter()
    for file in texts:
        automaton.find_matches_as_indexes(file.read_text(encoding="utf-8").lower(), overlapping=True)
    return time.perf_counter() - began


@contextmanager
def serving(command: Sequence[str], port: int) -> Iterator[None]:
    """Start a server and stop it at the end. Raises `OSError` when it does not answer."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(STARTING * 10):
            if process.poll() is not None:
                break
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    yield
                    return
            time.sleep(0.1)
        raise OSError
    finally:
        process.kill()
        process.wait()


def over_http(command: Sequence[str], port: int, files: Sequence[Path], limit: float) -> float:
    """Return the seconds that a server of LanguageTool's protocol takes to check files, one request after another."""
    with serving(command, port):
        seconds = 0.0
        for counts, some in ((False, files[:20]), (True, files)):
            began = time.perf_counter()
            for file in some:
                form = {"language": "en-GB", "text": file.read_text(encoding="utf-8")}
                body = urllib.parse.urlencode(form).encode()
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/v2/check", body, timeout=limit) as answer:
                    answer.read()
                if time.perf_counter() - began > limit:
                    raise SlowError
            seconds = time.perf_counter() - began if counts else 0.0
        return seconds


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def corpus(table: Table, ours: str, folder: Path, names: Sequence[str], place: Path) -> None:
    """Compare all tools on a folder of notes."""
    files = sorted(folder.iterdir())
    check = [ours, "check", "--jobs", "1"]
    table.head(f"{len(files)} notes, one process")
    table.row("fsm-language, rules and guards", [*check, "--no-tone", str(folder)])
    table.row("fsm-language, words alone", [*check, "--no-tone", "--no-context", str(folder)])
    table.row("fsm-language, learned tier too", [*check, str(folder)])
    table.figures("reading and one automaton pass", floor(files))
    for name, peer in peers(place).items():
        if name in names:
            table.row(name, [*peer.command, *map(str, files)], peer.environment, version(peer))


def servers(table: Table, ours: str, folder: Path, place: Path) -> None:
    """Compare our service with LanguageTool's."""
    files = sorted(folder.iterdir())
    table.head(f"{len(files)} notes over HTTP")
    for name in ("fsm-language", "languagetool"):
        port = free_port()
        commands = {"fsm-language": [ours, "serve", "--port", str(port)], "languagetool": languagetool(place, port)}
        try:
            table.figures(name, over_http(commands[name], port, files, table.limit))
        except SlowError:
            print(ROW.format(name, f">{table.limit:.0f}", "", "", "stopped"), flush=True)
        except OSError:
            print(ROW.format(name, "", "", "", "not to be had"), flush=True)


def cold(table: Table, ours: str, folder: Path, names: Sequence[str], place: Path) -> None:
    """Compare all tools on one short note."""
    plain, parsed = folder / "plain.txt", folder / "parsed.txt"
    plain.write_text(PLAIN_NOTE, encoding="utf-8")
    parsed.write_text(PARSED_NOTE, encoding="utf-8")
    check = [ours, "check", "--jobs", "1"]
    table.head("one note, cold")
    table.row("fsm-language, nothing to parse", [*check, "--no-tone", str(plain)])
    table.row("fsm-language, a sentence to parse", [*check, "--no-tone", str(parsed)])
    table.row("fsm-language, learned tier too", [*check, str(parsed)])
    table.row("python -c pass", [sys.executable, "-c", "pass"])
    for name, peer in peers(place).items():
        if name in names:
            table.row(name, [*peer.command, str(plain)], peer.environment)


def main() -> None:
    """Measure the corpus named on the command line, and one note cold."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--only", default=",".join(ALL), help="peers, with commas between")
    arguments.add_argument("--notes", type=int, default=0, help="of the file, only so many")
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--limit", type=float, default=300.0, help="seconds that a run may take")
    chosen = arguments.parse_args()
    names = [name for name in chosen.only.split(",") if name]
    ours = str(Path(sys.executable).parent / "fsm-language")
    with tempfile.TemporaryDirectory() as made:
        place, notes, single = Path(made), Path(made) / "notes", Path(made) / "single"
        notes.mkdir()
        single.mkdir()
        lines = chosen.file.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines[: chosen.notes or None]):
            (notes / f"{number:05}.txt").write_text(json.loads(line)["text"], encoding="utf-8")
        install(names, place)
        table = Table(chosen.runs, chosen.limit)
        cold(table, ours, single, names, place)
        corpus(table, ours, notes, names, place)
        if "languagetool" in names:
            servers(table, ours, notes, place)


if __name__ == "__main__":
    main()
