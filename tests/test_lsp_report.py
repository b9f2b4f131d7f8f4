"""The whole report on an open note, which a client may show in its own way."""

import pytest
from editing import QUICK, editing

from fsm_language import Linter, Settings
from fsm_language.formats.jsonl import record

pytestmark = pytest.mark.asyncio
NOTE = "\U0001f600 Mum failed to attend the TAF.\n"


def asked(uri="untitled:note"):
    return {"command": "fsm-language.report", "arguments": [uri]}


async def test_the_report_is_the_one_that_is_posted_for_in_utf_16(engine):
    async with editing(engine) as editor:
        editor.open(NOTE)
        told = await editor.request("workspace/executeCommand", asked())
    report = Linter(Settings(**QUICK)).check(NOTE, "untitled:note")
    assert told == {**record(report, "utf-16", reasons=True), "unit": "utf-16"}
    assert told["findings"][0]["start"] == 7


async def test_the_report_is_about_what_was_typed_last(engine):
    async with editing(engine) as editor:
        editor.open(NOTE)
        editor.type("All is well.")
        told = await editor.request("workspace/executeCommand", asked())
    assert told["findings"] == []


async def test_there_is_no_report_on_a_note_that_is_not_open(engine):
    async with editing(engine) as editor:
        assert await editor.request("workspace/executeCommand", asked("untitled:other")) is None
