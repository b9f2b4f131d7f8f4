"""The prose of a note that is written in markup: what a person reads of it, and where that stands in what was typed."""

from collections.abc import Callable, Iterable
from pathlib import PurePath

from fsm_language.prose import gitcommit, html, markdown, plain
from fsm_language.prose.sourcemap import Piece, Prose

MARKUP: dict[str, Callable[[str], Iterable[Piece]]] = {
    "plain": plain.markup,
    "markdown": markdown.markup,
    "html": html.markup,
    "git-commit": gitcommit.markup,
}
KINDS = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html"}

__all__ = ["KINDS", "MARKUP", "Piece", "Prose", "kind_of", "prose"]


def prose(source: str, kind: str = "plain") -> Prose:
    """Return the prose of `source`; `kind` is one of `MARKUP`.

    Check `prose.text`, then `prose.restore(report)` puts every finding and edit where it stands in `source`.
    """
    return Prose(source, tuple(MARKUP[kind](source)), escape=html.escape if kind == "html" else str)


def kind_of(name: str) -> str:
    """Return how a file of this name is marked up, as far as its ending says."""
    return (
        "git-commit" if PurePath(name).name == "COMMIT_EDITMSG" else KINDS.get(PurePath(name).suffix.lower(), "plain")
    )
