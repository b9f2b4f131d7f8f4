"""A note that is checked again after an edit: the report is the one that a linter gives that has never seen it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fsm_language import Linter, Report, Settings
from fsm_language.document import Document
from fsm_language.kept import Kept
from fsm_language.linter import stretches
from fsm_language.memory import LONGEST, NOTES, Memory, Told, View
from fsm_language.parting import Block

SETTINGS = Settings(tone=False, contextual=False)
ONCE = Linter(SETTINGS)
AGAIN = Linter(SETTINGS)

PIECES = [
    "Mum failed to engage. ",
    "The service failed to ring. They failed to attend again. ",
    "Mum refuses support",
    "He is a fussy eater.",
    "respite",
    "Respite (a few days of rest)",
    "It was basically fine.",
    "\n\n",
    "\r\n",
    "\n",
    "\r\n\r\n",
    "\v",
    "\u2028",
    "“",
    "”",
    '"',
    "'",
    "😀 ",
    "> ",
    "- ",
    "09:40 from Shanice: ",
    "PLAN:\n",
    " CIN ",
    ". ",
    " not ",
    "Basically",
    "the family",
]
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.lists(st.sampled_from(PIECES), max_size=2).map("".join)),
    max_size=8,
)


def told(report: Report) -> object:
    return report.findings, report.covered, dict(report.measures)


def ways(text: str) -> object:
    """Return the report of a linter that does not know the note."""
    ONCE.forget("note")
    return told(ONCE.check(text, "note"))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), EDITS)
def test_after_any_edits_the_report_is_that_of_a_note_never_seen(text, edits):
    assert told(AGAIN.check(text, "note")) == ways(text)
    for place, length, piece in edits:
        at = round(place * len(text))
        text = text[:at] + piece + text[at + length :]
        assert told(AGAIN.check(text, "note")) == ways(text)


WHOLE = Settings()
WHOLE_ONCE = Linter(WHOLE)
WHOLE_AGAIN = Linter(WHOLE)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "Mum is lazy and useless. "]), max_size=14).map("".join), EDITS)
def test_so_it_is_with_the_parser_and_the_learned_tier(text, edits):
    for place, length, piece in [(0.0, 0, ""), *edits]:
        at = round(place * len(text))
        text = text[:at] + piece + text[at + length :]
        WHOLE_ONCE.forget("note")
        assert told(WHOLE_AGAIN.check(text, "note")) == told(WHOLE_ONCE.check(text, "note"))


PARAGRAPHS = [f"Mum failed to engage on day {number}. He refused to come." for number in range(200)]


def looked_at(linter: Linter, text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many characters of a note phrases are looked for in."""
    looked: list[int] = []
    find = linter._index.find

    def counting(document, stretches):
        where = list(stretches)
        looked.extend(end - start for start, end in where)
        return find(document, where)

    with monkeypatch.context() as patch:
        patch.setattr(linter._index, "find", counting)
        linter.check(text, "note")
    return sum(looked)


def test_an_edit_costs_the_paragraph_and_the_one_after_it(monkeypatch):
    linter = Linter(SETTINGS)
    whole = "\n\n".join(PARAGRAPHS)
    assert looked_at(linter, whole, monkeypatch) == len(whole)
    assert looked_at(linter, whole, monkeypatch) == 0
    edited = whole.replace("day 90.", "day 90, again.")
    assert looked_at(linter, edited, monkeypatch) < 3 * len(PARAGRAPHS[0])


def test_what_the_note_explains_elsewhere_is_asked_again():
    linter = Linter(Settings(tone=False, contextual=False))
    plain = "The carers have asked for respite.\n\nWe talked.\n\nIt went well."
    explained = plain + "\n\nRespite (a few days of rest) starts on Friday."
    before = linter.check(plain, "note").findings
    assert [finding.text for finding in before] == ["respite"]
    assert linter.check(explained, "note").findings == ()
    assert linter.check(plain, "note").findings == before


def kept(memory: Memory, name: str, text: str = "a") -> None:
    """Have a note of one block remembered."""
    past = memory.recall(name)
    past.blocks[View(text, "prose", "", "", (), ())] = Told(0, (), (), {})
    memory.remember(Document(text, name), past)


def is_known(memory: Memory, name: str) -> bool:
    return memory.recall(name).blocks.get(View("a", "prose", "", "", (), ())) is not None


def test_only_a_few_notes_are_remembered():
    memory = Memory()
    for number in range(NOTES + 1):
        kept(memory, str(number))
    assert not is_known(memory, "0")
    assert is_known(memory, "1")


def test_a_very_long_note_is_not_remembered():
    memory = Memory()
    kept(memory, "note")
    kept(memory, "note", "a" * (LONGEST + 1))
    assert not is_known(memory, "note")


def test_a_note_can_be_forgotten():
    memory = Memory()
    kept(memory, "note")
    memory.forget("note")
    assert not is_known(memory, "note")


def test_what_a_check_did_not_ask_for_is_let_go():
    first = Kept[str, int]()
    first["a"], first["b"] = 1, 2
    second = Kept(first.now)
    assert second.get("a") == 1
    third = Kept(second.now)
    assert (third.get("a"), third.get("b")) == (1, None)


def test_neighbouring_blocks_are_one_stretch():
    blocks = [Block(start, start + 5, "prose") for start in range(0, 40, 10)]
    assert list(stretches(blocks, {0, 10, 30})) == [(0, 15), (30, 35)]
