"""Many notes: files, folders and standard input, checked one after another or in several processes, in order."""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, BinaryIO

from fsm_language.configuration import Configuration
from fsm_language.document import Document
from fsm_language.finding import Report
from fsm_language.linter import Linter
from fsm_language.parse import ModelError
from fsm_language.prose import prose
from fsm_language.readers import Fields, Meter, Note, failed, read, read_bytes
from fsm_language.settings import AUDIENCES

if TYPE_CHECKING:
    from concurrent.futures import Future

    from fsm_language.settings import Settings

STDIN = "-"
CHUNK = 60_000  # characters: enough that handing it to a process costs little beside checking it
EACH = 200  # characters that a note counts for on top of its own, so that empty ones do not pile up
WORTH_IT = 4  # chunks of work that are worth starting processes for
AHEAD = 3  # chunks a process that may wait, so that memory stays small


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

    A note that cannot be read or checked is a report with `error`. Raises `RuleError`, `SettingsError` or
    `ModelError` when nothing can be checked at all.
    """
    bench = Bench(configuration, all_findings=all_findings)
    bench.linter("")  # what is wrong with rules or settings is said before anything else
    parts = chunks(notes)
    jobs = configuration.jobs or _processors()
    if jobs > 1:
        first = [chunk for _, chunk in zip(range(WORTH_IT), parts, strict=False)]
        parts = chain(first, parts)
        if len(first) == WORTH_IT or (configuration.jobs > 1 and len(first) > 1):
            yield from _in_processes(parts, configuration, jobs, all_findings=all_findings)
            return
    for chunk in parts:
        yield from map(bench.check, chunk)


class Bench:
    """The linters of a run, one for each set of settings, made when first needed."""

    def __init__(self, configuration: Configuration, *, all_findings: bool = False) -> None:
        """Remember what to check with; nothing is read yet."""
        self.configuration = configuration
        self.all_findings = all_findings
        self._linters: list[tuple[Settings, Linter]] = []

    def linter(self, name: str, audience: str | None = None) -> Linter:
        """Return the linter for the note called `name`, for its own audience if it has one."""
        settings = self.configuration.for_path(name)
        if audience is not None:
            settings = replace(settings, audience=audience)
        for known, linter in self._linters:
            if known == settings:
                return linter
        linter = Linter(settings)
        self._linters.append((settings, linter))
        return linter

    def check(self, note: Note) -> Report:
        """Return the report of `note`. Raises as `check` of this module does."""
        if note.error is not None:
            return _unchecked(note, note.error)
        audience, notices = self._audience(note)
        linter = self.linter(note.name, audience)
        try:
            read = prose(note.text, note.kind)
            report = read.restore(linter.check(read.text, note.name, note.id))
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001  # one note must not end the run, nor its words reach a message
            problem = f"The note could not be checked ({type(error).__name__}). Please tell the makers of fsm-language."
            return _unchecked(note, problem)
        document = replace(report.document, places=note.places)
        report = replace(report, document=document, notices=(*note.notices, *notices), record=note.record)
        if not self.all_findings:
            return report
        found = sorted((*report.findings, *report.covered), key=lambda f: (f.start, f.end, f.rule.id))
        return replace(report, findings=tuple(found))

    def _audience(self, note: Note) -> tuple[str | None, tuple[str, ...]]:
        """Return the audience that a note's own record names, and a notice if it is none that there are rules for."""
        named = note.record.get(self.configuration.audience_field or "", "").strip().lower()
        if not named or named in AUDIENCES:
            return named or None, ()
        return None, (f"Its audience is none of {', '.join(AUDIENCES)}; checked as the settings say.",)


def _unchecked(note: Note, error: str) -> Report:
    return Report(Document("", note.name), error=error, id=note.id, notices=note.notices, record=note.record)


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


_bench: Bench  # of a process that was started to check notes


def _start(configuration: Configuration, all_findings: bool) -> None:  # noqa: FBT001  # called by the pool
    global _bench  # noqa: PLW0603  # a process has one
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the others
    Thread(target=_end_with_parent, daemon=True).start()
    _bench = Bench(configuration, all_findings=all_findings)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, however it went: nobody would give it work or stop it."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _check_chunk(chunk: list[Note]) -> list[Report]:
    return [sent(_bench.check(note)) for note in chunk]


def sent(report: Report) -> Report:
    """Return a report as it travels between processes: without what is known, or can be worked out again, at home."""
    return replace(report, document=Document("", report.document.name), record={})


def received(note: Note, report: Report) -> Report:
    """Return a report of `note` that was `sent` by another process as it was there."""
    text = note.text if report.error is None else ""
    return replace(report, document=Document(text, note.name, note.places), record=note.record)


def _in_processes(
    chunks: Iterable[list[Note]], configuration: Configuration, jobs: int, *, all_findings: bool
) -> Iterator[Report]:
    from concurrent.futures import ProcessPoolExecutor

    waiting: deque[tuple[list[Note], Future[list[Report]]]] = deque()
    pool = ProcessPoolExecutor(jobs, initializer=_start, initargs=(configuration, all_findings))
    try:
        for chunk in chunks:
            waiting.append((chunk, pool.submit(_check_chunk, chunk)))
            if len(waiting) >= jobs * AHEAD:
                yield from _gathered(*waiting.popleft())
        while waiting:
            yield from _gathered(*waiting.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _gathered(chunk: list[Note], done: "Future[list[Report]]") -> Iterator[Report]:
    for note, report in zip(chunk, done.result(), strict=True):
        yield received(note, report)
