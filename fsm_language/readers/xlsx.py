"""An Excel workbook holds a note a row; the first row of a sheet names the columns."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from fsm_language.readers.archive import WORKBOOK, ArchiveError, opened_document
from fsm_language.readers.note import Fields, Note, failed
from fsm_language.readers.record import At, missing_field, note_of, plain

Rows = Iterator[tuple[int, tuple[object, ...]]]


def read(stream: BinaryIO, name: str, fields: Fields) -> Iterator[Note]:
    """Yield the notes in the sheets of `stream` that have a column for them, one a row."""
    import openpyxl

    try:
        opened_document(stream, WORKBOOK)
        workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        yield from _sheets(workbook, name, fields)
    except ArchiveError as error:
        yield failed(name, str(error))
    except Exception as error:  # noqa: BLE001  # openpyxl lets out whatever a damaged file leads to
        yield failed(name, f"It cannot be read as an Excel workbook ({type(error).__name__}). Open and save it again.")


def _sheets(workbook: Any, name: str, fields: Fields) -> Iterator[Note]:  # noqa: ANN401  # a read-only workbook has no type
    heads: dict[str, list[str]] = {}
    found = False
    for sheet in workbook.worksheets:
        rows = _rows(sheet)
        columns = [plain(value).strip() for value in next(rows, (0, ()))[1]]
        heads[sheet.title] = columns
        if fields.text in columns:
            found = True
            yield from _notes(rows, columns, sheet.title, name, fields)
    if not found:
        there = next((columns for columns in heads.values() if any(columns)), None)
        empty = "The workbook is empty. Was it saved?"
        yield failed(
            name, f"In the first row {missing_field(fields.text, filter(None, there), 'column')}" if there else empty
        )


def _rows(sheet: Any) -> Rows:  # noqa: ANN401  # as above
    """Yield the rows that hold anything, each with its number."""
    sheet.reset_dimensions()  # some programs write wrong ones
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if any(value is not None and plain(value).strip() for value in row):
            yield number, row


def _notes(rows: Rows, columns: list[str], sheet: str, name: str, fields: Fields) -> Iterator[Note]:
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(columns.index(fields.text) + 1)
    for number, row in rows:
        values = dict.fromkeys(columns) | dict(zip(columns, row, strict=False))
        yield note_of(name, values, fields, At(f"{sheet}, row {number}", f"{sheet}!{letter}{number}"))
