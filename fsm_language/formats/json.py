"""Findings for a script that wants one JSON document: every note, then a summary."""

import textwrap
from collections.abc import Iterable, Iterator
from json import dumps

from fsm_language.finding import Report
from fsm_language.formats.jsonl import LINE_ENDS, record
from fsm_language.formats.options import Options
from fsm_language.formats.wording import Tally


def render(reports: Iterable[Report], _options: Options) -> Iterator[str]:
    """Yield the document a note at a time."""
    tally = Tally()
    yield '{\n  "version": 1,\n  "notes": ['
    comma = ""
    for report in reports:
        tally.add(report)
        yield f"{comma}\n{_indented(record(report), '    ')}"
        comma = ","
    summary = tally.summary()
    figures = {
        "notes": summary.notes,
        "failed": summary.failed,
        "findings": summary.findings,
        "hidden": summary.hidden,
        "categories": summary.categories,
        "levels": summary.levels,
    }
    yield f'\n  ],\n  "summary": {_indented(figures, "  ").lstrip()}\n}}\n'


def _indented(content: object, by: str) -> str:
    text = dumps(content, ensure_ascii=False, allow_nan=False, indent=2).translate(LINE_ENDS)
    return textwrap.indent(text, by)
