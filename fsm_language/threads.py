"""How many threads a process may do its sums with: one, for processes that are ours alone."""

import os

NAMES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def one() -> None:
    """Have this process and those it starts do sums with one thread, unless the environment says otherwise.

    The learned tier's sums are small. Threads that share one gain little when nothing else runs, and where processes
    work side by side they wait for each other in loops that take the processors from everybody. It must be said before
    numpy is imported; the library itself leaves the environment of its host alone.
    """
    for name in NAMES:
        os.environ.setdefault(name, "1")
