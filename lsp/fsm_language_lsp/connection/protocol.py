"""What pygls leaves to be mended: notes are kept by us, errors quote nobody, leaving ends one connection only."""

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.protocol import LanguageServerProtocol, lsp_method

if TYPE_CHECKING:
    from fsm_language_lsp.connection.server import Server

Handler = Generator[Any, Any, None]
Json = dict[str, Any]

# what a client is told of an error; the library's own words may quote a note
PLAIN = {
    lsp.ErrorCodes.InvalidParams: "The request could not be understood.",
    lsp.ErrorCodes.InternalError: "fsm-language could not do this. Please tell its makers what you asked for.",
    lsp.ErrorCodes.ParseError: "The message could not be read.",
}


class Protocol(LanguageServerProtocol):
    """The protocol of one connection."""

    _server: "Server"

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> Handler:
        """Leave the note to our own handler: pygls takes the line break of Word for the end of a line."""
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> Handler:
        """Likewise."""
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> Handler:
        """Likewise."""
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    @lsp_method(lsp.EXIT)
    def lsp_exit(self, *_: object) -> Handler:
        """End this connection; the process may serve others."""
        self._server.exit_status = 0 if self._shutdown else 1
        self._server.stopped.set()
        yield from ()

    def _execute_handler(
        self,
        msg_id: int | str,
        handler: Callable[..., Any],
        callback: Callable[[Any], object],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        """Let go of a message once it is dealt with: pygls remembers each notification for as long as it runs."""

        def dealt_with(future: object) -> None:
            self._request_futures.pop(msg_id, None)
            callback(future)

        super()._execute_handler(msg_id, handler, dealt_with, args, kwargs)

    def say(self, method: str, params: Json) -> None:
        """Send a notification that is JSON already; pygls would take a typed one apart record by record."""
        self._send_data({"jsonrpc": self.VERSION, "method": method, "params": params})

    def diagnostic(self, said: Json) -> lsp.Diagnostic:
        """Return a diagnostic as it is said, as the record that goes with an action."""
        return self._converter.structure(said, lsp.Diagnostic)

    def refuse(self, request: int | str) -> None:
        """Say of a request that it could not be understood."""
        self._send_response(request, error=lsp.ResponseError(lsp.ErrorCodes.InvalidParams, ""))

    def _send_response(self, msg_id: int | str, result: object = None, error: lsp.ResponseError | None = None) -> None:
        if error is not None and error.code in PLAIN:
            error = lsp.ResponseError(error.code, PLAIN[lsp.ErrorCodes(error.code)])
        if isinstance(result, dict):  # JSON already, likewise
            self._send_data({"jsonrpc": self.VERSION, "id": msg_id, "result": result})
        else:
            super()._send_response(msg_id, result, error)
