"""What an editor can have done here: leave wording as it is, switch a rule off, sum a note up, report on it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from lsprotocol import types as lsp

from fsm_language import Finding, Report, SettingsError, settingsedit, suppress
from fsm_language.configuration import FILE_NAMES
from fsm_language.finding import apply
from fsm_language.whole import alone, write
from fsm_language_lsp.features.actions import KNOW, LEAVE, SWITCH_OFF, workspace_edit
from fsm_language_lsp.features.report import REPORT, whole
from fsm_language_lsp.features.summary import SUMMARY, summary
from fsm_language_lsp.notes import checking
from fsm_language_lsp.notes.opened import OpenNote
from fsm_language_lsp.notes.places import text_edit

if TYPE_CHECKING:
    from fsm_language_lsp.connection.server import Server

UNTIL_CLOSED = "This holds until the editor closes. Open a folder, and such choices are kept there."


async def leave(server: "Server", uri: str, fingerprint: str) -> None:
    """Leave wording as it is from now on, wherever the same words stand between the same neighbours."""
    note = server.notes.get(uri)
    if note is None:
        return
    checked = await checking.current(server, note)
    report = checked.report
    finding = next((found for found in report.findings if found.fingerprint(report.document) == fingerprint), None)
    if finding is None:
        server.tell_again("Those words have changed; there is nothing left to leave as it is.")
        return
    folder = server.folder_of(note.path)
    file = server.configurations.ignores_file(checked.configuration, folder)
    if file is None:
        server.configurations.leave_here(finding, report)
        server.tell_again(UNTIL_CLOSED)
    else:
        await asyncio.get_running_loop().run_in_executor(None, _keep, server, file, finding, report)
    checking.outdate(server)


def _keep(server: "Server", file: Path, finding: Finding, report: Report) -> None:
    try:
        with alone(file):
            store = suppress.stored(file)
            suppress.save(replace(store, entries=(*store.entries, store.entry(finding, report))), file)
    except (SettingsError, OSError) as error:
        server.tell_again(_why_not(error, file))


async def switch_off(server: "Server", uri: str, rule: str) -> None:
    """Leave a rule off in the workspace."""
    await _settle(server, uri, "ignore", rule)


async def know(server: "Server", uri: str, acronym: str) -> None:
    """Take an acronym for one that readers in the workspace know."""
    await _settle(server, uri, "known_acronyms", acronym)


async def _settle(server: "Server", uri: str, key: str, entry: str) -> None:
    """Add an entry to a list in the workspace's settings file: as an edit if the file is open here, or else on disk."""
    note = server.notes.get(uri)
    path = None if note is None else note.path
    folder = server.folder_of(path)
    configuration = server.configuration_of(path)
    file = configuration.file or (folder / FILE_NAMES[0] if folder else None)
    if file is None or not server.local:
        server.add_setting(key, entry)
        server.tell_again(UNTIL_CLOSED)
    elif (opened := server.note_of(file)) is not None:
        await _edit_open(server, opened, key, entry)
        return
    else:
        await asyncio.get_running_loop().run_in_executor(None, _write, server, file, key, entry)
    checking.outdate(server)


async def _edit_open(server: "Server", opened: OpenNote, key: str, entry: str) -> None:
    try:
        edit = settingsedit.added(opened.document.text, key, entry)
    except yaml.YAMLError as error:
        server.tell_again(_why_not(error, Path(opened.name)))
        return
    if edit is not None:
        changes = workspace_edit(server, opened, [text_edit(opened.document, edit, server.client.encoding)])
        await server.workspace_apply_edit_async(lsp.ApplyWorkspaceEditParams(changes, label=f"Add {entry} to {key}"))
        server.tell_again("This holds once you save the settings.")


def _write(server: "Server", file: Path, key: str, entry: str) -> None:
    try:
        with alone(file):
            text = file.read_bytes().decode("utf-8-sig") if file.exists() else ""
            edit = settingsedit.added(text, key, entry)
            if edit is not None:
                write(file, apply(text, [edit]).encode())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        server.tell_again(_why_not(error, file))


def _why_not(error: Exception, file: Path) -> str:
    reason = (
        error.strerror if isinstance(error, OSError) else error.message if isinstance(error, SettingsError) else None
    )
    return f"{file} could not be changed: {reason or 'it is not as it should be'}."


async def sum_up(server: "Server", uri: str) -> str | None:
    """Show a note's summary, and return it."""
    note = server.notes.get(uri)
    if note is None:
        return None
    line = summary(await checking.current(server, note))
    server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, line))
    return line


COMMANDS: Mapping[str, Callable[..., Any]] = {
    LEAVE: leave,
    SWITCH_OFF: switch_off,
    KNOW: know,
    SUMMARY: sum_up,
    REPORT: whole,
}
