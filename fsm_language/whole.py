"""Files that are written whole or not at all, and changed by one process at a time: none loses what it holds."""

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from errno import EAGAIN, ENOLCK, ENOSYS, ENOTSUP
from pathlib import Path
from typing import BinaryIO

PATIENCE = 5.0  # seconds
MOMENT = 0.02  # seconds
NO_LOCKS = frozenset((ENOLCK, ENOSYS, ENOTSUP))  # what a file system says that has none, such as some shared ones


def write(file: Path, content: bytes) -> None:
    """Have `file` hold `content`. Raises `OSError` that names it, and then it holds what it held before."""
    file = file.resolve()  # a link stays one
    unfinished = file.with_name(f"{file.name}.{os.urandom(8).hex()}.part")  # no other thread's or process's
    try:
        with unfinished.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(OSError):
            shutil.copymode(file, unfinished)
        unfinished.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(file)) from None


@contextlib.contextmanager
def alone(file: Path) -> Iterator[None]:
    """Be the only one that changes `file`, from reading it to writing it.

    The operating system keeps the lock, on a file beside `file`, and lets it go when this process ends, however that
    comes about. Raises `OSError` that names `file`: when the lock cannot be put there, or another run has it for longer
    than `PATIENCE`.
    """
    lock = file.with_name(f"{file.name}.lock")
    until = time.monotonic() + PATIENCE
    try:
        while (held := _held(lock)) is None:
            if time.monotonic() > until:
                raise BlockingIOError(EAGAIN, "is being changed by another run. Wait until that has ended")
            time.sleep(MOMENT)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from None
    try:
        yield
    finally:
        _let_go(held, lock)


def _held(lock: Path) -> BinaryIO | None:
    """Return `lock` open and locked, None while another has it."""
    stream = lock.open("ab")
    try:
        _lock(stream)
        if os.path.samestat(os.fstat(stream.fileno()), lock.stat()):
            return stream  # and not one that another has just removed
    except (BlockingIOError, PermissionError, FileNotFoundError):
        pass
    except OSError as error:
        if error.errno in NO_LOCKS:
            return stream
        stream.close()
        raise
    stream.close()
    return None


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: BinaryIO) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

    def _let_go(stream: BinaryIO, lock: Path) -> None:
        stream.close()  # first, as Windows removes no open file, nor one that another has taken since
        with contextlib.suppress(OSError):
            lock.unlink()

else:
    import fcntl

    def _lock(stream: BinaryIO) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(stream: BinaryIO, lock: Path) -> None:
        lock.unlink(missing_ok=True)  # first, or it might be another's by then
        stream.close()
