"""Findings as annotations of a GitHub workflow run."""

from collections.abc import Iterable, Iterator

from fsm_language.finding import Finding, Report
from fsm_language.formats.location import path_of
from fsm_language.formats.options import Options
from fsm_language.formats.wording import advice

COMMAND = {"suggestion": "notice", "warning": "warning", "error": "error"}
DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(reports: Iterable[Report], _options: Options) -> Iterator[str]:
    """Yield a workflow command for each finding and each note that could not be checked."""
    for report in reports:
        if report.error is not None:
            place: dict[str, object] = {"file": path_of(report.document.name), "title": "could not be checked"}
            yield _command("error", place, report.error)
        for finding in report.findings:
            yield _annotation(finding, report)


def _annotation(finding: Finding, report: Report) -> str:
    properties: dict[str, object] = {"file": path_of(report.document.name)}
    title = finding.rule.id
    if report.id is None:
        line, column = report.document.position(finding.start)
        end_line, end_column = report.document.position(finding.end)
        properties |= {"line": line, "endLine": end_line}
        if line == end_line:  # GitHub refuses columns where a finding runs over lines
            properties |= {"col": column, "endColumn": end_column}
    else:  # lines count within the record, which is no place in the file
        title = f"{report.id}: {title}"
    return _command(COMMAND[finding.level], {**properties, "title": title}, advice(finding))


def _command(command: str, properties: dict[str, object], message: str) -> str:
    given = ",".join(f"{key}={str(value).translate(PROPERTY)}" for key, value in properties.items())
    return f"::{command} {given}::{message.translate(DATA)}\n"
