"""What an editor says it can show and do."""

from dataclasses import dataclass

from lsprotocol import types as lsp

from fsm_language.units import Encoding


@dataclass(frozen=True, slots=True)
class Client:
    """What an editor can show, and the code units it counts in."""

    encoding: Encoding = "utf-16"
    related: bool = False
    tags: bool = False
    versioned: bool = False
    resolves: bool = False


def of(editor: lsp.ClientCapabilities, encoding: str | None) -> Client:
    """Return what an editor says it can do."""
    document = editor.text_document or lsp.TextDocumentClientCapabilities()
    shows = document.publish_diagnostics or lsp.PublishDiagnosticsClientCapabilities()
    edits = (editor.workspace and editor.workspace.workspace_edit) or lsp.WorkspaceEditClientCapabilities()
    actions = document.code_action or lsp.CodeActionClientCapabilities()
    later = actions.resolve_support.properties if actions.resolve_support else ()
    return Client(
        lsp.PositionEncodingKind(encoding or "utf-16").value,
        related=bool(shows.related_information),
        tags=bool(shows.tag_support),
        versioned=bool(edits.document_changes),
        resolves=bool(actions.data_support) and "edit" in later,
    )
