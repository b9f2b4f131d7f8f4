"""Notes checked by several processes, in order; one that ends its process is an error of that note alone."""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from threading import Thread

from fsm_language.bench import Bench, unchecked
from fsm_language.configuration import Configuration
from fsm_language.document import Document
from fsm_language.finding import Report
from fsm_language.readers import Note

AHEAD = 3  # chunks a process that may wait, so that memory stays small
ENDED = (
    "Checking this note ended the process that did it, perhaps for want of memory. "
    "The other notes were checked. Please tell the makers of fsm-language."
)

Chunk = list[Note]
Done = Future[list[Report]]


def check_in_processes(
    chunks: Iterable[Chunk], configuration: Configuration, jobs: int, *, all_findings: bool
) -> Iterator[Report]:
    """Yield a report for each note of `chunks`, in their order, checked by `jobs` processes.

    When one of them is ended from outside, or by the note it checks, what it and the others had not finished is checked
    again a note at a time, so that it is known which note it was: its report has an `error`. Then new ones go on.
    """
    many = Processes(jobs, configuration, all_findings=all_findings)
    one = Processes(1, configuration, all_findings=all_findings)
    waiting: deque[tuple[Chunk, Done]] = deque()
    try:
        for chunk in chunks:
            waiting.append((chunk, many.check(chunk)))
            if len(waiting) >= jobs * AHEAD:
                yield from _first(waiting, many, one)
        while waiting:
            yield from _first(waiting, many, one)
    finally:
        many.close()
        one.close()


class Processes:
    """Processes that check notes, started when there is something to check."""

    def __init__(self, jobs: int, configuration: Configuration, *, all_findings: bool) -> None:
        """Remember how many to start, and what they check with."""
        self._jobs = jobs
        self._with = (configuration, all_findings)
        self._pool: ProcessPoolExecutor | None = None

    def check(self, chunk: Chunk) -> Done:
        """Have `chunk` checked. Its reports are as `sent`; the future may fail with `BrokenProcessPool`."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._jobs, initializer=_start, initargs=self._with)
        try:
            return self._pool.submit(_check_chunk, chunk)
        except BrokenProcessPool as error:
            never: Done = Future()
            never.set_exception(error)
            return never

    def close(self) -> None:
        """End them once they have done what they are at; the next chunk starts new ones."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _first(waiting: deque[tuple[Chunk, Done]], many: Processes, one: Processes) -> Iterator[Report]:
    """Yield the reports of the chunk that has waited longest."""
    if isinstance(waiting[0][1].exception(), BrokenProcessPool):
        _again(waiting, many, one)
    chunk, done = waiting.popleft()
    for note, report in zip(chunk, done.result(), strict=True):
        yield received(note, report)


def _again(waiting: deque[tuple[Chunk, Done]], many: Processes, one: Processes) -> None:
    """Check again, a note at a time, each chunk whose process was ended; no other process is at work meanwhile."""
    many.close()
    for place, (chunk, done) in enumerate(waiting):
        if done.cancelled() or isinstance(done.exception(), BrokenProcessPool):
            checked: Done = Future()
            checked.set_result([_alone(note, one) for note in chunk])
            waiting[place] = chunk, checked
    one.close()


def _alone(note: Note, one: Processes) -> Report:
    try:
        (report,) = one.check([note]).result()
    except BrokenProcessPool:
        one.close()
        return unchecked(note, ENDED)
    return report


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
