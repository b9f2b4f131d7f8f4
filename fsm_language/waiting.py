"""Work that waits for a slow reader, such as a parser, so that what several pieces of work wait for is read at once."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

Answer = TypeVar("Answer")


class Wanted(NamedTuple):
    """What a piece of work waits for: `items`, and what reads any number of them, yielding an answer for each."""

    reader: Callable[[Sequence[Any]], Iterable[Any]]
    items: Sequence[Any]


# it yields what it wants to have read, is sent a list of the answers, and returns what it comes to
Work = Generator[Wanted, list[Any], Answer]


def alone(work: Work[Answer]) -> Answer:
    """Return what a piece of work comes to."""
    return side_by_side([work])[0]


def side_by_side(works: Iterable[Work[Answer]]) -> list[Answer]:
    """Return what each piece of work comes to, in order.

    Each goes on until it waits; then all that they want of a reader is read at once. Raises what work or reader raises.
    """
    going = list(works)
    done: dict[int, Answer] = {}
    answers: dict[int, list[Any] | None] = dict.fromkeys(range(len(going)))
    while waiting := _go_on(going, answers, done):
        answers = {}
        for reader in dict.fromkeys(wanted.reader for wanted in waiting.values()):
            asking = {at: wanted.items for at, wanted in waiting.items() if wanted.reader == reader}
            read = iter(reader([item for items in asking.values() for item in items]))
            answers.update((at, list(islice(read, len(items)))) for at, items in asking.items())
    return [done[at] for at in range(len(going))]


def _go_on(
    going: Sequence[Work[Answer]], answers: dict[int, list[Any] | None], done: dict[int, Answer]
) -> dict[int, Wanted]:
    """Send each piece of work its answers; return what each wants next, and note in `done` what has come to its end."""
    waiting: dict[int, Wanted] = {}
    for at, answer in answers.items():
        try:
            waiting[at] = going[at].send(answer)  # type: ignore[arg-type]  # None begins it
        except StopIteration as end:
            done[at] = end.value
    return waiting
