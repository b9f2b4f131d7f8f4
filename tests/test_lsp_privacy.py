"""No words of a note in any log at any level, in any error, or in any message to the person, whatever goes wrong."""

import asyncio
import gc
import logging
import sys
from concurrent.futures import Future

import pytest
from editing import Refused, editing, span
from fsm_language_lsp.engine import Choice, Engine

from fsm_language import Linter

pytestmark = pytest.mark.asyncio
CANARY = "Zebulon Quillfeather"
NOTE = f"{CANARY} was there. Mum failed to attend."


class Broken(Linter):
    """A linter that quotes the note when it fails, as an error in a library might."""

    def check(self, text, *_):
        raise ValueError(text)


class BrokenEngine(Engine):
    def now(self, settings):
        return Choice(Broken(settings), final=True)


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.DEBUG)
    return caplog


async def use(editor):
    """Everything that an editor may ask of a note, and some things it should not."""
    editor.open(NOTE)
    await editor.marks()
    editor.type(f"{NOTE} {CANARY}")
    marks = await editor.marks()
    document = {"textDocument": {"uri": "untitled:note"}}
    here = {**document, "position": {"line": 0, "character": 3}}
    for method, params in (
        ("textDocument/hover", here),
        ("textDocument/completion", here),
        ("textDocument/codeLens", document),
        ("textDocument/inlayHint", {**document, "range": span(0, 0, 9)}),
    ):
        await editor.request(method, params)
    for action in await editor.actions(marks[0]):
        if "command" in action:
            await editor.request("workspace/executeCommand", action["command"])
    with pytest.raises(Refused):
        await editor.request("workspace/executeCommand", {"command": CANARY, "arguments": [NOTE]})
    with pytest.raises(Refused):
        await editor.request("textDocument/hover", {**document, "position": NOTE})
    editor.notify("textDocument/didChange", {"textDocument": NOTE})
    editor.notify(CANARY, {"text": NOTE})


def said_otherwise(editor):
    """What the editor has heard, but for its own note's marks and actions."""
    own = ("textDocument/publishDiagnostics",)
    return str([said for said in editor.heard if said.get("method") not in own and "result" not in said])


async def test_nothing_is_logged_and_no_message_quotes_a_note(engine, log, capfd):
    async with editing(engine, options={"codeLens": True, "inlayHints": True}) as editor:
        await use(editor)
    assert CANARY not in said_otherwise(editor)
    assert CANARY not in log.text
    assert CANARY not in "".join(capfd.readouterr())


async def test_a_fault_within_is_told_without_a_word_of_the_note(log, capfd):
    broken = BrokenEngine()
    async with editing(broken) as editor:
        editor.open(NOTE)
        (mark,) = await editor.marks()
    broken.close()
    assert mark["message"].startswith("This note could not be checked (ValueError).")
    assert mark["severity"] == 3
    assert CANARY not in str(editor.heard) + log.text + "".join(capfd.readouterr())


async def test_a_fault_in_sending_marks_is_told_without_a_word_of_the_note(fresh_engine, log, capfd):
    async with editing(fresh_engine) as editor:
        fresh_engine.close()
        editor.open(NOTE)
        told = await editor.until(lambda said: said.get("method") == "window/logMessage")
    assert told["params"] == {"type": 1, "message": "diagnostics: RuntimeError"}
    assert CANARY not in str(editor.heard) + log.text + "".join(capfd.readouterr())


async def test_messages_that_were_dealt_with_are_let_go(engine):
    def remembered():
        gc.collect()
        return sum(isinstance(held, Future) for held in gc.get_objects())

    async with editing(engine) as editor:
        editor.open(NOTE)
        await editor.marks()
        before = remembered()
        for number in range(20):
            editor.type(f"{NOTE} {number}")
            await editor.marks()
        assert remembered() - before < 5


async def test_nothing_is_remembered_of_a_note_that_is_closed_or_of_an_editor_that_has_left(fresh_engine):
    def remembered():
        return [name for linter in fresh_engine._made.values() for name in linter._memory._notes]

    async with editing(fresh_engine) as editor, editing(fresh_engine) as other:
        editor.open(NOTE)
        other.open(NOTE)
        await editor.marks()
        await other.marks()
        assert len(remembered()) == 2, "each editor's note by itself, though they are called alike"
        editor.notify("textDocument/didClose", {"textDocument": {"uri": "untitled:note"}})
        editor.notes.clear()
        await editor.marks()
        assert len(remembered()) == 1
    assert remembered() == []


async def test_what_is_refused_is_refused_in_plain_words_alone(engine):
    async with editing(engine) as editor:
        with pytest.raises(Refused, match=r"could not be understood|could not do this"):
            await editor.request("workspace/executeCommand", {"command": CANARY, "arguments": [NOTE]})
    errors = [said["error"] for said in editor.heard if "error" in said]
    assert [error.keys() for error in errors] == [{"code", "message"}]


async def test_the_records_of_the_protocol_print_nothing_of_a_note():
    code = """
import fsm_language_lsp.connection
from lsprotocol import types
print(types.TextDocumentItem("file:///a.txt", "plaintext", 1, "Tia is home."))
"""
    run = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    said, _ = await run.communicate()
    assert b"TextDocumentItem" in said
    assert b"Tia" not in said
