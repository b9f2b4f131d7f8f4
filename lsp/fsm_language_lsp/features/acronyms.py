"""Acronyms in an editor: where they stand, their long forms as they are typed, and behind each if one wants to see."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from fsm_language import Document
from fsm_language.checks.explanations import explains
from fsm_language.checks.lookalikes import is_lookalike, labels, people
from fsm_language.checks.shapes import Mention, candidates
from fsm_language.glossary import Acronym, Glossary
from fsm_language.prose import prose
from fsm_language.units import Encoding
from fsm_language_lsp.notes.opened import Checked, OpenNote
from fsm_language_lsp.notes.places import offsets, position, range_of

if TYPE_CHECKING:
    from fsm_language_lsp.connection.server import Server

TYPED = re.compile(r"[A-Za-z0-9&/]{1,20}\Z")
FEWEST_CAPITALS = 2
MOST = 40


def mentions(kind: str, document: Document, glossary: Glossary) -> list[Mention]:
    """Return where the glossary's acronyms stand in the prose of a note."""
    read = prose(document.text, kind)
    found = candidates(read.text, glossary)
    persons = people(read.text, found, labels(read.text))
    return [
        mention._replace(start=span.start, end=span.end)
        for mention in found
        if mention.acronym is not None and not is_lookalike(read.text, mention, persons)
        for span in [read.span(mention.start, mention.end)]
        if document.text[span.start : span.end] == read.text[mention.start : mention.end]
    ]


def hints(server: "Server", note: OpenNote, checked: Checked, within: lsp.Range) -> list[lsp.InlayHint]:
    """Return the long form of each acronym in a range that has one meaning and is not explained where it stands."""
    document, encoding = checked.report.document, server.client.encoding
    start, end = offsets(document, within, encoding)
    return [
        lsp.InlayHint(
            position(document, mention.end, encoding),
            f"({mention.acronym.expansions[0]})",
            tooltip=mention.acronym.plain,
            padding_left=True,
        )
        for mention in mentions(note.kind, document, checked.glossary)
        if start <= mention.start <= end
        and mention.acronym is not None
        and not mention.acronym.ambiguous
        and not explains(document.text, mention)
    ]


def completions(glossary: Glossary, document: Document, place: lsp.Position, encoding: Encoding) -> lsp.CompletionList:
    """Return the long forms of the acronyms that begin with what has been typed, which is in capitals."""
    at = document.offset(place.line, place.character, encoding)
    typed = TYPED.search(document.text, max(0, at - 20), at)
    if typed is None or sum(map(str.isupper, typed[0])) < FEWEST_CAPITALS:
        return lsp.CompletionList(is_incomplete=True, items=[])
    begun = typed[0].upper()
    known = [acronym for acronym in glossary if acronym.acronym.upper().startswith(begun)]
    span = range_of(document, typed.start(), at, encoding)
    items = [item for acronym in known[:MOST] for item in _items(acronym, span)]
    return lsp.CompletionList(is_incomplete=len(known) > MOST, items=items)


def _items(acronym: Acronym, span: lsp.Range) -> Iterator[lsp.CompletionItem]:
    for number, expansion in enumerate(acronym.expansions):
        explained = f"{expansion} ({acronym.acronym})"
        yield lsp.CompletionItem(
            label=acronym.acronym,
            label_details=lsp.CompletionItemLabelDetails(description=expansion),
            kind=lsp.CompletionItemKind.Text,
            detail=explained,
            documentation=acronym.plain,
            filter_text=acronym.acronym,
            sort_text=f"{acronym.acronym} {number}",
            text_edit=lsp.TextEdit(span, explained),
        )
