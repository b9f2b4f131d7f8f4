"""The prose of a note that is written in markup: what a person reads of it, and where that stands in what was typed."""

from collections.abc import Callable, Iterable, Sequence
from heapq import merge
from pathlib import PurePath

from fsm_language.prose import gitcommit, html, markdown, plain
from fsm_language.prose.sourcemap import Piece, Prose

MARKUP: dict[str, Callable[[str], Iterable[Piece]]] = {
    "plain": plain.markup,
    "markdown": markdown.markup,
    "html": html.markup,
    "git-commit": gitcommit.markup,
}
HEADING = "# "  # as Markdown has it, which is how a note's blocks are told apart
KINDS = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html"}

__all__ = ["KINDS", "MARKUP", "Piece", "Prose", "kind_of", "prose"]


def prose(source: str, kind: str = "plain", headings: Sequence[int] = ()) -> Prose:
    """Return the prose of `source`; `kind` is one of `MARKUP`, `headings` are where lines begin that are read as such.

    Check `prose.text`, then `prose.restore(report)` puts every finding and edit where it stands in `source`.
    """
    marks = (Piece(start, start, HEADING) for start in headings)
    pieces = merge(marks, MARKUP[kind](source), key=lambda piece: piece.start)
    return Prose(source, tuple(pieces), escape=html.escape if kind == "html" else str)


def kind_of(name: str) -> str:
    """Return how a file of this name is marked up, as far as its ending says."""
    return (
        "git-commit" if PurePath(name).name == "COMMIT_EDITMSG" else KINDS.get(PurePath(name).suffix.lower(), "plain")
    )
