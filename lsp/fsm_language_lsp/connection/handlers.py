"""What the server does when the editor says or asks something: one function each, and the table that joins them."""

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from fsm_language_lsp.features import acronyms, actions, hover, pull, summary
from fsm_language_lsp.features.commands import COMMANDS
from fsm_language_lsp.notes import checking
from fsm_language_lsp.notes.opened import opened
from fsm_language_lsp.settings import client, watching

if TYPE_CHECKING:
    from fsm_language_lsp.connection.server import Server

Handler = Callable[["Server", Any], Any]


def initialize(server: "Server", params: lsp.InitializeParams) -> None:
    """Note what the editor can do and what it wants, and decide who sends diagnostics."""
    server.configure(params.initialization_options)
    server.first = server.preferences
    server.client = client.of(params.capabilities, server.workspace.position_encoding)
    server.pulls = pull.wanted(server.preferences.mode, params.capabilities)
    if server.pulls:
        server.feature(lsp.TEXT_DOCUMENT_DIAGNOSTIC, pull.options(server))(joined(server, pull.of_note))
        if server.preferences.workspace and server.local:
            server.feature(lsp.WORKSPACE_DIAGNOSTIC)(joined(server, pull.of_workspace))


async def initialized(server: "Server", _: lsp.InitializedParams) -> None:
    """Ask for the editor's settings, and to be told when they or the files that matter change."""
    if server.pulls and server.local and lsp.WORKSPACE_DIAGNOSTIC not in server.protocol.fm.features:
        # an editor that is told of this keeps asking; one that is not may still have all notes checked once
        server.feature(lsp.WORKSPACE_DIAGNOSTIC)(joined(server, pull.of_workspace))
    await watching.register(server)
    await configuration_changed(server, lsp.DidChangeConfigurationParams(None))


async def configuration_changed(server: "Server", params: lsp.DidChangeConfigurationParams) -> None:
    """Take over the editor's settings: asked for where it can be asked, or else as it sends them."""
    before = server.preferences
    given = await watching.ask_for_settings(server) if watching.can_be_asked(server) else params.settings
    server.configure(given, server.first)
    if server.preferences != before:
        checking.outdate(server)


def files_changed(server: "Server", params: lsp.DidChangeWatchedFilesParams) -> None:
    """Check again: settings, ignores or rules have changed."""
    if watching.matters(server, params.changes):
        server.engine.forget()
        checking.outdate(server)


def folders_changed(server: "Server", _: lsp.DidChangeWorkspaceFoldersParams) -> None:
    """Check again: other settings files may hold."""
    checking.outdate(server)


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


def saved_note(server: "Server", params: lsp.DidSaveTextDocumentParams) -> None:
    """Check again if it was a settings file or a rule file, for editors that do not watch files."""
    note = server.notes.get(params.text_document.uri)
    if note is not None and note.kind == "yaml":
        server.engine.forget()
        checking.outdate(server)


def closed_note(server: "Server", params: lsp.DidCloseTextDocumentParams) -> None:
    """Forget a note and take its marks away."""
    uri = params.text_document.uri
    note = server.notes.pop(uri, None)
    if note is not None:
        server.let_go(note.name)
        if note.sending is not None:
            note.sending.cancel()
    if not server.pulls:
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


async def hovered(server: "Server", params: lsp.HoverParams) -> lsp.Hover | None:
    """Say why the words at a place were found, or what they stand for."""
    note = server.notes.get(params.text_document.uri)
    return None if note is None else hover.hover(server, await checking.current(server, note), params.position)


async def code_actions(server: "Server", params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Offer what can be done about the wording in a range."""
    note = server.notes.get(params.text_document.uri)
    if note is None or note.kind == "yaml":
        return []
    return actions.actions(server, note, await checking.current(server, note), params)


async def code_action_chosen(server: "Server", action: lsp.CodeAction) -> lsp.CodeAction:
    """Work out the edit of an action that was offered without."""
    uri = action.data[0] if isinstance(action.data, list) and action.data else None
    note = server.notes.get(str(uri))
    return action if note is None else actions.resolved(server, note, await checking.current(server, note), action)


async def completed(server: "Server", params: lsp.CompletionParams) -> lsp.CompletionList | list[lsp.CompletionItem]:
    """Offer long forms of acronyms in notes, and keys and their values in rule files and settings."""
    note = server.notes.get(params.text_document.uri)
    if note is None:
        return []
    document, place = note.document, params.position
    configuration = server.configuration_of(note.path)
    choice = await server.in_thread(checking.choose, server, configuration.for_path(note.name))
    if note.kind == "yaml":
        from fsm_language_lsp.features import keys

        at = document.offset(place.line, place.character, server.client.encoding)
        return list(keys.completions(document, choice.linter.pack, at))
    return acronyms.completions(choice.linter.pack.glossary, document, place, server.client.encoding)


async def inlay_hints(server: "Server", params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
    """Show the long form of each acronym, if the editor's settings want it."""
    note = server.notes.get(params.text_document.uri)
    if note is None or note.kind == "yaml" or not server.preferences.inlay_hints:
        return []
    return acronyms.hints(server, note, await checking.current(server, note), params.range)


async def code_lenses(server: "Server", params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
    """Show the summary above the note, if the editor's settings want it."""
    note = server.notes.get(params.text_document.uri)
    return [] if note is None else summary.lenses(server, note.uri, await checking.current(server, note))


HANDLERS: Mapping[str, Handler] = {
    lsp.INITIALIZE: initialize,
    lsp.INITIALIZED: initialized,
    lsp.WORKSPACE_DID_CHANGE_CONFIGURATION: configuration_changed,
    lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES: files_changed,
    lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: folders_changed,
    lsp.TEXT_DOCUMENT_DID_OPEN: opened_note,
    lsp.TEXT_DOCUMENT_DID_CHANGE: changed_note,
    lsp.TEXT_DOCUMENT_DID_SAVE: saved_note,
    lsp.TEXT_DOCUMENT_DID_CLOSE: closed_note,
    lsp.TEXT_DOCUMENT_HOVER: hovered,
    lsp.TEXT_DOCUMENT_CODE_ACTION: code_actions,
    lsp.CODE_ACTION_RESOLVE: code_action_chosen,
    lsp.TEXT_DOCUMENT_COMPLETION: completed,
    lsp.TEXT_DOCUMENT_INLAY_HINT: inlay_hints,
    lsp.TEXT_DOCUMENT_CODE_LENS: code_lenses,
}
OPTIONS: Mapping[str, Any] = {
    lsp.TEXT_DOCUMENT_CODE_ACTION: lsp.CodeActionOptions(code_action_kinds=actions.KINDS, resolve_provider=True),
}


def register(server: "Server") -> None:
    """Join every handler to its message, and every command to its name."""
    for method, handler in HANDLERS.items():
        server.feature(method, OPTIONS.get(method))(joined(server, handler))
    for name, command in COMMANDS.items():
        server.command(name)(_command(server, command))


def joined(server: "Server", handler: Handler) -> Callable[[Any], Any]:
    """Return the handler with its server, asynchronous if it is."""
    if inspect.iscoroutinefunction(handler):

        async def later(params: Any) -> Any:  # noqa: ANN401  # what the protocol says
            return await handler(server, params)

        return later
    return lambda params: handler(server, params)


def _command(server: "Server", command: Callable[..., Any]) -> Callable[..., Any]:
    async def run(*arguments: str) -> Any:  # noqa: ANN401  # what the command returns
        return await command(server, *map(str, arguments))

    return run
