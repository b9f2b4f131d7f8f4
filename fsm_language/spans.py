"""Stretches of a note's text, and what lies within them."""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a note's text in code points, half open."""

    start: int
    end: int


class Spans(tuple[Span, ...]):
    """Stretches of a note in order, none of which overlaps another."""

    __slots__ = ()

    def overlapping(self, start: int, end: int) -> Iterator[Span]:
        """Yield what of the stretches lies between two places, in order."""
        for at in range(max(0, bisect_right(self, (start, sys.maxsize)) - 1), len(self)):
            if self[at].start >= end:
                return
            if self[at].end > start:
                yield Span(max(start, self[at].start), min(end, self[at].end))

    def meet(self, start: int, end: int) -> bool:
        """Whether one of the stretches has something between two places."""
        after = bisect_left(self, (end,))
        return after > 0 and self[after - 1].end > start

    def hold(self, start: int, end: int) -> bool:
        """Whether one of the stretches holds all between two places."""
        at = bisect_right(self, (start, sys.maxsize)) - 1
        return at >= 0 and self[at].end > start and self[at].end >= end


def together(spans: Iterable[Span]) -> Spans:
    """Return stretches that may come in any order and overlap as stretches that do not."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return Spans(joined)
