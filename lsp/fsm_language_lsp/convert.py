"""Findings as the language server protocol says them; the only place that knows its types."""

from collections.abc import Iterable

from lsprotocol import types as lsp

from fsm_language import Document, Edit, Finding, Report

SEVERITY = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "suggestion": lsp.DiagnosticSeverity.Information,
}


def position(document: Document, offset: int) -> lsp.Position:
    """Return the place of a code point: line from 0, character in UTF-16 units, as the protocol counts by default."""
    line, column = document.position(offset)
    start = offset - column + 1
    return lsp.Position(line - 1, document.utf16(offset) - document.utf16(start))


def range_of(document: Document, start: int, end: int) -> lsp.Range:
    """Return the range between two code points."""
    return lsp.Range(position(document, start), position(document, end))


def offset(document: Document, place: lsp.Position) -> int:
    """Return the code point at a place; a place past the end of its line or of the note is the last before it."""
    if place.line >= len(document.line_starts):
        return len(document.text)
    start = document.line_starts[place.line]
    end = start + len(document.line_text(place.line + 1))
    wanted = document.utf16(start) + place.character
    while end > start and document.utf16(end) > wanted:
        end -= 1
    return end


def diagnostics(report: Report) -> list[lsp.Diagnostic]:
    """Return a diagnostic for each finding."""
    return [_diagnostic(report.document, finding) for finding in report.findings]


def _diagnostic(document: Document, finding: Finding) -> lsp.Diagnostic:
    return lsp.Diagnostic(
        range=range_of(document, finding.start, finding.end),
        message=finding.message,
        severity=SEVERITY[finding.level],
        code=finding.rule.id,
        code_description=lsp.CodeDescription(finding.rule.sources[0].url),
        source="fsm-language",
    )


def quick_fixes(uri: str, version: int | None, report: Report, within: lsp.Range) -> list[lsp.CodeAction]:
    """Return a quick fix for each wording offered by the findings that touch a range."""
    document = report.document
    start, end = offset(document, within.start), offset(document, within.end)
    touched = [finding for finding in report.findings if finding.start <= end and start <= finding.end]
    return [action for finding in touched for action in _actions(uri, version, document, finding)]


def _actions(uri: str, version: int | None, document: Document, finding: Finding) -> Iterable[lsp.CodeAction]:
    offered = [suggestion for suggestion in finding.suggestions if not suggestion.is_question]
    for number, suggestion in enumerate(offered):
        changed = lsp.TextDocumentEdit(
            lsp.OptionalVersionedTextDocumentIdentifier(uri, version),
            [_text_edit(document, edit) for edit in suggestion.edits],
        )
        yield lsp.CodeAction(
            title=f"Write “{suggestion.label}”",
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[_diagnostic(document, finding)],
            is_preferred=number == 0,
            edit=lsp.WorkspaceEdit(document_changes=[changed]),
        )


def _text_edit(document: Document, edit: Edit) -> lsp.TextEdit:
    return lsp.TextEdit(range_of(document, edit.start, edit.end), edit.text)


def hover(report: Report, place: lsp.Position) -> lsp.Hover | None:
    """Return why the wording at a place was found, who recommends otherwise, and what to ask oneself."""
    at = offset(report.document, place)
    for finding in report.findings:
        if finding.start <= at <= finding.end:
            questions = [f"*{suggestion.label}*" for suggestion in finding.suggestions if suggestion.is_question]
            sources = [f"[{source.title}]({source.url}), {source.publisher}" for source in finding.rule.sources]
            value = "\n\n".join([finding.message, finding.rule.why, *questions, *sources])
            place_of = range_of(report.document, finding.start, finding.end)
            return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, value), place_of)
    return None
