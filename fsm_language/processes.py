"""Notes checked by several processes, in order; one that ends its process is an error of that note alone.

Each process has a pipe of its own. Python's pool shares one among all, in which a process that is ended while it sends
leaves the others, and whoever waits for them, waiting for ever.
"""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing import Pipe, Process, parent_process
from multiprocessing.connection import Connection, wait
from threading import Thread

from fsm_language import programs
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


@dataclass(slots=True)
class Task:
    """A chunk of notes, the parts of it that are still to be checked, and the reports of those that were."""

    chunk: Chunk
    parts: deque[Chunk]
    reports: list[Report] = field(default_factory=list)

    def ended(self) -> None:
        """Note that the process that had the first part is gone: try its notes one by one, or give the only one up."""
        part = self.parts.popleft()
        if len(part) == 1:
            self.reports.append(unchecked(part[0], ENDED))
        else:
            self.parts.extendleft([note] for note in reversed(part))


class Worker:
    """A process that checks the task it is given, a part at a time; another takes its place when it is ended."""

    def __init__(self, configuration: Configuration, *, all_findings: bool) -> None:
        """Start it."""
        self._with = (configuration, all_findings)
        self.task: Task | None = None
        self._start()

    def _start(self) -> None:
        self.pipe, theirs = Pipe()
        self._process = Process(target=_work, args=(theirs, *self._with), daemon=True)
        self._process.start()
        theirs.close()  # so that the pipe ends when the process does

    def take(self, task: Task) -> None:
        """Begin, or go on, with `task`; without a part left to check it is done."""
        while task.parts:
            try:
                self.pipe.send(task.parts[0])
            except OSError:  # ended while it had nothing to do
                self._again()
                continue
            self.task = task
            return
        self.task = None

    def receive(self) -> None:
        """Take what has come through the pipe, or note that it ended, and go on. Raises what the process ran into."""
        task = self.task
        if task is None:
            return
        try:
            answer: list[Report] | Exception = self.pipe.recv()
        except (EOFError, OSError):
            self._again()
            task.ended()
        else:
            if isinstance(answer, Exception):
                raise answer
            task.reports += map(received, task.parts.popleft(), answer)
        self.take(task)

    def _again(self) -> None:
        self.end()
        self._start()

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.join()
        self.pipe.close()


def check_in_processes(
    chunks: Iterable[Chunk], configuration: Configuration, jobs: int, *, all_findings: bool
) -> Iterator[Report]:
    """Yield a report for each note of `chunks`, in their order, checked by `jobs` processes.

    When one of them is ended, by the note it checks or from outside, another checks what it had in hand a note at a
    time. A note that ends that one too has a report with an `error`.
    """
    workers = [Worker(configuration, all_findings=all_findings) for _ in range(jobs)]
    waiting: deque[Task] = deque()
    left = iter(chunks)
    try:
        while _hand_out(left, workers, waiting):
            at_work = {worker.pipe: worker for worker in workers if worker.task}
            for pipe in wait(list(at_work)):
                at_work[pipe].receive()  # type: ignore[index]  # what was put in is what comes out
            while waiting and not waiting[0].parts:
                _hand_out(left, workers, waiting)
                yield from waiting.popleft().reports
    finally:
        for worker in workers:
            worker.end()


def _hand_out(left: Iterator[Chunk], workers: Sequence[Worker], waiting: deque[Task]) -> bool:
    """Give each worker that has nothing to do the next chunk; say whether any chunk is waiting to be done."""
    for worker in workers:
        if worker.task is None and len(waiting) < AHEAD * len(workers):
            chunk = next(left, None)
            if chunk is None:
                break
            waiting.append(Task(chunk, deque([chunk])))
            worker.take(waiting[-1])
    return bool(waiting)


def _work(pipe: Connection, configuration: Configuration, all_findings: bool) -> None:  # noqa: FBT001  # a process's own
    """Check what comes through `pipe` until it ends."""
    programs.set_up()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the others
    Thread(target=_end_with_parent, daemon=True).start()
    bench = Bench(configuration, all_findings=all_findings)
    while True:
        part: Chunk = pipe.recv()
        try:
            answer: list[Report] | Exception = [sent(report) for report in bench.check_all(part)]
        except Exception as error:  # noqa: BLE001  # it is raised where the reports are wanted
            answer = error
        pipe.send(answer)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, however it went: nobody would give it work or stop it."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def sent(report: Report) -> Report:
    """Return a report as it travels between processes: without what is known, or can be worked out again, at home."""
    return replace(report, document=Document("", report.document.name), record={})


def received(note: Note, report: Report) -> Report:
    """Return a report of `note` that was `sent` by another process as it was there."""
    text = note.text if report.error is None else ""
    return replace(report, document=Document(text, note.name, note.places), record=note.record)
