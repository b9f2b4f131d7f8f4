"""The whole report on an open note, as `POST /check` gives it: for a client that shows it in its own way."""

import asyncio
import contextlib
from typing import TYPE_CHECKING

from fsm_language.formats.jsonl import Json, record
from fsm_language_lsp.notes import checking

if TYPE_CHECKING:
    from fsm_language_lsp.connection.server import Server

REPORT = "fsm-language.report"


async def whole(server: "Server", uri: str) -> Json | None:
    """Return the report on a note as it is now, in UTF-16 units, once no better one will come."""
    note = server.notes.get(uri)
    if note is None:
        return None
    checked = await checking.current(server, note)
    while not checked.final:
        settings = checked.configuration.for_path(note.name)
        with contextlib.suppress(Exception):  # what cannot be loaded is done without, and has been told
            await asyncio.wrap_future(server.engine.load(settings))
        await asyncio.sleep(0)
        checked = await checking.current(server, note)
    return {**record(checked.report, "utf-16", reasons=True), "unit": "utf-16"}
