"""How a process that is ours alone runs: with one thread for sums, and seldom in search of what to throw away."""

import gc
import os

NAMES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
YOUNG = 20_000  # objects made before a search; a check makes thousands that nothing holds for longer than the note


def set_up() -> None:
    """Set up this process, before numpy is imported; the library itself leaves its host's process alone.

    The learned tier's sums are small. Threads that share one gain little when nothing else runs, and where processes
    work side by side they wait for each other in loops that take the processors from everybody; so this process and
    those it starts use one, unless the environment says otherwise. Python's search for objects that hold only each
    other would look through all rules again and again, a tenth of the time that checking takes.
    """
    for name in NAMES:
        os.environ.setdefault(name, "1")
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
