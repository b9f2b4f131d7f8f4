"""Findings as JUnit XML: a suite a note, a test case a finding."""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from fsm_language.finding import Finding, Report
from fsm_language.formats.options import Options
from fsm_language.formats.wording import advice, fails, note_name

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """Yield the document a suite at a time. Findings below `fail_on` are cases that pass and say so."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="fsm-language">\n'
    for report in reports:
        yield from _suite(report, options)
    yield "</testsuites>\n"


def _suite(report: Report, options: Options) -> Iterator[str]:
    name = note_name(report)
    failures = sum(fails(finding.level, options.fail_on) for finding in report.findings)
    errors = int(report.error is not None)
    cases = max(1, len(report.findings))
    yield (
        f'  <testsuite name={_attribute(name)} tests="{cases}" failures="{failures}" errors="{errors}" '
        'skipped="0" time="0">\n'
    )
    if report.error is not None:
        error = f'<error type="unreadable" message={_attribute(report.error)}/>'
        yield _case(name, "the note can be checked", error)
    for finding in report.findings:
        line, column = report.document.position(finding.start)
        yield _case(name, f"{finding.rule.id} at line {line}, column {column}", _outcome(finding, options))
    if report.error is None and not report.findings:
        yield _case(name, "nothing to suggest", "")
    yield "  </testsuite>\n"


def _outcome(finding: Finding, options: Options) -> str:
    words = _content(advice(finding)) + (f"\n“{_content(finding.text)}”" if finding.text else "")
    if fails(finding.level, options.fail_on):
        return f'<failure type="{finding.level}" message={_attribute(finding.message)}>{words}</failure>'
    return f"<system-out>{words}</system-out>"


def _case(note: str, name: str, outcome: str) -> str:
    start = f'    <testcase classname={_attribute(note)} name={_attribute(name)} time="0"'
    return f"{start}>\n      {outcome}\n    </testcase>\n" if outcome else f"{start}/>\n"


def _content(text: str) -> str:
    return escape(NOT_XML.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(NOT_XML.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
