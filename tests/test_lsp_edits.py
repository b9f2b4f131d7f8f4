"""Typing: after any sequence of edits the server's note is the editor's, and its marks are those of a full check."""

import asyncio

import pytest
from editing import editing
from fsm_language_lsp.notes.opened import opened
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types as lsp

from fsm_language import Linter, Settings

LINTER = Linter(Settings(contextual=False, tone=False))
SCRAPS = st.sampled_from(
    [
        "Mum failed to attend. ", "the CIN plan", "“hard to reach”", "\r\n", "\n", "\r", "\v", "\u2028", "\x85",
        "\U0001f600", "\U0001f469\u200d\U0001f4bb", "é", "e\u0301", " ", "", "- ", "# ", "\n\n",
    ]
)  # fmt: skip
TEXTS = st.lists(SCRAPS, max_size=12).map("".join)
EDIT = st.tuples(st.floats(0, 1), st.floats(0, 1), TEXTS)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])
WIDTH = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


def units(text, encoding):
    plain = encoding if encoding == "utf-8" else f"{encoding}-le"
    return len(text.encode(plain)) // WIDTH[encoding]


def where(text, offset, encoding):
    """The place of a code point, worked out as the protocol's text says and not as we do."""
    lines, start = 0, 0
    for at in range(offset):
        if text[at] == "\n" or (text[at] == "\r" and text[at + 1 : at + 2] != "\n"):
            lines, start = lines + 1, at + 1
    return {"line": lines, "character": units(text[start:offset], encoding)}


def nameable(text, share):
    """A code point that an editor can name: never between CR and LF."""
    offset = round(share * len(text))
    return offset + (text[offset - 1 : offset] == "\r" and text[offset : offset + 1] == "\n")


def change_of(text, edit, encoding):
    first, last, new = edit
    start, end = sorted((nameable(text, first), nameable(text, last)))
    span = {"start": where(text, start, encoding), "end": where(text, end, encoding)}
    return {"range": span, "text": new}, text[:start] + new + text[end:]


@given(text=TEXTS, edits=st.lists(EDIT, max_size=8), encoding=ENCODINGS)
def test_the_servers_note_is_the_editors_after_any_edits(text, edits, encoding):
    note = opened(lsp.TextDocumentItem("untitled:note", "plaintext", 1, text))
    for version, edit in enumerate(edits, 2):
        change, text = change_of(text, edit, encoding)
        places = [lsp.Position(**change["range"][end]) for end in ("start", "end")]
        note.change(version, [lsp.TextDocumentContentChangePartial(lsp.Range(*places), change["text"])], encoding)
        assert note.document.text == text


@pytest.mark.parametrize("encoding", WIDTH)
@settings(max_examples=15)
@given(text=TEXTS, edits=st.lists(EDIT, min_size=1, max_size=6))
def test_marks_after_any_edits_are_those_of_a_full_check(engine, encoding, text, edits):
    async def typed():
        general = {"positionEncodings": [encoding]}
        async with editing(engine, capabilities={"general": general}) as editor:
            now = text
            editor.open(now)
            for edit in edits:
                change, now = change_of(now, edit, encoding)
                editor.type(change)
            return now, await editor.marks()

    now, marks = asyncio.run(typed())
    places = [
        {"start": where(now, finding.start, encoding), "end": where(now, finding.end, encoding)}
        for finding in LINTER.check(now).findings
    ]
    assert [mark["range"] for mark in marks] == places
