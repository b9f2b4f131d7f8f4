"""Findings as a table: one row a finding, for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator

from fsm_language.finding import Report
from fsm_language.formats.options import Options
from fsm_language.formats.wording import offers, questions

COLUMNS = (
    "name",
    "id",
    "line",
    "column",
    "start",
    "end",
    "category",
    "level",
    "rule",
    "words",
    "message",
    "try",
    "ask",
    "fingerprint",
    "error",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(reports: Iterable[Report], _options: Options) -> Iterator[str]:
    """Yield the heading, then a row for each finding and for each note that could not be checked."""
    yield _row(COLUMNS)
    for report in reports:
        if report.error is not None:
            yield _row((report.document.name, report.id or "", *("" for _ in COLUMNS[3:]), report.error))
        for finding in report.findings:
            line, column = report.document.position(finding.start)
            yield _row(
                (
                    report.document.name,
                    report.id or "",
                    line,
                    column,
                    finding.start,
                    finding.end,
                    finding.category,
                    finding.level,
                    finding.rule.id,
                    finding.text,
                    finding.message,
                    " / ".join(offers(finding)),
                    " / ".join(questions(finding)),
                    finding.fingerprint(report.document),
                    "",
                )
            )


def _row(cells: Iterable[object]) -> str:
    row = io.StringIO()
    csv.writer(row).writerow(plain(cell) for cell in cells)
    return row.getvalue()


def plain(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
