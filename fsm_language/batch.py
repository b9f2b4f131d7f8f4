"""Many notes: files, folders and standard input, checked one after another or in several processes, in order."""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from fsm_language.bench import Bench
from fsm_language.configuration import Configuration
from fsm_language.finding import Report
from fsm_language.readers import Fields, Meter, Note, failed, read, read_bytes

STDIN = "-"
CHUNK = 120_000  # characters: enough that much is read at once, and that handing it to a process costs little
EACH = 200  # characters that a note counts for on top of its own, so that empty ones do not pile up
WORTH_IT = 2  # chunks of work that are worth starting processes for


def notes(
    paths: Sequence[str],
    fields: Fields,
    stdin: BinaryIO,
    stdin_name: str = "<stdin>",
    meter: Meter | None = None,
) -> Iterator[Note]:
    """Yield the notes of files, folders and, for `-`, of standard input, each file once.

    `meter` learns how far files have been read.
    """
    seen: set[Path] = set()
    for path in paths:
        if path == STDIN:
            content = stdin.read()
            empty = failed(stdin_name, "Nothing came in on standard input.")
            yield from read_bytes(content, stdin_name, fields) if content.strip() else [empty]
            continue
        yield from read(Path(path), fields, seen, meter)


def check(notes: Iterable[Note], configuration: Configuration, *, all_findings: bool = False) -> Iterator[Report]:
    """Yield a report for each note, in the order of `notes`, with `configuration.jobs` processes (0: as is best).

    A note that cannot be read or checked is a report with `error`; where there are several processes, so is one that
    ends the process that checks it. Raises `RuleError`, `SettingsError` or `ModelError` when nothing can be checked.
    """
    bench = Bench(configuration, all_findings=all_findings)
    bench.linter("")  # what is wrong with rules or settings is said before anything else
    parts = chunks(notes)
    jobs = configuration.jobs or _processors()
    if jobs > 1:
        first = [chunk for _, chunk in zip(range(WORTH_IT), parts, strict=False)]
        parts = chain(first, parts)
        if len(first) == WORTH_IT or (configuration.jobs > 1 and len(first) > 1):
            from fsm_language.processes import check_in_processes  # slow to read, and not for one note

            yield from check_in_processes(parts, configuration, jobs, all_findings=all_findings)
            return
    for chunk in parts:
        yield from bench.check_all(chunk)


def chunks(notes: Iterable[Note]) -> Iterator[list[Note]]:
    """Yield `notes` in lists that are worth handing to a process."""
    chunk: list[Note] = []
    size = 0
    for note in notes:
        chunk.append(note)
        size += len(note.text) + EACH
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
