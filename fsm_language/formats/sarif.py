"""Findings as SARIF 2.1.0, the standard log of code scanning."""

import json
from collections.abc import Iterable, Iterator
from textwrap import indent

from fsm_language.finding import Edit, Finding, Report, Suggestion
from fsm_language.formats.location import uri_of
from fsm_language.formats.options import Options
from fsm_language.formats.wording import advice
from fsm_language.rule import Rule

Json = dict[str, object]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVEL = {"suggestion": "note", "warning": "warning", "error": "error"}


def render(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """Yield the log a result at a time; the rules, and notes that could not be checked, come after the results."""
    rules: dict[str, int] = {}
    described: list[Json] = []
    failures: list[Json] = []
    yield OPENING % json.dumps(SCHEMA)
    between = "\n"
    for report in reports:
        if report.error is not None:
            failures.append(_notification(report))
        for finding in report.findings:
            if finding.rule.id not in rules:
                rules[finding.rule.id] = len(described)
                described.append(_rule(finding.rule))
            yield between + indent(_json(_result(finding, report, rules[finding.rule.id])), " " * 8)
            between = ",\n"
    yield "]" if between == "\n" else "\n      ]"
    driver = {
        "name": "fsm-language",
        **({"version": options.version, "semanticVersion": options.version} if options.version else {}),
        "rules": described,
    }
    rest: Json = {
        "invocations": [{"executionSuccessful": not failures, "toolExecutionNotifications": failures}],
        "tool": {"driver": driver},
    }
    yield f",{indent(_json(rest), ' ' * 4)[5:]}\n  ]\n}}\n"


OPENING = """{
  "$schema": %s,
  "version": "2.1.0",
  "runs": [
    {
      "columnKind": "unicodeCodePoints",
      "results": ["""


def _json(content: Json) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False)


def _rule(rule: Rule) -> Json:
    sources = [(source.publisher, source.title, source.url) for source in rule.sources]
    plain = "\n".join(f"{publisher}, {title}: {url}" for publisher, title, url in sources)
    marked = "\n".join(f"- {publisher}, [{title}]({url})" for publisher, title, url in sources)
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.message},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n\n{plain}", "markdown": f"{rule.why}\n\n{marked}"},
        **({"helpUri": rule.sources[0].url} if rule.sources else {}),
        "defaultConfiguration": {"level": LEVEL[rule.level]},
        "properties": {"category": rule.category, "principle": rule.principle, "tags": [rule.category, *rule.tags]},
    }


def _result(finding: Finding, report: Report, index: int) -> Json:
    content: Json = {
        "ruleId": finding.rule.id,
        "ruleIndex": index,
        "level": LEVEL[finding.level],
        "message": {"text": advice(finding)},
        "locations": [_location(report, finding.start, finding.end)],
        "partialFingerprints": {"fsmLanguage/v1": finding.fingerprint(report.document)},
    }
    if finding.related:
        content["relatedLocations"] = [_location(report, start, end) for start, end in finding.related]
    fixes = [_fix(report, suggestion) for suggestion in finding.suggestions if suggestion.edits]
    if fixes and report.id is None:
        content["fixes"] = fixes
    return content


def _location(report: Report, start: int, end: int) -> Json:
    """Return a place in a file, or for a record, whose lines are no lines of its file, the record's name."""
    artifact: Json = {"artifactLocation": {"uri": uri_of(report.document.name)}}
    if report.id is not None:
        name: Json = {"name": report.id, "fullyQualifiedName": f"{report.document.name}#{report.id}", "kind": "element"}
        return {"physicalLocation": artifact, "logicalLocations": [name], "properties": {"start": start, "end": end}}
    line, column = report.document.position(start)
    end_line, end_column = report.document.position(end)
    region: Json = {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": start,
        "charLength": end - start,
    }
    return {"physicalLocation": {**artifact, "region": region}}


def _fix(report: Report, suggestion: Suggestion) -> Json:
    replacements = [_replacement(edit) for edit in suggestion.edits]
    change: Json = {"artifactLocation": {"uri": uri_of(report.document.name)}, "replacements": replacements}
    return {"description": {"text": f"Try: {suggestion.label}"}, "artifactChanges": [change]}


def _replacement(edit: Edit) -> Json:
    return {
        "deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start},
        "insertedContent": {"text": edit.text},
    }


def _notification(report: Report) -> Json:
    return {
        "level": "error",
        "message": {"text": report.error if report.id is None else f"{report.id}: {report.error}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri_of(report.document.name)}}}],
    }
