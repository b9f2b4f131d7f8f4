"""Whether the service and the language server stay as they are under hours of mixed load, and keep notes to themselves.

    python benchmarks/soak.py 60                  an hour: 50,400 requests at 14 a second, windows of 5 minutes
    python benchmarks/soak.py 2 --window 10       a first look

A service (`POST /check`, `POST /v2/check`, and the language server over its WebSocket) and a language server over
standard input and output work at the same time. Printed are the memory of every process and how long answers took, for
each window, and whether either grew: a line is fitted through the windows after warming up, and what it gains over them
must be less than the limits below. Each note holds a sentence that must be in no output of any process and in no file.
"""

import argparse
import asyncio
import contextlib
import os
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from service import Target
from soak_clients import CANARY, Editor, Log, ask_steadily
from websockets.asyncio.client import connect

SAMPLE = 2.0  # seconds between two looks at memory
WARM = 0.2  # share of the windows that do not count
GROWTH = 0.05  # of its mean: how much memory may gain by the fitted line
SLACK = 8.0  # megabytes: or so much
SLOWING = 0.20  # of its mean: how much the 50th percentile of a kind of answer may gain
ROW = "{:32}" + "{:>9}" * 4


@dataclass(slots=True)
class Memory:
    """Megabytes of each process by name: (seconds of the monotonic clock, resident memory)."""

    samples: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    async def watch(self, processes: dict[str, int]) -> None:
        """Sample the processes named, and those that each started, until cancelled."""
        while True:
            for name, process in processes.items():
                for label, one in ((name, process), *((f"{name}, process {c}", c) for c in started_by(process))):
                    self.samples[label].append((time.monotonic(), megabytes(one)))
            await asyncio.sleep(SAMPLE)


def started_by(process: int) -> list[int]:
    """Return the processes that `process` started and that still run."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return sorted(int(child) for task in tasks for child in task.read_text(encoding="ascii").split())


def megabytes(process: int) -> float:
    """Return how much memory a process holds now."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


@asynccontextmanager
async def running(place: Path, name: str, *module: str, **streams: int) -> AsyncIterator[Process]:
    """Start `python -m module` with its files under `place` and its errors in `name`.log; end it afterwards."""
    environment = {
        **os.environ,
        "TMPDIR": str(place),
        "FSM_LANGUAGE_CACHE": str(place / "cache"),
        "PYTHONWARNINGS": "d",
    }
    with (place / f"{name}.log").open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *module, env=environment, stderr=errors, limit=2**24, **streams
        )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            await process.wait()


async def soak(place: Path, chosen: argparse.Namespace, log: Log, memory: Memory) -> None:
    """Put both servers under load for as long as was asked; what is measured goes into `log` and `memory`."""
    serve = ("fsm_language_cli", "serve", "--port", "0")
    async with (
        running(place, "service", *serve, stdin=DEVNULL, stdout=PIPE) as service,
        running(place, "server", "fsm_language_lsp", stdin=PIPE, stdout=PIPE) as server,
    ):
        assert service.stdout  # noqa: S101  # as started
        address = urlsplit((await service.stdout.readline()).decode().split()[2])
        host, port = address.hostname or "", address.port or 0
        watching = asyncio.create_task(memory.watch({"service": service.pid, "language server": server.pid}))
        kinds = (("/check", "json"), ("/v2/check", "form"))
        targets = [Target(path, host, port, path, kind) for path, kind in kinds]
        until = time.monotonic() + chosen.minutes * 60
        async with connect(f"ws://{host}:{port}/lsp", max_size=None) as web, asyncio.TaskGroup() as together:
            together.create_task(ask_steadily(log, targets, chosen.rate, chosen.connections, until))
            together.create_task(Editor("WebSocket", log, web.send, web.recv).work(until))
            together.create_task(editor_on(server, log).work(until))
        watching.cancel()
        told = asyncio.create_task(service.stdout.read())
    (place / "service-output.log").write_bytes(await told)


def editor_on(server: Process, log: Log) -> Editor:
    """Return an editor on the standard input and output of a language server."""
    writer, reader = server.stdin, server.stdout
    assert writer  # noqa: S101  # as started
    assert reader  # noqa: S101  # as started

    async def send(message: str) -> None:
        writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(message.encode()), message.encode()))
        await writer.drain()

    async def receive() -> bytes:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii").lower()
        length = next(line for line in head.splitlines() if line.startswith("content-length:"))
        return await reader.readexactly(int(length.partition(":")[2]))

    return Editor("stdio", log, send, receive)


def windows(samples: Sequence[tuple[float, float]], began: float, window: float) -> list[list[float]]:
    """Return the values of each whole window."""
    parts: dict[int, list[float]] = defaultdict(list)
    for at, value in samples:
        parts[int((at - began) // window)].append(value)
    whole = sorted(parts)[:-1] if len(parts) > 1 else sorted(parts)
    return [parts[number] for number in whole]


def gain(values: Sequence[float]) -> float:
    """Return what the line fitted through the windows' values after warming up gains from the first to the last."""
    counted = values[int(len(values) * WARM) :]
    if len(counted) < 2:
        return 0.0
    return statistics.linear_regression(range(len(counted)), counted).slope * (len(counted) - 1)


def report(log: Log, memory: Memory, window: float) -> bool:
    """Print the tables; return whether memory and latency stayed flat and every answer was right."""
    flat = True
    began = min(took.due for took in log.answers)
    print(ROW.format("memory, MB", "first", "last", "most", "gained"))
    for name, samples in memory.samples.items():
        means = [statistics.mean(part) for part in windows(samples, began, window)]
        held = gain(means) < max(SLACK, GROWTH * statistics.mean(means))
        flat &= held
        figures = (f"{means[0]:.1f}", f"{means[-1]:.1f}", f"{max(v for _, v in samples):.1f}", f"{gain(means):+.1f}")
        print(ROW.format(name, *figures), "" if held else " GROWS")
        print("  ", *(f"{mean:.1f}" for mean in means))
    print("\n" + ROW.format("answers", "number", "lost", "p50 ms", "gained"), " p50/p95 ms in each window")
    for what in sorted({took.what for took in log.answers}):
        answers = [took for took in log.answers if took.what == what]
        parts = windows([(took.due, took.seconds * 1000) for took in answers], began, window)
        middles, lost = [statistics.median(part) for part in parts], sum(not took.right for took in answers)
        held = lost == 0 and gain(middles) < SLOWING * statistics.mean(middles)
        flat &= held
        figures = (f"{len(answers):,}", lost, f"{statistics.median(t.seconds * 1000 for t in answers):.1f}")
        each = " ".join(f"{statistics.median(part):.0f}/{high(part):.0f}" for part in parts)
        print(ROW.format(what, *figures, f"{gain(middles):+.1f}"), f" {each}", "" if held else " GROWS OR LOST")
    return flat


def high(values: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def told(place: Path) -> list[str]:
    """Return the files under `place` that hold words of a note; outputs and errors of all processes are there."""
    files = [file for file in place.rglob("*") if file.is_file()]
    return [file.name for file in files if CANARY.encode() in file.read_bytes()]


def main() -> None:
    """Soak as the command line says; exit status 1 when something grew, was lost or was told."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("minutes", type=float)
    arguments.add_argument("--rate", type=float, default=14, help="requests a second to the service")
    arguments.add_argument("--connections", type=int, default=8)
    arguments.add_argument("--window", type=float, default=300, help="seconds")
    chosen = arguments.parse_args()
    log, memory = Log(), Memory()
    with tempfile.TemporaryDirectory(prefix="fsm-language-soak-") as folder:
        place = Path(folder)
        began, early = time.monotonic(), False
        try:
            asyncio.run(soak(place, chosen, log, memory))
        except* (OSError, EOFError) as stopped:
            early = True
            print(f"stopped after {time.monotonic() - began:.0f} s: {stopped.exceptions[0]!r}")
            for file in place.glob("*.log"):
                print(f"{file.name} ends: {file.read_text(encoding='utf-8', errors='replace')[-2000:]}")
        flat, leaks = report(log, memory, chosen.window) and not early, told(place)
        errors = sum(file.stat().st_size for file in place.glob("*.log"))
    print(f"\nmemory and latency flat, no answer lost: {'yes' if flat else 'NO'}")
    print(f"words of notes in output, errors ({errors:,} bytes) and files: {', '.join(leaks) or 'none'}")
    sys.exit(not flat or bool(leaks))


if __name__ == "__main__":
    main()
