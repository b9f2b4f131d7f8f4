"""A CSV file holds a note a row; its first row names the columns."""

import csv
import itertools
from collections.abc import Iterator
from typing import BinaryIO

from fsm_language.readers.encoding import NotTextError, text_of
from fsm_language.readers.note import Fields, Note, failed
from fsm_language.readers.record import At, missing_field, note_of

LONGEST_CELL = 2**31 - 1  # what a C long holds everywhere
DELIMITERS = {",": "", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
HEAD = 10_000  # characters in which the first row is looked for


def read(stream: BinaryIO, name: str, fields: Fields) -> Iterator[Note]:
    """Yield the notes in `stream`, one a row. Commas, semicolons, tabs or strokes may part the columns."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        with text_of(stream) as (text, notices):
            delimiter = _delimiter(text.read(HEAD))
            text.seek(0)
            parted = DELIMITERS[delimiter]
            said = (f"Read as columns that {parted} part.",) if parted and not name.lower().endswith(".tsv") else ()
            rows = _rows(csv.reader(text, delimiter=delimiter, strict=True))
            yield from _notes(rows, name, fields, (*notices, *said))
    except NotTextError as error:
        yield failed(name, str(error))


def _notes(rows: "Iterator[Row]", name: str, fields: Fields, notices: tuple[str, ...]) -> Iterator[Note]:
    first = next(rows, None)
    if first is None:
        yield failed(name, "The file is empty. Was it saved?")
        return
    if isinstance(first[2], str):
        yield failed(name, f"Line 1 is no row of column names: {first[2]}.")
        return
    columns = [column.strip() for column in first[2]]
    if fields.text not in columns:
        yield failed(name, f"In the first row {missing_field(fields.text, columns, 'column')}")
        return
    for number, line, row in rows:
        own = f"line {line}"
        if isinstance(row, str):
            yield failed(name, f"Line {line} cannot be read as a row: {row}. Mend the quotation marks there.", own)
            continue
        cells = dict(zip(columns, row, strict=False))
        cells[fields.id] = cells.get(fields.id, "").strip()
        if fields.text in cells:
            yield note_of(name, cells, fields, At(own, f"row {number}, column {fields.text}"), notices)
            notices = ()  # said once of the file
        else:
            short = f"Line {line} is too short: it has {len(row)} of {len(columns)} columns."
            yield failed(name, short, cells[fields.id] or own)


def _delimiter(head: str) -> str:
    """Return what parts the columns of the first row."""
    first = head.lstrip("\r\n").splitlines()[:1]
    return max(DELIMITERS, key=first[0].count) if first else ","


Row = tuple[int, int, list[str] | str]


def _rows(table: Iterator[list[str]]) -> Iterator[Row]:
    """Yield the number of each row, the line it begins on, and its cells or why it cannot be read."""
    for number in itertools.count(1):
        line: int = table.line_num + 1  # type: ignore[attr-defined]  # csv's readers count lines
        try:
            row = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            unclosed = "unexpected end of data" in str(error)
            yield number, line, "a quotation mark is opened and never closed" if unclosed else f"{error}"
            continue
        if any(cell.strip() for cell in row):
            yield number, line, row
