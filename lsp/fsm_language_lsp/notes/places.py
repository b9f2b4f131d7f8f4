"""Places in a note as editors count them."""

from lsprotocol import types as lsp

from fsm_language import Document, Edit
from fsm_language.units import Encoding


def position(document: Document, offset: int, encoding: Encoding) -> lsp.Position:
    """Return the place of a code point."""
    return lsp.Position(*document.place(offset, encoding))


def range_of(document: Document, start: int, end: int, encoding: Encoding) -> lsp.Range:
    """Return the range between two code points."""
    return lsp.Range(position(document, start, encoding), position(document, end, encoding))


def offsets(document: Document, span: lsp.Range, encoding: Encoding) -> tuple[int, int]:
    """Return the code points of a range, in order."""
    start = document.offset(span.start.line, span.start.character, encoding)
    end = document.offset(span.end.line, span.end.character, encoding)
    return min(start, end), max(start, end)


def text_edit(document: Document, edit: Edit, encoding: Encoding) -> lsp.TextEdit:
    """Return an edit of a note as editors take it."""
    return lsp.TextEdit(range_of(document, edit.start, edit.end, encoding), edit.text)
