"""Findings for a script: one JSON object per note, as it goes."""

import json
from collections.abc import Iterable, Iterator

from fsm_language.finding import Finding, Report
from fsm_language.formats.options import Options

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


def record(report: Report) -> Json:
    """Return what scripts rely on of a report; it holds none of the note's text but what edits put there."""
    return {
        "name": report.document.name,
        "id": report.id,
        "findings": [_finding(finding, report) for finding in report.findings],
        "measures": dict(report.measures),
        "error": report.error,
    }


def _finding(finding: Finding, report: Report) -> Json:
    at, column = report.document.position(finding.start)
    return {
        "rule": finding.rule.id,
        "category": finding.category,
        "level": finding.level,
        "start": finding.start,
        "end": finding.end,
        "line": at,
        "column": column,
        "message": finding.message,
        "suggestions": [
            {
                "label": suggestion.label,
                "edits": [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in suggestion.edits],
            }
            for suggestion in finding.suggestions
        ],
        "fingerprint": finding.fingerprint(report.document),
    }
