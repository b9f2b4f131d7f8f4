"""Files that are written whole or not at all, and changed by one process at a time: none loses what it holds."""

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from errno import EEXIST
from pathlib import Path

PATIENCE = 5.0  # seconds
MOMENT = 0.02  # seconds


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
    """Be the only one that changes `file`, from reading it to writing it; that must not take longer than a moment.

    Raises `OSError` that names `file`: when a lock cannot be put beside it, or another's stays there for `PATIENCE`.
    """
    lock = file.with_name(f"{file.name}.lock")
    until = time.monotonic() + PATIENCE
    while True:
        try:
            lock.open("x").close()
            break
        except FileExistsError:
            if time.monotonic() > until:
                says = f"is being changed by another run. If none is running, delete {lock.name} and try again"
                raise FileExistsError(EEXIST, says, str(file)) from None
            time.sleep(MOMENT)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(file)) from None
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
