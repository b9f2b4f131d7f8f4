"""A note in one line: how much there is to look at, how old a reader must be, how long it is."""

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from fsm_language.formats.wording import many, opening, reading_age, summarise
from fsm_language_lsp.notes.opened import Checked

if TYPE_CHECKING:
    from fsm_language_lsp.connection.server import Server

SUMMARY = "fsm-language.summary"


def summary(checked: Checked) -> str:
    """Return the line; if the note could not be checked, why."""
    report = checked.report
    if report.error is not None:
        return report.error
    figures = summarise([report])
    kinds = ", ".join(f"{number} {category}" for category, number in figures.categories.items())
    words = many(int(report.measures["words"]), "word")
    hidden = f"{report.hidden} left as they are." if report.hidden else ""
    first = opening(figures)
    return " ".join(
        filter(None, [f"{first[:-1]}: {kinds}." if kinds else first, reading_age(figures), f"{words}.", hidden])
    )


def lenses(server: "Server", uri: str, checked: Checked) -> list[lsp.CodeLens]:
    """Return the summary as a line above the note, if the editor's settings want it."""
    if not server.preferences.code_lens or checked.mistakes:
        return []
    top = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
    return [lsp.CodeLens(top, lsp.Command(summary(checked), SUMMARY, arguments=[uri]))]
