"""The language server over a WebSocket: one server object for each connection, text frames."""

import asyncio
import json
from dataclasses import dataclass
from functools import partial

from starlette.websockets import WebSocket, WebSocketDisconnect

from fsm_language import Linter
from fsm_language_lsp.server import Server, create

MOST_AHEAD = 1000  # messages that a client may leave unread


@dataclass(frozen=True, slots=True)
class Outbox:
    """What pygls writes to: messages wait here until the connection takes them."""

    messages: asyncio.Queue[str]

    def write(self, data: bytes) -> None:
        """Put a message behind the others. Raises `asyncio.QueueFull` when nobody reads them."""
        self.messages.put_nowait(data.decode())

    def close(self) -> None:
        """Do nothing: the connection is closed by whoever opened it."""


async def converse(websocket: WebSocket, linter: Linter) -> None:
    """Serve one client until it leaves; nothing of it is kept, and nothing shared but the linter."""
    await websocket.accept()
    outbox = Outbox(asyncio.Queue(MOST_AHEAD))
    server = create(linter)
    server.protocol.set_writer(outbox, include_headers=False)
    writing = asyncio.create_task(_write(websocket, outbox))
    try:
        await _read(websocket, server)
    finally:
        writing.cancel()
        server.shutdown()  # type: ignore[no-untyped-call]


async def _read(websocket: WebSocket, server: Server) -> None:
    structure = partial(json.loads, object_hook=server.protocol.structure_message)
    try:
        while True:
            server.protocol.handle_message(structure(await websocket.receive_text()))
    except WebSocketDisconnect:
        return


async def _write(websocket: WebSocket, outbox: Outbox) -> None:
    while True:
        await websocket.send_text(await outbox.messages.get())
