"""Tables as CSV, and every finding of an audit as a row of CSV and of Parquet, and as SARIF and JUnit."""

import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from fsm_language import __version__
from fsm_language.audit import Row, recalled
from fsm_language.formats import FORMATS, Options
from fsm_language.formats.csv import plain
from fsm_language.report.rates import Estimate
from fsm_language.report.tables import Cell, Column, Table
from fsm_language.rule import Rule

COLUMNS = (
    *("name", "id", "date", "team", "audience", "rule", "category", "level", "start", "end", "line", "column"),
    *("place", "wording", "words", "message", "try", "ask", "fingerprint", "error"),
)
NUMBERS = frozenset(("start", "end", "line", "column"))
FINDINGS_CSV, FINDINGS_PARQUET = "findings.csv", "findings.parquet"
ALSO = {"sarif": "findings.sarif", "junit": "findings.junit.xml"}  # formats that are made only when asked for
BATCH = 10_000  # findings in memory at once
WITH_INTERVAL = ("rate", "share", "age")


@dataclass(frozen=True, slots=True)
class Also:
    """Which of `ALSO` to make, and from which level on a finding fails there."""

    formats: Collection[str] = ()
    fail_on: str = "warning"


def headings(table: Table) -> Iterator[Column]:
    """Yield the columns of `table` as files have them: a figure with an interval takes three."""
    for column in table.columns:
        yield column
        if column.kind in WITH_INTERVAL:
            yield column._replace(heading=f"{column.heading}, from")
            yield column._replace(heading=f"{column.heading}, to")


def values(table: Table, row: tuple[Cell, ...]) -> Iterator[str | float | None]:
    """Yield the cells of a row for `headings`."""
    for column, cell in zip(table.columns, row, strict=True):
        if isinstance(cell, Estimate):
            yield from (round(figure, 4) for figure in cell)
        else:
            yield from [cell] * (3 if column.kind in WITH_INTERVAL else 1)


def write_tables(tables: Sequence[Table], folder: Path) -> None:
    """Write each of `tables` to a CSV file of its name in `folder`, and remove those of an earlier report."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.csv"):
        old.unlink()
    for table in tables:
        with _csv(folder / f"{table.name}.csv") as stream:
            writer = csv.writer(stream)
            writer.writerow(plain(column.heading) for column in headings(table))
            writer.writerows([plain(value) for value in values(table, row)] for row in table.rows)


def write_findings(rows: Iterable[Row], folder: Path) -> None:
    """Write a line for each finding, and each note that could not be checked, to findings.csv and findings.parquet.

    `words` is empty unless the audit keeps text. The fields that notes are grouped by are columns of their own.
    """
    import pyarrow as pa
    from pyarrow import parquet

    rows = iter(rows)
    first = next(rows, None)
    groups = [f"group {name}" for name in first["groups"]] if first else []
    columns = [*COLUMNS, *groups]
    schema = pa.schema([(name, pa.int64() if name in NUMBERS else pa.string()) for name in columns])
    lines = (line for row in chain([first] if first else [], rows) for line in findings(row))
    with parquet.ParquetWriter(folder / FINDINGS_PARQUET, schema) as written, _csv(folder / FINDINGS_CSV) as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        while batch := list(islice(lines, BATCH)):
            written.write_batch(pa.RecordBatch.from_pylist(batch, schema=schema))
            writer.writerows([plain(line.get(name)) for name in columns] for line in batch)


def write_formats(rows: Callable[[], Iterator[Row]], rules: Sequence[Rule], folder: Path, also: Also) -> None:
    """Write findings.sarif, findings.junit.xml, as `also` asks, a note at a time; remove those of an earlier report.

    `rows` begins anew whenever it is called.
    """
    known = {rule.id: rule for rule in rules}
    options = Options(fail_on=also.fail_on, version=__version__)
    for name, file in ALSO.items():
        if name not in also.formats:
            (folder / file).unlink(missing_ok=True)
            continue
        with (folder / file).open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(FORMATS[name]((recalled(row, known) for row in rows()), options))


def _csv(file: Path) -> TextIO:
    return file.open("w", encoding="utf-8-sig", newline="")  # with the mark by which Excel knows UTF-8


def findings(row: Row) -> Iterator[dict[str, object]]:
    """Yield a line for each finding of `row`, by the names of `COLUMNS`."""
    note = {name: row[name] for name in ("name", "id", "date", "team", "audience", "error")}
    note |= {f"group {name}": value for name, value in row["groups"].items()}
    if row["error"] is not None:
        yield note
    for finding in row["findings"]:
        offers = [offer["label"] for offer in finding["suggestions"] if offer["edits"]]
        questions = [offer["label"] for offer in finding["suggestions"] if not offer["edits"]]
        yield {**note, **finding, "try": " / ".join(offers), "ask": " / ".join(questions)}
