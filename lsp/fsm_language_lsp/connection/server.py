"""The language server: one object for each connection to an editor, with the notes that editor has open."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from fsm_language import Settings, __version__
from fsm_language.configuration import Configuration
from fsm_language.formats.wording import sentence
from fsm_language_lsp.connection import handlers
from fsm_language_lsp.connection.protocol import Protocol
from fsm_language_lsp.connection.quiet import quiet
from fsm_language_lsp.engine import Engine
from fsm_language_lsp.features.diagnostics import diagnostics
from fsm_language_lsp.notes import checking
from fsm_language_lsp.notes.opened import Checked, OpenNote, path_of
from fsm_language_lsp.settings.client import Client
from fsm_language_lsp.settings.configurations import Configurations
from fsm_language_lsp.settings.preferences import LONGEST, Preferences, read

Result = TypeVar("Result")


class Server(LanguageServer):
    """A connection to one editor. Everything is sent from the event loop; everything is checked outside it.

    `local`: the editor is on this machine, so that settings files count and may be written. `stopped` is set when
    the editor has left; `exit_status` is what the process should then return.
    """

    protocol: Protocol

    def __init__(self, engine: Engine, configuration: Configuration | None, longest: int) -> None:
        """Serve with `engine`; see `create`."""
        super().__init__("fsm-language", __version__, protocol_cls=Protocol)
        self.engine = engine
        self.local = configuration is None
        self.stopped = Event()
        self.exit_status = 0
        self.preferences = Preferences(longest=longest)
        self.first = self.preferences  # what the editor said when it started
        self.client = Client()
        self.pulls = False
        self.notes: dict[str, OpenNote] = {}
        self.configurations = Configurations(self.tell, configuration)
        self._told: set[str] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._loading: set[str] = set()

    def start(self) -> None:
        """Remember the event loop to send from."""
        self._loop = asyncio.get_running_loop()

    def close(self) -> None:
        """Let go of the notes and of what is still to be sent: the editor has left."""
        self.stopped.set()
        notes = tuple(self.notes.values())
        self.notes.clear()
        for note in notes:
            if note.sending is not None:
                note.sending.cancel()
            self.let_go(note.name)

    def memory(self, name: str) -> str:
        """Return the name under which the shared linters remember a note of this connection, and of no other."""
        return f"{id(self)} {name}"

    def let_go(self, name: str) -> None:
        """Have nothing remembered of a note that is no longer open."""
        self.engine.let_go(self.memory(name))

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ANN401  # as pygls declares it
        """Say that something went wrong, and nothing of the note it went wrong with."""
        kind = getattr(source, "__name__", source)
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, f"{kind}: {type(error).__name__}"))

    def tell(self, message: str) -> None:
        """Show a message to the person, once; may be called from any thread."""
        if message not in self._told and self._loop is not None:
            self._told.add(message)
            shown = lsp.ShowMessageParams(lsp.MessageType.Warning, f"fsm-language: {message}")
            self._loop.call_soon_threadsafe(self.window_show_message, shown)

    def tell_again(self, message: str) -> None:
        """Show a message to the person in answer to what they did; may be called from any thread."""
        if self._loop is not None:
            shown = lsp.ShowMessageParams(lsp.MessageType.Info, f"fsm-language: {message}")
            self._loop.call_soon_threadsafe(self.window_show_message, shown)

    def configure(self, given: object, over: Preferences | None = None) -> None:
        """Lay the editor's settings over `over`, or over those that hold; tell of what cannot be used."""
        self.preferences, complaints = read(over or self.preferences, given, local=self.local)
        for complaint in complaints:
            self.tell(f"{sentence(complaint)} It is left out.")

    def add_setting(self, key: str, entry: str) -> None:
        """Add to a list of the settings for as long as the editor is connected."""
        self.preferences = _with(self.preferences, key, entry)
        self.first = _with(self.first, key, entry)

    def configuration_of(self, path: Path | None) -> Configuration:
        """Return the settings that hold for the note at `path`."""
        said = self.preferences
        return self.configurations.of(path, self.folder_of(path), said.configuration, said.settings)

    def note_of(self, file: Path) -> OpenNote | None:
        """Return the open note that is in `file`."""
        return next((note for note in self.notes.values() if note.path == file), None)

    def folder_of(self, path: Path | None) -> Path | None:
        """Return the workspace folder that a note belongs to: the one it is in, or else the first."""
        uris = [*self.workspace.folders, *([self.workspace.root_uri] if self.workspace.root_uri else [])]
        folders = [folder for folder in map(path_of, uris) if folder is not None]
        holding = [folder for folder in folders if path is not None and folder in path.parents]
        return max(holding, key=lambda folder: len(folder.parts), default=folders[0] if folders else None)

    async def in_thread(self, work: Callable[..., Result], *arguments: object) -> Result:
        """Return what `work` gives; it is done where checks are done, away from the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self.engine.workers, work, *arguments)

    def publish(self, note: OpenNote, checked: Checked) -> None:
        """Send the diagnostics of a note's present version."""
        found = diagnostics(checked, note.uri, self.client, self.preferences)
        version = {} if note.version is None else {"version": note.version}
        self.protocol.say(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, {"uri": note.uri, **version, "diagnostics": found})

    def refresh(self) -> None:
        """Have the editor ask again for what it shows, where it can."""
        workspace = self.client_capabilities.workspace or lsp.WorkspaceClientCapabilities()
        if self.pulls and workspace.diagnostics and workspace.diagnostics.refresh_support:
            self.workspace_diagnostic_refresh(None)
        if self.preferences.inlay_hints and workspace.inlay_hint and workspace.inlay_hint.refresh_support:
            self.workspace_inlay_hint_refresh(None)
        if self.preferences.code_lens and workspace.code_lens and workspace.code_lens.refresh_support:
            self.workspace_code_lens_refresh(None)

    def load(self, settings: Settings) -> None:
        """Have the parser loaded in the background, and the notes checked again when it is there."""
        if repr(settings) in self._loading:
            return
        self._loading.add(repr(settings))
        loaded = asyncio.wrap_future(self.engine.load(settings))
        loaded.add_done_callback(lambda done: self._loaded(settings, done))

    def _loaded(self, settings: Settings, done: "asyncio.Future[None]") -> None:
        self._loading.discard(repr(settings))
        if done.cancelled() or self.stopped.is_set():
            return
        if (error := done.exception()) is not None:
            known = f"{error} " if isinstance(error, RuntimeError) else ""
            self.tell(f"{known}Notes are checked without the parser.")
        checking.finish(self, settings)


def _with(preferences: Preferences, key: str, entry: str) -> Preferences:
    settings = preferences.settings
    return replace(preferences, settings={**settings, key: (*settings.get(key, ()), entry)})


def create(engine: Engine, configuration: Configuration | None = None, longest: int = LONGEST) -> Server:
    """Return a server for one connection; `engine` may be shared by any number of them.

    Without `configuration` the editor is taken to be on this machine, and the settings files beside the notes hold.
    With it, the editor is somewhere else: those settings hold, no file of this machine is read or written for it, and
    it may choose audience and profile only. Notes of more than `longest` characters are not checked.
    """
    quiet()
    server = Server(engine, configuration, longest)
    handlers.register(server)
    return server
