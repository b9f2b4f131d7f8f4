"""What checking costs, counted in calls: it grows with the note and hardly with the rules."""

from __future__ import annotations

import sys

import pytest

from fsm_language import Document, Linter, Settings
from fsm_language.anchorbook import AnchorBook
from fsm_language.index import Index, Phrasebook
from fsm_language.machine import Phrase
from fsm_language.parting import LONGEST_SENTENCE

LINTER = Linter(Settings(tone=False, contextual=False))


def calls(function, *arguments) -> int:
    """Return how many functions are called, Python's own among them, while `function` runs."""
    count = 0

    def counting(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        function(*arguments)
    finally:
        sys.setprofile(before)
    return count


def cost(text: str) -> int:
    LINTER.forget("note")
    return calls(LINTER.check, text, "note")


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("Mum failed to engage. He was fine.\n\n", id="paragraphs"),
        pytest.param("Mum failed to engage and the child is so fussy ", id="one paragraph with no full stop"),
        pytest.param("mum ", id="one word again and again"),
        pytest.param("failed to failed to ", id="beginnings of phrases"),
        pytest.param("“He is fussy” she said. ", id="quotations"),
        pytest.param("“", id="quotations opened"),
        pytest.param("'a ", id="apostrophes"),
        pytest.param("The CIN and the IRO and a QXZ. ", id="acronyms"),
        pytest.param("a", id="one long word"),
        pytest.param("A", id="one long word in capitals"),
        pytest.param("- \n", id="empty list items"),
        pytest.param("|a|b|\n", id="table rows"),
        pytest.param("<div>", id="words with no space between them"),
        pytest.param("\u2028", id="line separators"),
        pytest.param("😀", id="faces"),
    ],
)
def test_the_cost_of_a_note_grows_with_its_length_and_no_faster(piece):
    cost(piece * 200)  # what is made at first use is made now
    assert cost(piece * 1600) <= 4.5 * cost(piece * 400) + 200


@pytest.mark.parametrize("number", [100, 10_000])
def test_the_cost_of_a_note_hardly_grows_with_the_number_of_phrases(number):
    document = Document("Mum said the zebra of day 3 was tired. " * 50)

    def index(many: int) -> Index:
        phrases = [f"(zebra|of) q{at}x [very] {{walk}}" for at in range(many)]
        anchors = AnchorBook.of({phrase: Phrase(phrase, {}).anchors for phrase in phrases})
        made = Index(phrases, anchors, Phrasebook({}))
        list(made.find(document))
        return made

    few, many = index(10), index(number)
    assert calls(list, many.find(document)) <= 1.05 * calls(list, few.find(document))


def test_a_word_of_a_million_letters_is_one_word():
    cost("a")  # what is made at first use is made now
    assert cost("a" * 1_000_000) < 1000


def test_a_paragraph_of_ten_million_characters_is_worked_on_in_pieces():
    text = "lorem ipsum " * 850_000
    document = Document(text)
    assert max(end - start for start, end in document.sentences) <= LONGEST_SENTENCE
    assert cost(text) < 2 * len(text)
