"""What stands in the window over marked words: why, who recommends otherwise, what to write or to ask oneself."""

import re
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from fsm_language import Finding
from fsm_language.checks.acronyms import one_of
from fsm_language.formats.wording import offers, questions
from fsm_language.glossary import Acronym
from fsm_language_lsp.features.diagnostics import rule_page
from fsm_language_lsp.notes.opened import Checked
from fsm_language_lsp.notes.places import range_of

if TYPE_CHECKING:
    from fsm_language_lsp.connection.server import Server

WRITTEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9&/.'’]*")
SIGNS = re.compile(r"([\\`*_\[\]<>#])")


def hover(server: "Server", checked: Checked, place: lsp.Position) -> lsp.Hover | None:
    """Return what there is to say of the words at a place: a finding, or else the meaning of an acronym."""
    document = checked.report.document
    at = document.offset(place.line, place.character, server.client.encoding)
    here = [finding for finding in checked.report.findings if finding.start <= at <= finding.end]
    for finding in sorted(here, key=lambda finding: finding.end - finding.start):
        return _hover(server, checked, "\n\n".join(_of_finding(server, finding)), finding.start, finding.end)
    for word in WRITTEN.finditer(document.text, max(0, at - 40), at + 40):
        if word.start() <= at <= word.end():
            known = checked.glossary.find(word[0].rstrip("."))
            return None if known is None else _hover(server, checked, of_acronym(known), *word.span())
    return None


def _hover(server: "Server", checked: Checked, value: str, start: int, end: int) -> lsp.Hover:
    span = range_of(checked.report.document, start, end, server.client.encoding)
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, value), span)


def _of_finding(server: "Server", finding: Finding) -> list[str]:
    told = [plain(finding.rule.why)]  # the message stands in the editor's own window already
    if wordings := offers(finding):
        told.append("\n".join(["Try:", "", *(f"- {plain(wording)}" for wording in wordings)]))
    if asked := questions(finding):
        told.append("\n".join(["Ask yourself:", "", *(f"- {plain(question)}" for question in asked)]))
    sources = [
        f"[{plain(source.title)}]({link(source.url)}), {plain(source.publisher)}" for source in finding.rule.sources
    ]
    told.append("\n".join(["Who recommends it:", "", *(f"- {source}" for source in sources)]))
    page = rule_page(finding.rule, server.preferences)
    told.append(f"[{finding.rule.id}]({link(page)})" if server.preferences.rule_pages else f"`{finding.rule.id}`")
    return told


def of_acronym(acronym: Acronym) -> str:
    """Return what an acronym stands for, and what that means in plain words."""
    meaning = f"**{plain(acronym.acronym)}**: {plain(one_of(acronym.expansions))}"
    doubt = "It may stand for something else, so write out the one you mean." if acronym.ambiguous else ""
    return "\n\n".join(filter(None, [meaning, plain(acronym.plain), doubt]))


def plain(text: str) -> str:
    """Return `text` on one line, with nothing in it that Markdown would obey."""
    return " ".join(SIGNS.sub(r"\\\1", text).split())


def link(url: str) -> str:
    """Return an address as a Markdown link takes it."""
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
