"""An OpenDocument text is a note: paragraphs, tables, text boxes, headers, notes and comments, without deleted text."""

import itertools
from collections.abc import Iterator
from typing import Any, BinaryIO

from fsm_language.readers.archive import DAMAGED, ArchiveError, opened_document
from fsm_language.readers.note import Fields, Note, Part, failed, joined

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, TEXT, TABLE, STYLE, META = (f"{{{OASIS}:{part}:1.0}}" for part in "office text table style meta".split())
CREATED = f"{META}creation-date"
HEADING, STYLED = f"{TEXT}h", f"{TEXT}style-name"
PARAGRAPHS = frozenset((f"{TEXT}p", HEADING))
TITLES = frozenset(("Title", "Subtitle"))  # styles of paragraphs that are headings too
GONE = frozenset((f"{TEXT}tracked-changes",))  # what was deleted while changes were tracked
ASIDES = {f"{OFFICE}annotation": "comment", f"{TEXT}note": "footnote"}
BOX = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}text-box"

Element = Any  # of lxml, which has no types of its own
Placed = tuple[str, Element]


def read(stream: BinaryIO, name: str, _fields: Fields) -> Iterator[Note]:
    """Yield the one note in `stream`."""
    from lxml import etree

    try:
        archive = opened_document(stream)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        content, styles, meta = (
            etree.fromstring(archive.read(file), parser) if file in archive.namelist() else None
            for file in ("content.xml", "styles.xml", "meta.xml")
        )
    except ArchiveError as error:
        yield failed(name, str(error))
        return
    except (etree.XMLSyntaxError, *DAMAGED):
        content = None
    body = content.find(f".//{OFFICE}text") if content is not None else None
    if body is None:
        yield failed(name, "It cannot be read as an OpenDocument text. Open and save it again.")
        return
    said = meta.findtext(f".//{CREATED}") if meta is not None else None
    record = {"date": said[:10]} if said else {}
    titles = _titles(content)
    parts = (
        Part(place, text_of(element), element.tag == HEADING or element.get(STYLED) in titles)
        for place, element in (*_body(body), *(_running(styles) if styles is not None else ()))
    )
    yield joined(name, parts, record)


def _titles(content: Element) -> set[str]:
    """Return the styles of titles: those that every document has, and those that this one makes of them."""
    made = (style for style in content.iter(f"{STYLE}style") if style.get(f"{STYLE}parent-style-name") in TITLES)
    return {*TITLES, *(style.get(f"{STYLE}name") for style in made)}


def _body(body: Element) -> Iterator[Placed]:
    numbers, tables = itertools.count(1), itertools.count(1)
    asides = {name: itertools.count(1) for name in ASIDES.values()}
    for element in _blocks(body):
        if element.tag == f"{TABLE}table":
            yield from _table(element, f"table {next(tables)}")
            continue
        place = f"paragraph {next(numbers)}"
        yield place, element
        for aside in element.iter(*ASIDES, BOX):
            kind = ASIDES.get(aside.tag)
            at = f"{kind} {next(asides[kind])}" if kind else f"text box at {place}"
            yield from ((at, inner) for inner in aside.iter(*PARAGRAPHS))


def _table(table: Element, place: str) -> Iterator[Placed]:
    for row, cells in enumerate(table.iter(f"{TABLE}table-row"), 1):
        for column, cell in enumerate(cells.iter(f"{TABLE}table-cell"), 1):
            yield from ((f"{place}, row {row}, column {column}", inner) for inner in _blocks(cell))


def _running(styles: Element) -> Iterator[Placed]:
    for kind in ("header", "footer"):
        for part in styles.iter(f"{STYLE}{kind}"):
            yield from ((kind, inner) for inner in part.iter(*PARAGRAPHS))


def _blocks(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of a part, also those in lists and sections."""
    for child in parent:
        if child.tag in PARAGRAPHS or child.tag == f"{TABLE}table":
            yield child
        elif child.tag not in GONE:
            yield from _blocks(child)


def text_of(paragraph: Element) -> str:
    """Return the text of a paragraph as one reads it, without its comments, notes and text boxes."""
    return "".join(_texts(paragraph))


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            yield " " * _gap(child.get(f"{TEXT}c", "1"))
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif child.tag not in ASIDES and child.tag != BOX:
            yield from _texts(child)
        yield child.tail or ""


def _gap(number: str) -> int:
    """Return how many spaces a document asks for, within reason."""
    return min(int(number), LONGEST_GAP) if number.isdecimal() and len(number) < 10 else 1


LONGEST_GAP = 100  # spaces; nobody reads more
SIGNS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
