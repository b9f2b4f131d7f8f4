"""The language server over a WebSocket: one server object for each connection, text frames."""

from starlette.websockets import WebSocket, WebSocketDisconnect

from fsm_language_lsp.connection.server import Server
from fsm_language_lsp.connection.transport import talk


async def converse(websocket: WebSocket, server: Server) -> None:
    """Serve one client with a server of its own until it leaves; nothing of it is kept."""
    await websocket.accept()

    async def receive() -> str | None:
        try:
            return await websocket.receive_text()
        except WebSocketDisconnect:
            return None

    await talk(server, receive, websocket.send_text)
