"""The surfaces that answer: the language server, message by message and frame by frame, and the service's paths."""

import asyncio
import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from fsm_language_lsp.connection.server import Server, create
from fsm_language_lsp.connection.transport import take, talk_in_frames
from fsm_language_lsp.engine import Engine
from fsm_language_lsp.http.linters import Linters
from fsm_language_lsp.http.options import Options
from fsm_language_lsp.http.service import Service
from fsm_language_lsp.http.workers import Job, Workers

from fsm_language import Settings
from fsm_language.configuration import Configuration

QUICK = Settings(contextual=False, tone=False)
AT = {"line": 0, "character": 4}
SPAN = {"start": AT, "end": {"line": 0, "character": 20}}
URI = {"uri": "untitled:a"}
TYPED = {"range": SPAN, "text": "x"}
OPENED = {**URI, "languageId": "markdown", "version": 1, "text": "Mum failed to attend. The CIN plan."}
MARK = {"range": SPAN, "message": "", "code": "blaming.failed-to", "source": "fsm-language"}
SAID: tuple[tuple[str, Any], ...] = (
    ("initialize", {"processId": None, "rootUri": None, "capabilities": {}}),
    ("initialized", {}),
    ("textDocument/didOpen", {"textDocument": OPENED}),
    ("textDocument/didChange", {"textDocument": {**URI, "version": 2}, "contentChanges": [TYPED]}),
    ("textDocument/hover", {"textDocument": URI, "position": AT}),
    ("textDocument/codeAction", {"textDocument": URI, "range": SPAN, "context": {"diagnostics": [MARK]}}),
    ("textDocument/diagnostic", {"textDocument": URI}),
    ("textDocument/definition", {"textDocument": URI, "position": AT}),
    ("textDocument/completion", {"textDocument": URI, "position": AT}),
    ("workspace/executeCommand", {"command": "fsm-language.summary", "arguments": [URI]}),
    ("workspace/didChangeConfiguration", {"settings": {"fsm-language": {"settings": {"level": "warning"}}}}),
    ("workspace/didChangeWatchedFiles", {"changes": [{"uri": "file:///x.yaml", "type": 2}]}),
    ("$/cancelRequest", {"id": 4}),
    ("textDocument/didClose", {"textDocument": URI}),
)  # fmt: skip
LAST = json.dumps({"jsonrpc": "2.0", "id": "last", "method": "shutdown"})


class Heard:
    """What a server has written."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.said: list[dict[str, Any]] = []

    def write(self, data: bytes) -> None:
        """Take a message."""
        self.said.append(json.loads(data))

    def close(self) -> None:
        """Hear no more."""


@cache
def engine() -> Engine:
    """Return what checks."""
    return Engine()


def _server() -> tuple[Server, Heard]:
    server = create(engine(), Configuration(QUICK))  # one that touches no file
    heard = Heard()
    server.protocol.set_writer(heard, include_headers=False)
    return server, heard


async def frames(content: bytes) -> None:
    """Send bytes to a language server as an editor does over a pipe."""
    server, _ = _server()
    reader = asyncio.StreamReader()
    reader.feed_data(content)
    reader.feed_eof()
    await talk_in_frames(server, reader)


async def messages(content: bytes) -> None:
    """Send messages, one a line: after whatever they were, the next request is answered."""
    server, heard = _server()
    server.start()
    for message in content.split(b"\n"):
        take(server, message)
        await asyncio.sleep(0)
    take(server, LAST)
    await asyncio.sleep(0)
    assert any(said.get("id") == "last" for said in heard.said)
    server.close()


def lines() -> Iterable[bytes]:
    """Yield conversations, a message a line."""
    said = [{"jsonrpc": "2.0", "id": n, "method": method, "params": params} for n, (method, params) in enumerate(SAID)]
    yield "\n".join(json.dumps(message) for message in said).encode()
    yield from (json.dumps([message]).encode() for message in said)


def conversations() -> Iterable[bytes]:
    """Yield conversations as they go over a pipe."""
    for said in lines():
        yield b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(message), message) for message in said.split(b"\n"))


class Here(Workers):
    """Workers that work in this process, where a fuzzer sees them."""

    async def do(self, job: Job[Any, Any], question: Any) -> Any:  # whatever the job takes and gives
        """Do a job at once."""
        return job(_linters(), question)


@cache
def _linters() -> Linters:
    return Linters(QUICK)


@cache
def _app() -> Any:  # an application
    service = Service(Options(QUICK))
    service.workers = service.rulebook._workers = service.languagetool._workers = Here(service.options)
    return service.app()


async def asked(content: bytes) -> None:
    """Ask the service what a request says, however it is made: it answers, and not that it has failed."""
    head, _, body = content.partition(b"\r\n\r\n")
    first, *fields = head.split(b"\r\n")
    method, path, query = _asked_for(first)
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "http",
        "query_string": query,
        "headers": [(name.strip().lower(), value.strip()) for name, _, value in (f.partition(b":") for f in fields)],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 1),
    }
    waiting = [{"type": "http.request", "body": body, "more_body": False}]
    answered: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        answered.append(message)

    await _app()(scope, receive, send)
    assert answered[0]["status"] < 500


def _asked_for(first: bytes) -> tuple[str, str, bytes]:
    method, _, rest = first.partition(b" ")
    path, _, query = rest.partition(b" ")[0].partition(b"?")
    return method.decode("latin-1"), path.decode("utf-8", "replace"), query
