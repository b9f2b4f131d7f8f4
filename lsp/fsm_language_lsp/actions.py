"""What an editor offers to do about a finding: every edit names the version of the note it is for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from fsm_language import Finding, Suggestion
from fsm_language_lsp.convert import diagnostic, text_edit
from fsm_language_lsp.notes import Checked, OpenNote, offsets

if TYPE_CHECKING:
    from fsm_language_lsp.server import Server

KINDS = [lsp.CodeActionKind.QuickFix]


def actions(server: "Server", note: OpenNote, checked: Checked, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Return the actions for the findings that touch a range."""
    report = checked.report
    start, end = offsets(report.document, params.range, server.client.encoding)
    touched = [finding for finding in report.findings if finding.start <= end and start <= finding.end]
    return [action for finding in touched for action in _fixes(server, note, checked, finding)]


def _fixes(server: "Server", note: OpenNote, checked: Checked, finding: Finding) -> Iterator[lsp.CodeAction]:
    offered = [suggestion for suggestion in finding.suggestions if not suggestion.is_question]
    for number, suggestion in enumerate(offered):
        yield lsp.CodeAction(
            title=f"Write “{suggestion.label}”",
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[diagnostic(finding, checked.report.document, note.uri, server.client, server.preferences)],
            is_preferred=number == 0,
            edit=_edit(server, note, checked, [suggestion]),
        )


def _edit(server: "Server", note: OpenNote, checked: Checked, taken: list[Suggestion]) -> lsp.WorkspaceEdit:
    document = checked.report.document
    edits = [text_edit(document, edit, server.client.encoding) for suggestion in taken for edit in suggestion.edits]
    named = lsp.OptionalVersionedTextDocumentIdentifier(note.uri, note.version)
    return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(named, edits)])
