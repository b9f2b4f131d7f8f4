"""Findings for a script: one JSON object per note, as it goes."""

import json
from collections.abc import Iterable, Iterator
from functools import partial

from fsm_language.document import Unit
from fsm_language.finding import Finding, Report
from fsm_language.formats.options import Options
from fsm_language.rule import Rule, Source

Json = dict[str, object]


def render(reports: Iterable[Report], _options: Options) -> Iterator[str]:
    """Yield a line for each report."""
    for report in reports:
        yield line(record(report)) + "\n"


def line(content: object) -> str:
    """Return JSON on one line that any encoding and any terminal can take."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False).translate(LINE_ENDS)


# JSON may hold these as they are, but programs that split text at line ends would cut an object there
LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029", **{c: f"\\u{c:04x}" for c in range(0x7F, 0xA0)}}


def record(report: Report, unit: Unit = "code-points", *, reasons: bool = False) -> Json:
    """Return what scripts rely on of a report; it holds none of the note's text but what edits put there.

    Offsets and columns count in `unit`. With `reasons`, each finding also says why, and who recommends it.
    """
    return {
        "name": report.document.name,
        "id": report.id,
        "findings": [_finding(finding, report, unit, reasons=reasons) for finding in report.findings],
        "measures": dict(report.measures),
        "error": report.error,
    }


def _finding(finding: Finding, report: Report, unit: Unit, *, reasons: bool) -> Json:
    document = report.document
    at = partial(document.count, unit=unit)
    line, column = document.position(finding.start)
    return {
        "rule": finding.rule.id,
        "category": finding.category,
        "level": finding.level,
        "start": at(finding.start),
        "end": at(finding.end),
        "line": line,
        "column": at(finding.start) - at(finding.start - column + 1) + 1,
        "message": finding.message,
        **(_reasons(finding.rule) if reasons else {}),
        "suggestions": [
            {
                "label": suggestion.label,
                "edits": [
                    {"start": at(edit.start), "end": at(edit.end), "text": edit.text} for edit in suggestion.edits
                ],
            }
            for suggestion in finding.suggestions
        ],
        "fingerprint": finding.fingerprint(document),
        "place": document.place_name(finding.start),
    }


def _reasons(rule: Rule) -> Json:
    return {"why": rule.why, "sources": [cited(source) for source in rule.sources]}


def cited(source: Source) -> Json:
    """Return a source as a reader meets it."""
    return {"title": source.title, "publisher": source.publisher, "url": source.url}
