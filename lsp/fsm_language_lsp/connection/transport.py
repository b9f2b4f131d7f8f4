"""How messages reach a server: standard input and output, local TCP, or any channel that carries whole messages."""

import asyncio
import contextlib
import gc
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from pygls.io_ import StdinAsyncReader, StdoutWriter

from fsm_language_lsp.connection.server import Server, create
from fsm_language_lsp.engine import Engine

STARTED = 30.0  # seconds after which what can be thrown away is searched for at the latest
ALIVE = 2.0  # seconds between two looks whether the editor still runs
MOST_WAITING = 1000  # messages that an editor may leave unread before it is taken to be gone
LARGEST = 64 << 20  # bytes of a message; the longest note that is checked is a hundredth of it
LOOPBACK = "127.0.0.1"


def serve_stdio(engine: Engine) -> int:
    """Serve the editor that started this process, until it leaves or ends. Return the exit status."""
    return asyncio.run(_stdio(create(engine)))


async def _stdio(server: Server) -> int:
    asyncio.get_running_loop().call_later(STARTED, gc.enable)
    watch = asyncio.create_task(_watch_editor(server))
    reading = ThreadPoolExecutor(1, thread_name_prefix="read")  # not the threads that check
    server.protocol.set_writer(StdoutWriter(sys.stdout.buffer))
    await talk_in_frames(server, StdinAsyncReader(sys.stdin.buffer, reading))
    watch.cancel()
    return server.exit_status


async def _watch_editor(server: Server) -> None:
    """End this process when the editor's has ended without a word."""
    while server.process_id is None or _runs(server.process_id):  # noqa: ASYNC110  # a process tells nobody of its end
        await asyncio.sleep(ALIVE)
    os._exit(1)  # the thread that reads would wait for ever


def _runs(process: int) -> bool:
    if os.name == "nt":
        return True  # Windows closes our input, and that ends us; signal 0 means something else there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Reader(Protocol):
    """A stream that can be waited for, such as asyncio's."""

    def readline(self) -> Awaitable[bytes]:
        """Return the next line, empty at the end."""

    def readexactly(self, n: int) -> Awaitable[bytes]:
        """Return the next `n` bytes."""


async def talk_in_frames(server: Server, reader: Reader) -> None:
    """Serve one editor over a stream of messages with headers, until it leaves or ends."""
    server.start()
    try:
        async for message in _frames(reader):
            take(server, message)
            if server.stopped.is_set():
                break
    except (ConnectionError, asyncio.IncompleteReadError, ValueError):
        pass  # the editor has left, or sends what cannot be followed
    finally:
        server.close()


async def _frames(reader: Reader) -> AsyncIterator[bytes]:
    """Yield messages, each of which comes after a header that gives its length in bytes.

    Raises `ValueError` for a length or a line of a header that no editor sends: where the next message begins is lost.
    """
    length = 0
    while line := await reader.readline():
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            length = int(value)  # which refuses thousands of figures
            if length > LARGEST:
                raise ValueError
        elif not line.strip() and length:
            yield await reader.readexactly(length)
            length = 0


def serve_tcp(engine: Engine, port: int, ready: Callable[[int], None]) -> None:
    """Serve editors on this machine over TCP, each with a server of its own; `ready` is told the port, 0 being any."""
    asyncio.run(_tcp(engine, port, ready))


async def _tcp(engine: Engine, port: int, ready: Callable[[int], None]) -> None:
    asyncio.get_running_loop().call_later(STARTED, gc.enable)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server = create(engine)
        server.protocol.set_writer(_TcpWriter(writer))
        await talk_in_frames(server, reader)
        writer.close()

    listening = await asyncio.start_server(connected, LOOPBACK, port)
    ready(listening.sockets[0].getsockname()[1])
    async with listening:
        await listening.serve_forever()


class _TcpWriter:
    """What the protocol writes to; asyncio sends it when it can."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    def write(self, data: bytes) -> None:
        self._writer.write(data)

    def close(self) -> None:
        self._writer.close()


async def talk(
    server: Server, receive: Callable[[], Awaitable[str | None]], send: Callable[[str], Awaitable[None]]
) -> None:
    """Serve one editor over a channel that carries whole messages as text, such as a WebSocket, until it closes.

    `receive` waits for a message and returns None when there will be no more; `send` sends one. What `receive` and
    `send` raise ends the connection and is raised again.
    """
    waiting: asyncio.Queue[str] = asyncio.Queue(MOST_WAITING)
    server.protocol.set_writer(_Outbox(waiting, server), include_headers=False)
    server.start()
    sending = asyncio.create_task(_send_all(waiting, send))
    try:
        while not server.stopped.is_set():
            receiving = asyncio.ensure_future(receive())
            await asyncio.wait({receiving, sending}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                receiving.cancel()
                await sending
            message = await receiving
            if message is None:
                break
            take(server, message)
    finally:
        server.close()
        sending.cancel()


def take(server: Server, message: str | bytes) -> None:
    """Have a message handled. One that makes no sense ends nothing; if it is a request, it is refused."""
    try:
        server.protocol.handle_message(json.loads(message, object_hook=server.protocol.structure_message))
    except Exception as error:  # noqa: BLE001  # whatever was sent
        server.report_server_error(error, "message")
        with contextlib.suppress(ValueError, RecursionError):
            raw = json.loads(message)
            if isinstance(raw, dict) and "method" in raw and "id" in raw:
                server.protocol.refuse(raw["id"])


async def _send_all(waiting: "asyncio.Queue[str]", send: Callable[[str], Awaitable[None]]) -> None:
    while True:
        await send(await waiting.get())


class _Outbox:
    """What the protocol writes to: messages wait here, in order, for a channel that takes its time."""

    def __init__(self, waiting: "asyncio.Queue[str]", server: Server) -> None:
        self._waiting = waiting
        self._server = server

    def write(self, data: bytes) -> None:
        try:
            self._waiting.put_nowait(data.decode())
        except asyncio.QueueFull:
            self._server.stopped.set()

    def close(self) -> None:
        self._server.stopped.set()
