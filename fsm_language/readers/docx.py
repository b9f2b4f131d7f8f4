"""A Word document is a note: paragraphs, tables, text boxes, headers, footnotes and comments, without deleted text."""

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from fsm_language.readers.archive import ArchiveError, opened_document
from fsm_language.readers.note import Fields, Note, Part, failed, joined

if TYPE_CHECKING:
    from docx.document import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
PARAGRAPH, TABLE, ROW, CELL, BOX = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}txbxContent"
GONE = frozenset((f"{W}del", f"{W}moveFrom", FALLBACK))  # deleted while changes were tracked; a second copy
ASIDE = frozenset((*GONE, BOX, PARAGRAPH, f"{W}pPr", f"{W}rPr"))  # no text of the paragraph they stand in
OUTLINE, BODY_TEXT = f"{W}outlineLvl", "9"  # a level in outlines, and the one that is none
TITLES = frozenset(("title", "subtitle"))  # as styles are called in a file, whatever the language of the program
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
PARTS = {  # the end of a relation's type: the elements that make one each, and what they are called
    "header": (f"{W}hdr", "header"),
    "footer": (f"{W}ftr", "footer"),
    "footnotes": (f"{W}footnote", "footnote"),
    "endnotes": (f"{W}endnote", "endnote"),
    "comments": (f"{W}comment", "comment"),
}

Element = Any  # of lxml, which has no types of its own


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a Word document: what people call its place, its text, and its element `w:p`."""

    place: str
    text: str
    element: Element


def read(stream: BinaryIO, name: str, _fields: Fields) -> Iterator[Note]:
    """Yield the one note in `stream`."""
    import docx

    try:
        opened_document(stream)
        document = docx.Document(stream)
        headings = _headings(document)
        parts = [
            Part(paragraph.place, paragraph.text, _is_heading(paragraph.element, headings))
            for paragraph in paragraphs(document)
            if paragraph.text
        ]
        record = _record(document)
    except ArchiveError as error:
        yield failed(name, str(error))
        return
    except Exception as error:  # noqa: BLE001  # python-docx lets out whatever a damaged file leads to
        yield failed(name, f"It cannot be read as a Word document ({type(error).__name__}). Open and save it again.")
        return
    yield joined(name, parts, record)


def _record(document: "Document") -> dict[str, str]:
    properties = document.core_properties
    written = properties.created or properties.modified
    said = {
        "author": properties.author,
        "title": properties.title,
        "date": written.date().isoformat() if written else "",
    }
    return {key: value for key, value in said.items() if value}


def _headings(document: "Document") -> frozenset[str]:
    """Return the ids of the styles that make a paragraph a heading: those with a level in outlines, and titles."""
    styles = {style.get(f"{W}styleId"): style for style in document.styles.element.iter(f"{W}style")}
    return frozenset(name for name in styles if _heads(name, styles))


def _heads(name: str, styles: Mapping[str, Element]) -> bool:
    """Whether a style, or the nearest one that it is based on and that says anything of it, is for headings."""
    passed: set[str] = set()
    while name in styles and name not in passed:
        passed.add(name)
        style = styles[name]
        if (level := style.find(f"{W}pPr/{OUTLINE}")) is not None:
            return _is_outlined(level)
        if str(_value(style.find(f"{W}name"))).lower() in TITLES:
            return True
        name = _value(style.find(f"{W}basedOn"))
    return False


def _is_heading(paragraph: Element, headings: Collection[str]) -> bool:
    level = paragraph.find(f"{W}pPr/{OUTLINE}")
    return _value(paragraph.find(f"{W}pPr/{W}pStyle")) in headings if level is None else _is_outlined(level)


def _is_outlined(level: Element) -> bool:
    return bool(_value(level) != BODY_TEXT)


def _value(element: Element) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def paragraphs(document: "Document") -> Iterator[Paragraph]:
    """Yield the paragraphs of a document: its body as one reads it, then headers, footers, notes and comments."""
    yield from _body(document.element.body)
    for relation in sorted(document.part.rels.values(), key=lambda relation: relation.reltype):
        kind = relation.reltype.rpartition("/")[2]
        if kind in PARTS and not relation.is_external:
            yield from _part(relation.target_part, *PARTS[kind])


def _part(part: Any, tag: str, name: str) -> Iterator[Paragraph]:  # noqa: ANN401  # python-docx types few parts
    from docx.oxml import parse_xml

    root = parse_xml(part.blob)
    pieces = [piece for piece in root.iter(tag) if piece.get(f"{W}type", "normal") == "normal"]
    for number, piece in enumerate(pieces, 1):
        place = name if tag == root.tag else f"{name} {number}"
        yield from (Paragraph(place, text_of(element), element) for element in _live(piece))


def _body(body: Element) -> Iterator[Paragraph]:
    numbers, tables = itertools.count(1), itertools.count(1)
    for element in _blocks(body):
        if element.tag == TABLE:
            yield from _table(element, f"table {next(tables)}")
            continue
        place = f"paragraph {next(numbers)}"
        yield Paragraph(place, text_of(element), element)
        yield from (Paragraph(f"text box at {place}", text_of(inner), inner) for inner in _live(element, BOX))


def _table(table: Element, place: str) -> Iterator[Paragraph]:
    for row, cells in enumerate((row for row in _blocks(table, ROW)), 1):
        for column, cell in enumerate(_blocks(cells, CELL), 1):
            at = f"{place}, row {row}, column {column}"
            yield from (Paragraph(at, text_of(element), element) for element in _live(cell))


def _blocks(parent: Element, *tags: str) -> Iterator[Element]:
    """Yield paragraphs and tables (or `tags`) of a part, also those in content controls and inserted ones."""
    wanted = tags or (PARAGRAPH, TABLE)
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag not in GONE:
            yield from _blocks(child, *wanted)


def _live(parent: Element, within: str | None = None) -> Iterator[Element]:
    """Yield every paragraph below `parent`, only those in an element `within` if one is named."""
    for child in parent:
        if child.tag in GONE:
            continue
        if child.tag == PARAGRAPH and within is None:
            yield child
        yield from _live(child, None if child.tag == within else within)


def text_of(paragraph: Element) -> str:
    """Return the text of a `w:p` as one reads it: tracked insertions are in it, deletions and text boxes are not."""
    return "".join(_texts(paragraph))


def _texts(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag] if child.get(f"{W}type", "textWrapping") == "textWrapping" else ""
        elif child.tag not in ASIDE:
            yield from _texts(child)
