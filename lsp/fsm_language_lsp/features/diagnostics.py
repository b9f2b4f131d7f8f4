"""Findings as marks in the text: the diagnostics of the protocol."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from lsprotocol import types as lsp

from fsm_language import Document, Finding, Suggestion
from fsm_language.mistake import Mistake
from fsm_language.rule import Rule
from fsm_language.units import Encoding
from fsm_language_lsp.notes.opened import Checked
from fsm_language_lsp.settings.client import Client
from fsm_language_lsp.settings.preferences import Preferences

SOURCE = "fsm-language"
SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error.value,
    "warning": lsp.DiagnosticSeverity.Warning.value,
    "information": lsp.DiagnosticSeverity.Information.value,
    "hint": lsp.DiagnosticSeverity.Hint.value,
}
MOST_RELATED = 20
Json = dict[str, Any]


def diagnostics(checked: Checked, uri: str, client: Client, preferences: Preferences) -> list[Json]:
    """Return a diagnostic for each finding, or for what kept the note or file from being used.

    All marks of a note are sent at every keystroke, so they are made as the JSON that is sent.
    """
    document = checked.report.document
    if checked.report.error is not None:
        nowhere = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
        return [_diagnostic(nowhere, checked.report.error, "information")]
    found = [diagnostic(finding, document, uri, client, preferences) for finding in checked.report.findings]
    return [*found, *(_mistake(mistake, document, client.encoding) for mistake in checked.mistakes)]


def diagnostic(finding: Finding, document: Document, uri: str, client: Client, preferences: Preferences) -> Json:
    """Return the diagnostic of a finding."""
    made = _diagnostic(
        _range(document, finding.start, finding.end, client.encoding),
        finding.message,
        preferences.severity[finding.level],
    )
    made["code"] = finding.rule.id
    made["codeDescription"] = {"href": rule_page(finding.rule, preferences)}
    if client.tags and (tags := list(_tags(finding))):
        made["tags"] = tags
    if client.related and finding.related:
        made["relatedInformation"] = list(_related(finding, document, uri, client.encoding))
    return made


def _diagnostic(span: Json, message: str, severity: str) -> Json:
    return {"range": span, "message": message, "severity": SEVERITIES[severity], "source": SOURCE}


def _range(document: Document, start: int, end: int, encoding: Encoding) -> Json:
    (line, column), (last_line, last_column) = document.place(start, encoding), document.place(end, encoding)
    return {"start": {"line": line, "character": column}, "end": {"line": last_line, "character": last_column}}


def rule_page(rule: Rule, preferences: Preferences) -> str:
    """Return where to read more of a rule: its page, or the page of whoever recommends it."""
    if not preferences.rule_pages:
        return rule.sources[0].url
    page = preferences.rule_pages if "{" in preferences.rule_pages else preferences.rule_pages + "{topic}.md#{anchor}"
    names = {"topic": PurePath(rule.file).stem, "rule": rule.id, "anchor": rule.id.replace(".", "")}
    for name, value in names.items():
        page = page.replace(f"{{{name}}}", value)
    return page


def leaves_out(suggestion: Suggestion) -> bool:
    """Whether a suggestion is to leave the words out; at the start of a sentence its edit puts a capital there."""
    return suggestion.label.startswith("leave out “")


def _tags(finding: Finding) -> Iterator[int]:
    if any(map(leaves_out, finding.suggestions[:1])):
        yield lsp.DiagnosticTag.Unnecessary.value
    if "outdated" in finding.rule.tags:
        yield lsp.DiagnosticTag.Deprecated.value


def _related(finding: Finding, document: Document, uri: str, encoding: Encoding) -> Iterator[Json]:
    for start, end in finding.related[:MOST_RELATED]:
        place = {"uri": uri, "range": _range(document, start, end, encoding)}
        yield {"location": place, "message": f"“{document.text[start:end]}” is used again here."}


def _mistake(mistake: Mistake, document: Document, encoding: Encoding) -> Json:
    line = min(max(mistake.line, 1), len(document.line_starts))
    text = document.line_text(line)
    start = document.line_starts[line - 1]
    first = start + len(text) - len(text.lstrip())
    span = _range(document, first, max(first, start + len(text.rstrip())), encoding)
    return _diagnostic(span, mistake.message, "error")
