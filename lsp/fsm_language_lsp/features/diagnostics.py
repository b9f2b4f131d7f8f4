"""Findings as marks in the text: the diagnostics of the protocol."""

from collections.abc import Iterator
from pathlib import PurePath

from lsprotocol import types as lsp

from fsm_language import Document, Finding, Suggestion
from fsm_language.mistake import Mistake
from fsm_language.rule import Rule
from fsm_language.units import Encoding
from fsm_language_lsp.notes.opened import Checked
from fsm_language_lsp.notes.places import range_of
from fsm_language_lsp.settings.client import Client
from fsm_language_lsp.settings.preferences import Preferences

SOURCE = "fsm-language"
SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "information": lsp.DiagnosticSeverity.Information,
    "hint": lsp.DiagnosticSeverity.Hint,
}
MOST_RELATED = 20


def diagnostics(checked: Checked, uri: str, client: Client, preferences: Preferences) -> list[lsp.Diagnostic]:
    """Return a diagnostic for each finding, or for what kept the note or file from being used."""
    document = checked.report.document
    if checked.report.error is not None:
        nowhere = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
        return [lsp.Diagnostic(nowhere, checked.report.error, lsp.DiagnosticSeverity.Information, source=SOURCE)]
    found = [diagnostic(finding, document, uri, client, preferences) for finding in checked.report.findings]
    return [*found, *(_mistake(mistake, document, client.encoding) for mistake in checked.mistakes)]


def diagnostic(
    finding: Finding, document: Document, uri: str, client: Client, preferences: Preferences
) -> lsp.Diagnostic:
    """Return the diagnostic of a finding."""
    return lsp.Diagnostic(
        range=range_of(document, finding.start, finding.end, client.encoding),
        message=finding.message,
        severity=SEVERITIES[preferences.severity[finding.level]],
        code=finding.rule.id,
        code_description=lsp.CodeDescription(rule_page(finding.rule, preferences)),
        source=SOURCE,
        tags=list(_tags(finding)) or None if client.tags else None,
        related_information=list(_related(finding, document, uri, client.encoding)) or None if client.related else None,
    )


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


def _tags(finding: Finding) -> Iterator[lsp.DiagnosticTag]:
    if any(map(leaves_out, finding.suggestions[:1])):
        yield lsp.DiagnosticTag.Unnecessary
    if "outdated" in finding.rule.tags:
        yield lsp.DiagnosticTag.Deprecated


def _related(
    finding: Finding, document: Document, uri: str, encoding: Encoding
) -> Iterator[lsp.DiagnosticRelatedInformation]:
    for start, end in finding.related[:MOST_RELATED]:
        place = lsp.Location(uri, range_of(document, start, end, encoding))
        yield lsp.DiagnosticRelatedInformation(place, f"“{document.text[start:end]}” is used again here.")


def _mistake(mistake: Mistake, document: Document, encoding: Encoding) -> lsp.Diagnostic:
    line = min(max(mistake.line, 1), len(document.line_starts))
    text = document.line_text(line)
    start = document.line_starts[line - 1]
    first = start + len(text) - len(text.lstrip())
    span = range_of(document, first, max(first, start + len(text.rstrip())), encoding)
    return lsp.Diagnostic(span, mistake.message, lsp.DiagnosticSeverity.Error, source=SOURCE)
