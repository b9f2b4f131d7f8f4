"""Diagnostics that the editor asks for: of a note it has open, and of the notes in the workspace that it has not."""

import hashlib
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from fsm_language_lsp import checking, convert
from fsm_language_lsp.notes import Checked

if TYPE_CHECKING:
    from fsm_language_lsp.server import Server


def wanted(mode: str, editor: lsp.ClientCapabilities) -> bool:
    """Whether the editor asks for diagnostics; as it is, only one that can also be told to ask again is trusted to.

    Some that say they ask never show the answer, and without being told they would never hear what spaCy found.
    """
    asks = editor.text_document is not None and editor.text_document.diagnostic is not None
    told = editor.workspace is not None and editor.workspace.diagnostics is not None
    can = asks and told and bool(editor.workspace.diagnostics.refresh_support)  # type: ignore[union-attr]  # just tested
    return mode == "pull" or (mode == "auto" and can)


def register(server: "Server") -> None:
    """Answer to the editor's asking."""
    from fsm_language_lsp.features import joined

    options = lsp.DiagnosticOptions(
        inter_file_dependencies=False, workspace_diagnostics=server.preferences.workspace, identifier="fsm-language"
    )
    server.feature(lsp.TEXT_DOCUMENT_DIAGNOSTIC, options)(joined(server, of_note))


async def of_note(server: "Server", params: lsp.DocumentDiagnosticParams) -> lsp.DocumentDiagnosticReport:
    """Return the diagnostics of an open note, or word that they are what they were."""
    note = server.notes.get(params.text_document.uri)
    if note is None:
        return lsp.RelatedFullDocumentDiagnosticReport([])
    checked = await checking.current(server, note)
    found = convert.diagnostics(checked, note.uri, server.client, server.preferences)
    name = result_id(checked, found)
    if name == params.previous_result_id:
        return lsp.RelatedUnchangedDocumentDiagnosticReport(name)
    return lsp.RelatedFullDocumentDiagnosticReport(found, result_id=name)


def result_id(checked: Checked, found: list[lsp.Diagnostic]) -> str:
    """Return a name for a list of diagnostics: the same for the same list, whatever else has changed."""
    whole = f"{checked.final} {found!r}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(whole, digest_size=12).hexdigest()
