"""A CSV file holds a note a row; its first row names the columns."""

import csv
import io
import itertools
from collections.abc import Iterator
from typing import BinaryIO

from fsm_language.readers.encoding import NotTextError, decode
from fsm_language.readers.note import Fields, Note, failed
from fsm_language.readers.record import missing_field

LONGEST_CELL = 2**31 - 1  # what a C long holds everywhere


def read(stream: BinaryIO, name: str, fields: Fields) -> Iterator[Note]:
    """Yield the notes in `stream`, one a row. Commas, semicolons or tabs may part the columns."""
    try:
        content, notices = decode(stream.read())
    except NotTextError as error:
        yield failed(name, str(error))
        return
    csv.field_size_limit(LONGEST_CELL)
    table = csv.reader(io.StringIO(content, newline=""), delimiter=_delimiter(content), strict=True)
    numbered = _rows(table)
    first = next(numbered, None)
    if first is None:
        yield failed(name, "The file is empty. Was it saved?")
        return
    _, columns = first
    if isinstance(columns, str):
        yield failed(name, f"Line 1 is no row of column names: {columns}.")
        return
    columns = [column.strip() for column in columns]
    if fields.text not in columns:
        yield failed(name, f"In the first row {missing_field(fields.text, columns, 'column')}")
        return
    for line, row in numbered:
        place = f"line {line}"
        if isinstance(row, str):
            yield failed(name, f"Line {line} cannot be read as a row: {row}. Mend the quotation marks there.", place)
            continue
        cells = dict(zip(columns, row, strict=False))
        own = cells.get(fields.id, "").strip() or place
        if fields.text in cells:
            text = cells[fields.text]
            yield Note(name, text, own, notices if text.strip() else (*notices, "Holds no text."))
        else:
            yield failed(name, f"Line {line} is too short: it has {len(row)} of {len(columns)} columns.", own)


def _delimiter(content: str) -> str:
    """Return what parts the columns of the first row."""
    head = content[:10_000].lstrip("\r\n").splitlines()[:1]
    return max(",;\t", key=head[0].count) if head else ","


def _rows(table: Iterator[list[str]]) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the line each row begins on and its cells, or why it cannot be read."""
    for _ in itertools.count():
        line: int = table.line_num + 1  # type: ignore[attr-defined]  # csv's readers count lines
        try:
            row = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            unclosed = "unexpected end of data" in str(error)
            yield line, "a quotation mark is opened and never closed" if unclosed else f"{error}"
            continue
        if any(cell.strip() for cell in row):
            yield line, row
