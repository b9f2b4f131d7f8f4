"""From what is read back to what was typed: every offset of the prose has its place in the source."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from fsm_language.document import Document
from fsm_language.finding import Edit, Finding, Report, Suggestion
from fsm_language.spans import Span

BREAK = "\n\n"  # what parts two blocks
HOLE = "\ufffc"  # stands for something that is no word, so that no phrase reaches across it


class Piece(NamedTuple):
    """A stretch of the source, in code points, half open, that is read as `text`.

    A piece of markup (`is_markup`) stays as it is when the words around it change.
    """

    start: int
    end: int
    text: str
    is_markup: bool = True


@dataclass(frozen=True)
class Prose:
    """What is read of `source`: all of it, but for the stretches that `read_as` reads in another way.

    `read_as` is in order and its pieces do not overlap. `escape` writes words so that the markup lets them be.
    """

    source: str
    read_as: tuple[Piece, ...] = ()
    escape: Callable[[str], str] = str

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The whole source in order, in pieces of which each is read as it stands or in another way."""
        return tuple(self._pieces())

    def _pieces(self) -> Iterator[Piece]:
        done = 0
        for piece in self.read_as:
            if piece.start > done:
                yield Piece(done, piece.start, self.source[done : piece.start], is_markup=False)
            yield piece
            done = piece.end
        if done < len(self.source) or not self.read_as:
            yield Piece(done, len(self.source), self.source[done:], is_markup=False)

    @cached_property
    def text(self) -> str:
        """What is read."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(accumulate((len(piece.text) for piece in self.pieces), initial=0))[:-1]

    def span(self, start: int, end: int) -> Span:
        """Return where `text[start:end]` stands in the source."""
        if start == end:
            at = self._char(start - 1).end if start else self._char(0).start if self.text else 0
            return Span(at, at)
        return Span(self._char(start).start, self._char(end - 1).end)

    def _char(self, offset: int) -> Span:
        """Return where one character of the prose stands; of one that is spelt out (`&amp;`), the whole spelling."""
        number = bisect_right(self._starts, offset) - 1
        piece = self.pieces[number]
        if len(piece.text) != piece.end - piece.start:
            return Span(piece.start, piece.end)
        at = piece.start + offset - self._starts[number]
        return Span(at, at + 1)

    def restore(self, report: Report) -> Report:
        """Return a report on `text` as a report on the source: findings and edits stand where the words were typed."""
        if not self.read_as:
            return report
        return replace(
            report,
            document=Document(self.source, report.document.name),
            findings=tuple(map(self._finding, report.findings)),
            covered=tuple(map(self._finding, report.covered)),
        )

    def _finding(self, finding: Finding) -> Finding:
        start, end = self.span(finding.start, finding.end)
        return replace(
            finding,
            start=start,
            end=end,
            text=self.source[start:end],
            suggestions=tuple(map(self._suggestion, finding.suggestions)),
            related=tuple(self.span(*place) for place in finding.related),
        )

    def _suggestion(self, suggestion: Suggestion) -> Suggestion:
        return replace(suggestion, edits=tuple(made for edit in suggestion.edits for made in self.edits(edit)))

    def edits(self, edit: Edit) -> Iterator[Edit]:
        """Yield an edit of `text` as edits of the source: the new words stand first, and all markup stays."""
        text = self.escape(edit.text)
        if edit.start == edit.end:
            yield Edit(*self.span(edit.start, edit.end), text)
            return
        for start, end in self._words(edit.start, edit.end):
            yield Edit(start, end, text)
            text = ""

    def _words(self, start: int, end: int) -> Iterator[Span]:
        """Yield the stretches of source that `text[start:end]` is typed with, markup between them left out."""
        first, last = (bisect_right(self._starts, offset) - 1 for offset in (start, end - 1))
        pending: Span | None = None
        for number in range(first, last + 1):
            piece, at = self.pieces[number], self._starts[number]
            if piece.is_markup or not piece.text:
                continue
            here = Span(*self.span(max(start, at), min(end, at + len(piece.text))))
            if pending is not None and pending.end == here.start:
                pending = Span(pending.start, here.end)
                continue
            if pending is not None:
                yield pending
            pending = here
        if pending is not None:
            yield pending
