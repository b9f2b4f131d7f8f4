"""The language server: an editor's notes go in, diagnostics, quick fixes and reasons come out."""

import asyncio
import logging
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from fsm_language import Linter, Report, __version__
from fsm_language_lsp import convert


class Server(LanguageServer):
    """A connection to one editor, with the last report of each open note."""

    def __init__(self, linter: Linter) -> None:
        """Serve with `linter`, which connections may share."""
        # the whole text comes with each change: pygls takes a Word line break (\v) for a line end when it counts itself
        super().__init__("fsm-language", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.linter = linter
        self.reports: dict[str, tuple[int | None, Report]] = {}

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ANN401  # as pygls declares it
        """Say that something went wrong, and nothing of the note it went wrong with."""
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, f"{source}: {type(error).__name__}"))


def create(linter: Linter) -> Server:
    """Return a server for one connection. Its handlers send only from the event loop."""
    server = Server(linter)
    server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)(_opened)
    server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)(_changed)
    server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)(_closed)
    server.feature(lsp.TEXT_DOCUMENT_HOVER)(_hover)
    kinds = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, kinds)(_code_actions)
    return server


def quiet() -> None:
    """Keep every logger that could print a message's body, and with it a note, from doing so."""
    for name in ("pygls", "lsprotocol", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


async def _opened(server: Server, params: lsp.DidOpenTextDocumentParams) -> None:
    await _check(server, params.text_document.uri)


async def _changed(server: Server, params: lsp.DidChangeTextDocumentParams) -> None:
    await _check(server, params.text_document.uri)


async def _check(server: Server, uri: str) -> None:
    """Check a note away from the event loop; a report on a version that is no longer the newest is dropped."""
    document = server.workspace.get_text_document(uri)
    version, text = document.version, document.source
    report = await asyncio.get_running_loop().run_in_executor(None, server.linter.check, text, uri)
    newest = server.workspace.text_documents.get(uri)
    if newest is None or newest.version != version:
        return
    server.reports[uri] = (version, report)
    found = convert.diagnostics(report)
    server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found, version))


def _closed(server: Server, params: lsp.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    server.reports.pop(uri, None)
    server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


def _hover(server: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    known = server.reports.get(params.text_document.uri)
    return None if known is None else convert.hover(known[1], params.position)


def _code_actions(server: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    uri = params.text_document.uri
    known = server.reports.get(uri)
    return [] if known is None else convert.quick_fixes(uri, *known, params.range)
