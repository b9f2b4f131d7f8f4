"""Diagnostics that the editor asks for: of a note it has open, and of the notes in the workspace that it has not."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from fsm_language import Document
from fsm_language.prose import KINDS, kind_of
from fsm_language.settings import Settings
from fsm_language_lsp.features.diagnostics import Json, diagnostics
from fsm_language_lsp.notes import checking
from fsm_language_lsp.notes.opened import Checked, path_of

if TYPE_CHECKING:
    from fsm_language_lsp.connection.server import Server

ENDINGS = frozenset((*KINDS, ".txt", ".text"))


def wanted(mode: str, editor: lsp.ClientCapabilities) -> bool:
    """Whether the editor asks for diagnostics; by itself, only one that can also be told to ask again is trusted to.

    Some that say they ask never show the answer, and without being told they would never hear what spaCy found.
    """
    asks = editor.text_document is not None and editor.text_document.diagnostic is not None
    return mode == "pull" or (mode == "auto" and asks and can_be_told(editor))


def can_be_told(editor: lsp.ClientCapabilities) -> bool:
    """Whether the editor can be told to ask again."""
    again = editor.workspace.diagnostics if editor.workspace else None
    return again is not None and bool(again.refresh_support)


def options(server: "Server") -> lsp.DiagnosticOptions:
    """Return what the editor is told of how to ask."""
    return lsp.DiagnosticOptions(
        inter_file_dependencies=False,
        workspace_diagnostics=server.preferences.workspace,
        identifier="fsm-language",
    )


async def of_note(server: "Server", params: lsp.DocumentDiagnosticParams) -> Json:
    """Return the diagnostics of an open note, or word that they are what they were."""
    note = server.notes.get(params.text_document.uri)
    if note is None:
        return {"kind": "full", "items": []}
    checked = await checking.current(server, note)
    if not checked.final and not can_be_told(server.client_capabilities):
        await _loaded(server, checked.configuration.for_path(note.name))
        note.stamp += 1
        checked = await checking.current(server, note)
    return _report(diagnostics(checked, note.uri, server.client, server.preferences), params.previous_result_id)


def _report(found: list[Json], before: str | None) -> Json:
    """Return diagnostics, or word that they are those that went by the name `before`."""
    name = result_id(found)
    if name == before:
        return {"kind": "unchanged", "resultId": name}
    return {"kind": "full", "resultId": name, "items": found}


def result_id(found: list[Json]) -> str:
    """Return a name for a list of diagnostics: the same for the same list, whatever else has changed."""
    return hashlib.blake2b(repr(found).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


async def of_workspace(server: "Server", params: lsp.WorkspaceDiagnosticParams) -> Json:
    """Return the diagnostics of the notes that are not open, one after another, and say how far it is."""
    known = {previous.uri: previous.value for previous in params.previous_result_ids}
    files = await server.in_thread(lambda: list(_files(server)))
    progress, token = server.work_done_progress, params.work_done_token
    if token is not None:
        progress.begin(token, lsp.WorkDoneProgressBegin("Checking notes", cancellable=False, percentage=0))
    reports = []
    try:
        async for report in _reports(server, files, known):
            reports.append(report)
            if params.partial_result_token is not None:
                part = {"token": params.partial_result_token, "value": {"items": [report]}}
                server.protocol.say(lsp.PROGRESS, part)
            if token is not None:
                done = lsp.WorkDoneProgressReport(percentage=100 * len(reports) // len(files))
                progress.report(token, done)
    finally:
        if token is not None:
            progress.end(token, lsp.WorkDoneProgressEnd())
    return {"items": [] if params.partial_result_token is not None else reports}


def _files(server: "Server") -> Iterator[Path]:
    from fsm_language.readers import find

    for uri in server.workspace.folders:
        folder = path_of(uri)
        if folder is not None:
            yield from (file for file in find(folder) if file.suffix.lower() in ENDINGS)


async def _reports(server: "Server", files: list[Path], known: dict[str, str]) -> AsyncIterator[Json]:
    for file in files:
        if server.note_of(file) is not None:
            continue  # the editor asks for it by itself, as it stands in the editor
        settings = server.configuration_of(file).for_path(str(file))
        await _loaded(server, settings)
        checked = await server.in_thread(_check_file, server, file)
        uri = file.as_uri()
        found = diagnostics(checked, uri, server.client, server.preferences)
        yield {"uri": uri, "version": None, **_report(found, known.get(uri))}


async def _loaded(server: "Server", settings: Settings) -> None:
    """Wait until the parser is loaded, or cannot be."""
    await asyncio.wait([asyncio.wrap_future(server.engine.load(settings))])


def _check_file(server: "Server", file: Path) -> Checked:
    from fsm_language.readers.encoding import NotTextError, decode

    try:
        text, _ = decode(file.read_bytes())
    except (OSError, NotTextError):
        text = ""  # whoever opens it will be told by the editor
    checked = checking.examine(server, kind_of(file.name), Document(text, str(file)), server.folder_of(file))
    server.let_go(str(file))
    return checked
