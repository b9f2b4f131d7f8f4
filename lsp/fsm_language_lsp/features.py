"""What the server does when the editor says or asks something: one function each, and the table that joins them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from fsm_language_lsp import actions, checking, hover, pull
from fsm_language_lsp.convert import Client
from fsm_language_lsp.notes import opened

if TYPE_CHECKING:
    from fsm_language_lsp.server import Server

Handler = Callable[["Server", Any], Any]


def initialize(server: "Server", params: lsp.InitializeParams) -> None:
    """Note what the editor can do and what it wants, and decide who sends diagnostics."""
    server.configure(params.initialization_options)
    shows = params.capabilities.text_document and params.capabilities.text_document.publish_diagnostics
    server.client = Client(
        lsp.PositionEncodingKind(server.workspace.position_encoding).value,
        related=bool(shows and shows.related_information),
        tags=bool(shows and shows.tag_support),
    )
    server.pulls = pull.wanted(server.preferences.mode, params.capabilities)
    if server.pulls:
        pull.register(server)


def opened_note(server: "Server", params: lsp.DidOpenTextDocumentParams) -> None:
    """Check a note at once."""
    note = server.notes[params.text_document.uri] = opened(params.text_document)
    checking.changed(server, note, 0.0)


def changed_note(server: "Server", params: lsp.DidChangeTextDocumentParams) -> None:
    """Take over what was typed, and check it when the typing pauses."""
    note = server.notes.get(params.text_document.uri)
    if note is not None:
        note.change(params.text_document.version, params.content_changes, server.client.encoding)
        checking.changed(server, note, server.preferences.delay)


def closed_note(server: "Server", params: lsp.DidCloseTextDocumentParams) -> None:
    """Forget a note and take its marks away."""
    uri = params.text_document.uri
    note = server.notes.pop(uri, None)
    if note is not None and note.sending is not None:
        note.sending.cancel()
    if not server.pulls:
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


async def hovered(server: "Server", params: lsp.HoverParams) -> lsp.Hover | None:
    """Say why the words at a place were found, or what they stand for."""
    note = server.notes.get(params.text_document.uri)
    return None if note is None else hover.hover(server, await checking.current(server, note), params.position)


async def code_actions(server: "Server", params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Offer what can be done about the findings in a range."""
    note = server.notes.get(params.text_document.uri)
    return [] if note is None else actions.actions(server, note, await checking.current(server, note), params)


HANDLERS: Mapping[str, Handler] = {
    lsp.INITIALIZE: initialize,
    lsp.TEXT_DOCUMENT_DID_OPEN: opened_note,
    lsp.TEXT_DOCUMENT_DID_CHANGE: changed_note,
    lsp.TEXT_DOCUMENT_DID_CLOSE: closed_note,
    lsp.TEXT_DOCUMENT_HOVER: hovered,
    lsp.TEXT_DOCUMENT_CODE_ACTION: code_actions,
}
OPTIONS: Mapping[str, Any] = {
    lsp.TEXT_DOCUMENT_CODE_ACTION: lsp.CodeActionOptions(code_action_kinds=actions.KINDS),
}


def register(server: "Server") -> None:
    """Join every handler to its message."""
    for method, handler in HANDLERS.items():
        server.feature(method, OPTIONS.get(method))(joined(server, handler))


def joined(server: "Server", handler: Handler) -> Callable[[Any], Any]:
    """Return the handler with its server, asynchronous if it is."""
    import asyncio

    if asyncio.iscoroutinefunction(handler):

        async def later(params: Any) -> Any:  # noqa: ANN401  # what the protocol says
            return await handler(server, params)

        return later
    return lambda params: handler(server, params)
