"""Tables as an Excel workbook: a sheet each, with filters and a heading that stays in view; no cell is a formula."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fsm_language.formats.terminal import safe
from fsm_language.report.files import headings, values
from fsm_language.report.tables import Table

if TYPE_CHECKING:
    from openpyxl import Workbook

LONGEST_SHEET_NAME = 31  # characters, the most that Excel takes
WIDEST = 60  # characters
FORMATS = {"rate": "0.0", "age": "0.0", "figure": "0.0", "share": "0%", "count": "#,##0", "text": "@"}


def write(tables: Sequence[Table], file: Path) -> None:
    """Write `tables` to `file`. Raises `OSError`."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        _add(book, table)
    if not book.worksheets:
        book.create_sheet("nothing")
    book.save(file)


def _add(book: "Workbook", table: Table) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(_sheet_name(table.name))
    columns = list(headings(table))
    sheet.append([column.heading for column in columns])
    for row in table.rows:
        sheet.append([safe(value) if isinstance(value, str) else value for value in values(table, row)])
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    for number, (column, cells) in enumerate(zip(columns, sheet.columns, strict=True), 1):
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # text, also where it begins like a formula
            cell.number_format = FORMATS[column.kind]
        cells[0].font = Font(bold=True)
        cells[0].alignment = Alignment(wrap_text=True, vertical="top")
        longest = max(len(_shown(cell.value)) for cell in cells[1:]) if len(cells) > 1 else 0
        sheet.column_dimensions[get_column_letter(number)].width = min(WIDEST, max(12, longest + 2))


def _shown(value: object) -> str:
    return "" if value is None else f"{value:.1f}" if isinstance(value, float) else str(value)


def _sheet_name(name: str) -> str:
    return name[:LONGEST_SHEET_NAME]
