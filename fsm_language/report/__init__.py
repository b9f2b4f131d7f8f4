"""What a service can learn from an audit: figures made from its rows alone, as a page, a workbook and files of data.

Beside `findings.jsonl` the folder of an audit gets `report.html`, `report.xlsx` and `tables/*.csv`, which all show the
same tables and no group that is too small; and `findings.csv` and `findings.parquet` with every finding, which are as
sensitive as `findings.jsonl` itself; as are `findings.sarif` and `findings.junit.xml`, which are made when asked for.
"""

from functools import partial
from pathlib import Path

from fsm_language.audit import AuditError, rows
from fsm_language.packs import Pack
from fsm_language.report import files, workbook
from fsm_language.report.compare import before
from fsm_language.report.figures import FIELD, Brief, figures_of
from fsm_language.report.files import ALSO, Also
from fsm_language.report.page import page
from fsm_language.report.tables import tables

PAGE, WORKBOOK, TABLES = "report.html", "report.xlsx", "tables"

__all__ = ["ALSO", "PAGE", "TABLES", "WORKBOOK", "Also", "Brief", "write"]


def write(
    folder: Path, pack: Pack, brief: Brief | None = None, compare: Path | None = None, also: Also | None = None
) -> None:
    """Write the report of the audit in `folder` beside it; `pack` holds the rules that findings are explained by.

    `compare` is the folder of an earlier audit, `also` names further formats. Raises `AuditError` where there is no
    whole audit, and `OSError`.
    """
    figures = figures_of(rows(folder), pack, brief)
    worker = figures.brief.by_worker
    if worker is not None and figures.whole.size.notes and FIELD + worker not in figures.groups:
        raise AuditError(
            f"{folder}: the audit did not keep the field “{worker}”. Audit again, with --by-worker {worker}."
        )
    earlier = before(folder, compare, pack) if compare else None
    found = tables(figures, earlier)
    (folder / PAGE).write_text(page(figures, found, earlier), encoding="utf-8", newline="\n")
    workbook.write(found, folder / WORKBOOK)
    files.write_tables(found, folder / TABLES)
    files.write_findings(rows(folder), folder)
    files.write_formats(partial(rows, folder, ends=True), pack.rules, folder, also or Also())
