"""Processes that check notes, so that every core works and a note that takes too long can be given up."""

import asyncio
import contextlib
import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing.connection import Connection
from typing import TypeVar

from fsm_language import ModelError, Settings, programs
from fsm_language.mistake import Mistake
from fsm_language_lsp.http.linters import NAME, Linters
from fsm_language_lsp.http.options import Options
from fsm_language_lsp.http.problem import Problem, busy

Question = TypeVar("Question")
Answer = TypeVar("Answer")
Job = Callable[[Linters, Question], Answer]
SPAWN = multiprocessing.get_context("spawn")  # a fork would copy the threads' locks
STOPPING = 5.0  # seconds
WARMING = "Mum, who had been promised a lift by the worker, failed to turn up."


class Worker:
    """A process that does one job after another."""

    def __init__(self, settings: Settings) -> None:
        """Start the process; it gets ready by itself."""
        self._pipe, theirs = SPAWN.Pipe()
        self._process = SPAWN.Process(target=work, args=(theirs, settings), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False
        self.spent = False

    def wait(self) -> None:
        """Wait until the process is ready. Raises what keeps it from being so, or `EOFError`."""
        if not self._ready:
            said = self._pipe.recv()
            if isinstance(said, Exception):
                raise said
            self._ready = True

    def do(self, job: Job[Question, Answer], question: Question, seconds: float) -> Answer | Problem:
        """Return what `job` says to `question`; a problem when it takes longer than `seconds` or ends the process."""
        try:
            self.wait()
            self._pipe.send((job, question))
            if self._pipe.poll(seconds):
                said: Answer | Problem = self._pipe.recv()
                return said
            problem = busy("This took too long and was given up. Please try again with a shorter note.")
        except (EOFError, OSError):
            problem = Problem(
                500, "The process that checked this note ended, perhaps for want of memory. Try a shorter note."
            )
        except (ModelError, Mistake) as error:
            problem = Problem(500, f"Notes cannot be checked any more: {error}")
        self.spent = True
        return problem

    @property
    def usable(self) -> bool:
        """Whether another job may be given to the process; True as long as nothing is known against it."""
        return not self.spent and self._process.is_alive()

    def stop(self, *, gently: bool) -> None:
        """End the process."""
        self._pipe.close()
        if gently:
            self._process.join(STOPPING)
        self._process.kill()
        self._process.join()
        self._process.close()


class Workers:
    """A few workers and the jobs that wait for them, for one event loop."""

    def __init__(self, options: Options) -> None:
        """Remember how many there are to be."""
        self._options = options
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._threads = ThreadPoolExecutor(options.workers, thread_name_prefix="worker")
        self._waiting = 0

    async def start(self) -> None:
        """Start the workers and wait until all of them are ready. Raises what keeps them from it."""
        workers = [Worker(self._options.settings) for _ in range(self._options.workers)]
        await asyncio.gather(*(self._in_thread(worker.wait) for worker in workers))
        for worker in workers:
            self._idle.put_nowait(worker)

    async def stop(self) -> None:
        """Let the workers finish what they are at, and end them."""
        for _worker in range(self._options.workers):
            worker = await self._idle.get()
            await self._in_thread(partial(worker.stop, gently=True))
        self._threads.shutdown()

    @property
    def full(self) -> bool:
        """Whether no more notes can wait."""
        return self._waiting >= self._options.most_waiting

    async def do(self, job: Job[Question, Answer], question: Question) -> Answer:
        """Return what `job` says to `question`. Raises `Problem`: its own, or 503 when there is too much to do."""
        if self.full:
            raise busy("Too many notes are waiting. Please try again in a moment.")
        self._waiting += 1
        try:
            worker = await self._idle.get()
        finally:
            self._waiting -= 1
        # a client that goes away must not take a worker that is at work out of the queue's sight
        return await asyncio.shield(self._with(worker, job, question))

    async def _with(self, worker: Worker, job: Job[Question, Answer], question: Question) -> Answer:
        if not worker.usable:  # it was ended while it had nothing to do
            worker = await self._another(worker)
        said = await self._in_thread(partial(worker.do, job, question, self._options.seconds))
        if not worker.usable:
            worker = await self._another(worker)
        self._idle.put_nowait(worker)
        if isinstance(said, Problem):
            raise said
        return said

    async def _another(self, worker: Worker) -> Worker:
        """Return a new worker in the place of one that is of no more use."""
        await self._in_thread(partial(worker.stop, gently=False))
        return Worker(self._options.settings)

    async def _in_thread(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def work(pipe: Connection, settings: Settings) -> None:
    """Do the jobs that come through `pipe` until it is closed; the main function of a worker's process."""
    programs.set_up()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the others
    with contextlib.suppress(EOFError, OSError):
        linters = Linters(settings)
        try:
            linters.get().check(WARMING, NAME)
            linters.forget()
        except (ModelError, Mistake) as error:
            pipe.send(error)
            return
        pipe.send(None)
        while True:
            job, question = pipe.recv()
            pipe.send(_done(job, linters, question))


def _done(job: Job[Question, Answer], linters: Linters, question: Question) -> Answer | Problem:
    try:
        return job(linters, question)
    except Problem as problem:
        return problem
    except Exception as error:  # noqa: BLE001  # one note must not end the worker, nor its words reach a message
        return Problem(
            500, f"The note could not be checked ({type(error).__name__}). Please tell the makers of fsm-language."
        )
    finally:
        linters.forget()
