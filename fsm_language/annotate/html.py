"""Marks in a web page around what was found, each with a number, and a list of suggestions at its end."""

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from fsm_language.annotate.comment import comment
from fsm_language.annotate.text import decoded
from fsm_language.finding import Finding, Report
from fsm_language.prose import Prose, prose

# what stands in these is shown letter by letter: no mark may be put there
LITERAL = re.compile(r"<(textarea|option|title)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
BODY_END = re.compile(r"</body\s*>(?!.*</body\s*>)", re.IGNORECASE | re.DOTALL)
PREFIX = "fsm-language"


class Insertion(NamedTuple):
    """Markup to put into the source at a code point; `order` says what comes first at the same place."""

    at: int
    order: int
    markup: str


def annotate(content: bytes, report: Report) -> bytes:
    """Return the web page `content` with a mark at each finding of `report`."""
    text, encoding = decoded(content)
    page = prose(text, "html")
    literal = [found.span() for found in LITERAL.finditer(text)]
    insertions = list(_insertions(page, report, literal))
    end = BODY_END.search(text)
    if report.findings:
        insertions.append(Insertion(end.start() if end else len(text), 3, _list(report)))
    pieces: list[str] = []
    done = 0
    for insertion in sorted(insertions):
        pieces += text[done : insertion.at], insertion.markup
        done = insertion.at
    return "".join([*pieces, text[done:]]).encode(encoding, "xmlcharrefreplace")


def _insertions(page: Prose, report: Report, literal: list[tuple[int, int]]) -> Iterator[Insertion]:
    """Yield marks, shortest findings first: a finding that lies over one that is marked gets its number only."""
    marked: list[tuple[int, int]] = []
    numbered = list(enumerate(report.findings, 1))
    for number, finding in sorted(numbered, key=lambda entry: (entry[1].end - entry[1].start, entry[0])):
        span = finding.start, finding.end
        if _meets(span, literal):
            continue
        if not _meets(span, marked):
            marked.append(span)
            for start, end in _words(page, finding):
                yield Insertion(start, 2, f'<mark class="{PREFIX}" title="{escape(comment(finding))}">')
                yield Insertion(end, 0, "</mark>")
        yield Insertion(finding.end, 1, f'<sup><a href="#{PREFIX}-{number}">[{number}]</a></sup>')


def _meets(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _words(page: Prose, finding: Finding) -> Iterator[tuple[int, int]]:
    """Yield the stretches of source that a finding's words are typed with, tags between them left out."""
    begun: int | None = None
    for piece in page.pieces:
        start, end = max(piece.start, finding.start), min(piece.end, finding.end)
        if start >= end:
            continue
        if not piece.is_markup:
            begun = start if begun is None else begun
        elif begun is not None:
            yield begun, start
            begun = None
    if begun is not None:
        yield begun, finding.end


def _list(report: Report) -> str:
    items = "\n".join(
        f'<li id="{PREFIX}-{number}"><strong>{escape(_shown(finding))}</strong><br>\n'
        + "<br>\n".join(escape(line) for line in comment(finding).split("\n"))
        + "</li>"
        for number, finding in enumerate(report.findings, 1)
    )
    return f'<aside class="{PREFIX}" aria-label="Suggestions on the language">\n<ol>\n{items}\n</ol>\n</aside>\n'


LONGEST = 80


def _shown(finding: Finding) -> str:
    words = " ".join(prose(finding.text, "html").text.split())
    return words if len(words) <= LONGEST else words[:LONGEST].rstrip() + " …"
