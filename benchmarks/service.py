"""How many notes a second the service takes, how long each waits, and whether its memory stays flat.

    python benchmarks/service.py                              its own service, both protocols
    python benchmarks/service.py --requests 50000             the long run, for memory
    python benchmarks/service.py --threads 1 2                what threads that share a linter would do instead
    python benchmarks/service.py --address http://127.0.0.1:8010/v2   another LanguageTool server, already running

Notes of 200 words are cut from the marked notes, no two alike in a run. Everything goes over loopback from this one
process, so the figures include its own work. A request that is not answered with 200 is counted as an error.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote_plus, urlsplit

from fsm_language import Linter, programs

NOTES = Path(__file__).parent / "notes" / "dev.jsonl"
WORDS = 200
CONNECTIONS = (1, 8, 64)
ROW = "{:24} {:>5} {:>8} {:>8} {:>8} {:>8} {:>8} {:>6} {:>5}"


class Answer(NamedTuple):
    """How long a request took, in seconds, and its status."""

    seconds: float
    status: int


@dataclass(frozen=True, slots=True)
class Target:
    """A server to ask: where it is, which path, how a note is put, and the process to weigh (0: unknown)."""

    name: str
    host: str
    port: int
    path: str
    kind: str
    process: int = 0

    def request(self, note: str) -> bytes:
        """Return a whole request for a note."""
        if self.kind == "json":
            body, kind = json.dumps({"text": note}).encode(), "application/json"
        else:
            body, kind = f"language=en-GB&text={quote_plus(note)}".encode(), "application/x-www-form-urlencoded"
        head = f"POST {self.path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nContent-Type: {kind}\r\n"
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def notes(count: int) -> Iterator[str]:
    """Yield notes of 200 words, each with a beginning of its own so that no cache knows it."""
    text = " ".join(json.loads(line)["text"] for line in NOTES.read_text(encoding="utf-8").splitlines())
    words = text.split()
    starts = cycle(range(0, len(words) - WORDS, 37))
    for number, start in enumerate(islice(starts, count)):
        yield f"Visit {number}. " + " ".join(words[start : start + WORDS - 2])


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> Answer:
    """Send a request and read its answer to the end."""
    began = time.perf_counter()
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    if "content-length" in fields:
        await reader.readexactly(int(fields["content-length"]))
    else:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return Answer(time.perf_counter() - began, int(head.split()[1]))


async def load(target: Target, connections: int, requests: Sequence[bytes]) -> list[Answer]:
    """Send all requests over so many connections at a time."""
    waiting = iter(requests)
    answers: list[Answer] = []

    async def client() -> None:
        reader, writer = await asyncio.open_connection(target.host, target.port, limit=2**24)
        answers.extend([await ask(reader, writer, request) for request in waiting])
        writer.close()

    await asyncio.gather(*(client() for _ in range(connections)))
    return answers


def megabytes(process: int) -> float:
    """Return the memory of a process and those it started, shared pages counted once for each."""
    total = 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:
            continue
        if str(process) in (fields["Pid"].strip(), fields["PPid"].strip()) and "VmRSS" in fields:
            total += int(fields["VmRSS"].split()[0]) / 1024
    return total


def measure(target: Target, connections: int, count: int) -> None:
    """Print a row of the table."""
    requests = [target.request(note) for note in notes(count)]
    began = time.perf_counter()
    answers = asyncio.run(load(target, connections, requests))
    seconds = time.perf_counter() - began
    took = statistics.quantiles([answer.seconds * 1000 for answer in answers], n=100)
    errors = sum(answer.status != 200 for answer in answers)
    memory = f"{megabytes(target.process):.0f}" if target.process else "-"
    figures = (f"{took[49]:.1f}", f"{took[94]:.1f}", f"{max(a.seconds for a in answers) * 1000:.0f}")
    print(ROW.format(target.name, connections, count, f"{count / seconds:.1f}", *figures, errors, memory))


def measure_threads(threads: int, count: int) -> None:
    """Print a row for one linter in this process that so many threads share, without a service around it."""
    linter = Linter()
    linter.check(next(notes(1)))

    def check(note: str) -> float:
        began = time.perf_counter()
        linter.check(note)
        return time.perf_counter() - began

    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        seconds = list(pool.map(check, notes(count)))
    rate = f"{count / (time.perf_counter() - began):.1f}"
    took = statistics.quantiles([each * 1000 for each in seconds], n=100)
    figures = (f"{took[49]:.1f}", f"{took[94]:.1f}", f"{max(seconds) * 1000:.0f}")
    name = f"library, {threads} thread{'s'[: threads > 1]}"
    print(ROW.format(name, "-", count, rate, *figures, 0, f"{megabytes(os.getpid()):.0f}"))


@contextmanager
def served(workers: int) -> Iterator[tuple[int, int]]:
    """Start a service; yield its port and its process."""
    command = [sys.executable, "-m", "fsm_language_cli", "serve", "--port", "0", "--workers", str(workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        ready = process.stdout.readline() if process.stdout else ""
        yield urlsplit(ready.split()[2]).port or 0, process.pid
        process.terminate()


def main() -> None:
    """Measure what the command line asks for."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--requests", type=int, default=200)
    arguments.add_argument("--workers", type=int, nargs="*", default=[len(os.sched_getaffinity(0))])
    arguments.add_argument("--threads", type=int, nargs="*", help="threads that share a linter; no service is started")
    arguments.add_argument("--address", help="another server's, with /v2")
    arguments.add_argument("--process", type=int, default=0, help="its process, to weigh it")
    chosen = arguments.parse_args()
    print(ROW.format("server", "conn.", "requests", "a second", "p50 ms", "p95 ms", "max ms", "errors", "MB"))
    if chosen.address:
        place = urlsplit(chosen.address)
        target = Target("other", place.hostname or "", place.port or 80, f"{place.path}/check", "form", chosen.process)
        for connections in CONNECTIONS:
            measure(target, connections, chosen.requests)
        return
    if chosen.threads:
        programs.set_up()
        for threads in chosen.threads:
            measure_threads(threads, chosen.requests)
        return
    for workers in chosen.workers:
        with served(workers) as (port, process):
            for path, kind in (("/check", "json"), ("/v2/check", "form")):
                name = f"{path}, {workers} workers"
                for connections in CONNECTIONS:
                    measure(Target(name, "127.0.0.1", port, path, kind, process), connections, chosen.requests)


if __name__ == "__main__":
    main()
