"""Keeping reports up to date: one check at a time for each note, away from the event loop, stale ones dropped."""

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fsm_language import Document, Report, RuleError, SettingsError
from fsm_language.configuration import Configuration
from fsm_language.formats.wording import sentence
from fsm_language.linter import Linter
from fsm_language.prose import prose
from fsm_language.settings import Settings
from fsm_language_lsp.engine import Choice
from fsm_language_lsp.notes import rulefiles
from fsm_language_lsp.notes.opened import Checked, OpenNote

if TYPE_CHECKING:
    from fsm_language_lsp.connection.server import Server

TOO_LONG = "This note is so long that it is not checked."
LONGEST_WAIT = 1.0  # seconds that diagnostics may be put off by one change after another


async def current(server: "Server", note: OpenNote) -> Checked:
    """Return the report on the note as it is now. Those who ask while it is being checked wait for the same check."""
    while not note.is_current(note.checked):
        if note.work is None or note.work.done():
            note.work = asyncio.create_task(_work(server, note))
        await asyncio.shield(note.work)
    assert note.checked is not None  # noqa: S101  # the loop has just seen to it
    return note.checked


async def _work(server: "Server", note: OpenNote) -> None:
    """Check the note as it is now; keep the report if the note is still the same when it is done."""
    stamp, document = note.stamp, note.document
    checked = await server.in_thread(examine, server, note.kind, document, server.folder_of(note.path), stamp)
    if server.notes.get(note.uri) is not note:
        server.let_go(document.name)  # it was closed in the meantime
    if note.stamp == stamp:
        note.checked = checked
    if not checked.final:
        server.load(checked.configuration.for_path(document.name))


def examine(server: "Server", kind: str, document: Document, folder: Path | None, stamp: int = 0) -> Checked:
    """Return what there is to say of a note; called in a thread of its own. Nothing is raised or quoted."""
    try:
        path = Path(document.name) if Path(document.name).is_absolute() else None
        configuration = server.configuration_of(path)
        if kind == "yaml":
            mistakes = tuple(rulefiles.mistakes(document, path, configuration))
            return Checked(stamp, Report(document), configuration, final=True, mistakes=mistakes)
        if len(document.text) > server.preferences.longest:
            error = f"{TOO_LONG} The limit is {server.preferences.longest:,} characters (setting “longest”)."
            return Checked(stamp, Report(document, error=error), configuration, final=True)
        linter, final = choose(server, configuration.for_path(document.name))
        report = check(linter, kind, document, server.memory(document.name))
        for silence in server.configurations.silences(configuration, folder):
            report = silence.apply(report)
        return Checked(stamp, report, configuration, final, linter.pack.glossary)
    except Exception as error:  # noqa: BLE001  # one note must not end the server, nor its words reach a message
        problem = f"This note could not be checked ({type(error).__name__}). Please tell the makers of fsm-language."
        return Checked(stamp, Report(document, error=problem), Configuration(), final=True)


def check(linter: Linter, kind: str, document: Document, memory: str) -> Report:
    """Return the report on the prose of a note; findings and edits stand where they are in the note.

    The linter remembers the note under the name `memory`, so that the next check costs about what was changed.
    """
    read = prose(document.text, kind)
    report = read.restore(linter.check(read.text, memory))
    return replace(report, document=document)


def choose(server: "Server", settings: Settings) -> Choice:
    """Return a linter for `settings`; if they cannot be used, say so once and do without packs and choices of rules."""
    try:
        return server.engine.now(settings)
    except (RuleError, SettingsError) as error:
        server.tell(f"{sentence(str(error))} Until this is mended, the shipped rules are used.")
        plain: dict[str, Any] = {"packs": (), "select": (), "ignore": (), "levels": {}}
        return server.engine.now(replace(settings, **plain))


def changed(server: "Server", note: OpenNote, delay: float) -> None:
    """See to it that the editor hears of the note's new state; where it asks for itself, do nothing."""
    if server.pulls:
        return
    now = asyncio.get_running_loop().time()
    if note.changed is None:
        note.changed = now
    if note.sending is not None:
        note.sending.cancel()
    wait = min(delay, max(0.0, note.changed + LONGEST_WAIT - now))
    note.sending = asyncio.create_task(_send(server, note, wait))
    note.sending.add_done_callback(partial(_ended, server))


async def _send(server: "Server", note: OpenNote, wait: float) -> None:
    if wait:
        await asyncio.sleep(wait)
    note.changed = None
    checked = await current(server, note)
    if note.is_current(checked):  # nothing has been typed since
        server.publish(note, checked)


def _ended(server: "Server", sending: "asyncio.Task[None]") -> None:
    """Tell of a fault: nobody waits for what is sent, and what asyncio would say of it could quote the note."""
    if not sending.cancelled() and isinstance(error := sending.exception(), Exception):
        server.report_server_error(error, "diagnostics")


def outdate(server: "Server") -> None:
    """Check all open notes again: what they are checked with has changed."""
    for note in server.notes.values():
        note.stamp += 1
        changed(server, note, 0.0)
    server.refresh()


def finish(server: "Server", settings: Settings) -> None:
    """Check again the notes that had to do without the parser, now that it is loaded."""
    for note in server.notes.values():
        checked = note.checked
        if checked is not None and not checked.final and checked.configuration.for_path(note.name) == settings:
            note.stamp += 1
            changed(server, note, 0.0)
    server.refresh()
