"""A language server that finds nothing: what is left to any server made with pygls, which marks are compared with."""

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

server = LanguageServer("idle", "1")


def publish(note: lsp.TextDocumentItem | lsp.VersionedTextDocumentIdentifier) -> None:
    """Say of a note that there is nothing to say."""
    server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(note.uri, [], note.version))


server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)(lambda params: publish(params.text_document))
server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)(lambda params: publish(params.text_document))

if __name__ == "__main__":
    server.start_io()
