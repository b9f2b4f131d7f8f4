"""The lines of a note around a finding, short enough to show."""

from collections.abc import Iterator
from typing import NamedTuple

from fsm_language.document import Document

MOST_LINES = 3
CUT = "…"


class Excerpt(NamedTuple):
    """A line of a note, in three parts: before the finding, what was found, after it. `line` counts from 1."""

    line: int
    before: str
    found: str
    after: str


def excerpts(document: Document, start: int, end: int, width: int) -> Iterator[Excerpt]:
    """Yield the lines that a finding stands in, each cut at words to about `width` characters around the finding.

    At most three lines are yielded; what was found on the last one ends in … if it went on.
    """
    first, _ = document.position(start)
    last, _ = document.position(max(start, end - 1))
    shown = min(last, first + MOST_LINES - 1)
    text = document.text
    for line in range(first, shown + 1):
        line_start, line_end = _bounds(document, line)
        at = max(line_start, start)
        after = min(line_end, max(at, end))
        found = text[at : min(after, at + width + 1)]  # no more than can be shown: a line may be a megabyte
        if len(found) > width:
            found = _head(found, width)
        elif line == shown < last:
            found += CUT
        room = max(16, width - len(found))
        rest = text[after : min(line_end, after + width + 1)] if found[-1:] != CUT else ""
        before = text[max(line_start, at - width - 1) : at].lstrip()
        tail = _head(rest, max(room // 2, room - len(before)))
        yield Excerpt(line, _tail(before, room - len(tail)), found, tail)


def _bounds(document: Document, line: int) -> tuple[int, int]:
    """Return where a line begins and where it ends, its line end left out."""
    start = document.line_starts[line - 1]
    end = document.line_starts[line] if line < len(document.line_starts) else len(document.text)
    return start, end - sum(1 for char in document.text[max(start, end - 2) : end] if char in "\r\n")


def _head(text: str, room: int) -> str:
    """Return the beginning of `text` that fills no more than `room`, cut between words where that costs little."""
    if len(text) <= room:
        return text
    cut = text[: max(0, room - 2)]
    space = cut.rfind(" ")
    return (cut[:space] if space > room // 2 else cut).rstrip() + " " + CUT


def _tail(text: str, room: int) -> str:
    """Return the end of `text`, likewise."""
    if len(text) <= max(0, room):
        return text
    cut = text[len(text) - max(0, room - 2) :]
    space = cut.find(" ")
    return CUT + " " + (cut[space:] if 0 <= space < room // 2 else cut).lstrip()
