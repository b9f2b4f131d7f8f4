"""The editor's settings, and the files whose changes matter: asked for once the editor is ready."""

import contextlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from fsm_language.configuration import FILE_NAMES
from fsm_language_lsp.notes.opened import path_of
from fsm_language_lsp.settings.configurations import IGNORES
from fsm_language_lsp.settings.preferences import SECTION

if TYPE_CHECKING:
    from fsm_language_lsp.connection.server import Server

WATCHED = (*FILE_NAMES, IGNORES, "*.yaml", "*.yml")


async def register(server: "Server") -> None:
    """Ask to be told of changes to settings, ignores and rules, where the editor can be asked."""
    workspace = server.client_capabilities.workspace or lsp.WorkspaceClientCapabilities()
    wanted = []
    if server.local and workspace.did_change_watched_files and workspace.did_change_watched_files.dynamic_registration:
        watchers = [lsp.FileSystemWatcher(f"**/{name}") for name in WATCHED]
        options: object = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
        wanted.append(lsp.Registration("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if workspace.did_change_configuration and workspace.did_change_configuration.dynamic_registration:
        options = lsp.DidChangeConfigurationRegistrationOptions(SECTION)
        wanted.append(lsp.Registration("settings", lsp.WORKSPACE_DID_CHANGE_CONFIGURATION, options))
    if wanted:
        with contextlib.suppress(JsonRpcException):  # it is said to be possible, and is not
            await server.client_register_capability_async(lsp.RegistrationParams(wanted))


def can_be_asked(server: "Server") -> bool:
    """Whether the editor answers when asked for its settings."""
    workspace = server.client_capabilities.workspace
    return bool(workspace and workspace.configuration)


async def ask_for_settings(server: "Server") -> object:
    """Return the editor's settings for us; None when it has none or will not say."""
    item = lsp.ConfigurationItem(section=SECTION)
    try:
        answer = await server.workspace_configuration_async(lsp.ConfigurationParams([item]))
    except JsonRpcException:
        return None
    return answer[0] if answer else None


def matters(server: "Server", changes: Iterable[lsp.FileEvent]) -> bool:
    """Whether any of the changed files holds settings, ignores, or rules that an open note is checked with."""
    packs = {
        pack.absolute()
        for note in server.notes.values()
        for pack in server.configuration_of(note.path).for_path(note.name).packs
    }
    for change in changes:
        path = path_of(change.uri)
        if path is not None and (path.name in (*FILE_NAMES, IGNORES) or any(map(path.is_relative_to, packs))):
            return True
    return False
