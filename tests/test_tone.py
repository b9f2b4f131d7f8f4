"""The learned tier: the same note gives the same hints, work is bounded, and the weights are those we measured."""

import hashlib
import itertools
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import read_notes
from train_tone import NOTES, START, train

from fsm_language import Linter
from fsm_language.document import Document
from fsm_language.hints import CATEGORIES, COLUMNS
from fsm_language.learned import FEW, ROW, rows_of
from fsm_language.spans import Spans
from fsm_language.tone import MOST, WEIGHTS, Seen, Tone
from fsm_language.waiting import alone
from fsm_language.weights import floats, read, write
from fsm_language.wordpieces import LONGEST, TOKEN, Wordpieces, shape
from fsm_language.words import words_of

DIGESTS = {
    WEIGHTS: "a851bf3e041cd675675ddaa470bd8af27ef6126ded0ad9fafe0f161deee5f422",
    START: "dc975490514a28043da27cec678421370ec6fec2da17b480bce7500464acc4ac",
}
NOTE = "Mum was all smiles for once. We had tea together. Dad is a big child himself, if you ask me. Dr Shah rang."


@pytest.fixture(scope="module")
def tone():
    return Tone()


def pointed_at(tone, *asked):
    return alone(tone.hints(*asked))


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.name)
def test_weights_are_those_that_were_measured(path):
    assert hashlib.sha256(path.read_bytes()).hexdigest() == DIGESTS[path]


def test_weights_are_small_and_hold_numbers_only():
    assert WEIGHTS.stat().st_size <= 10_000_000
    with np.load(WEIGHTS, allow_pickle=False) as file:
        assert all(file[name].dtype.kind in "fiu" for name in file.files)


def test_hints_name_a_stretch_of_words_and_a_category(tone):
    hints = list(pointed_at(tone, Document(NOTE)))
    assert hints == sorted(hints)
    for hint in hints:
        assert hint.category in CATEGORIES
        assert 0.5 <= hint.confidence <= 1
        assert NOTE[hint.start].isalnum()
        assert NOTE[hint.end - 1].isalnum()


def test_how_many_threads_ask_makes_no_difference():
    notes = [note.text for note in list(read_notes(NOTES / "n4.txt"))[:12]]
    singly = [pointed_at(Tone(), Document(text)) for text in notes]
    shared = Tone()
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda text: pointed_at(shared, Document(text)), notes))
    assert together == singly
    assert any(singly)


@pytest.mark.parametrize(
    "text",
    ["", " \n\t ", "…", "?" * 500, "a" * 100_000, "\ud800", "🙂🙂", "שלום עליכם", "x\0y", "Mum " * 3000, '"' * 999],
    ids=[
        "empty",
        "blank",
        "one mark",
        "marks",
        "one long word",
        "surrogate",
        "emoji",
        "hebrew",
        "nul",
        "long",
        "quotes",
    ],
)
def test_odd_text_is_read_without_complaint(tone, text):
    assert all(0 <= hint.start < hint.end <= len(text) for hint in pointed_at(tone, Document(text)))


@given(st.text(max_size=300))
def test_any_text_is_read_within_its_bounds(tone, text):
    for hint in pointed_at(tone, Document(text)):
        assert 0 <= hint.start < hint.end <= len(text)


def test_a_huge_note_gets_a_closer_look_only_where_it_promises_most(tone):
    seen = Seen()
    pointed_at(tone, Document("\n".join(f"Mum is useless, I told {number} of them." for number in range(5000))), seen)
    assert len(seen.glances.now) == 5000
    assert len(seen.hints.now) == MOST


def test_a_sentence_that_was_seen_before_is_not_looked_at_again(tone, monkeypatch):
    seen = Seen()
    before = pointed_at(tone, Document(NOTE), seen)
    for name in ("promises", "chances"):
        monkeypatch.setattr(tone.load(), name, None)
    after = pointed_at(tone, Document(f"\n\n{NOTE}"), seen.next())
    assert [hint._replace(start=hint.start + 2, end=hint.end + 2) for hint in before] == list(after)


def test_a_sentence_promises_the_same_wherever_it_stands(tone):
    sentences = ["Mum is useless.", "He was fed.", "They came by bus."]
    stretches = [stretch for text in sentences for stretch in tone.load().pieces.stretches(text, 0, len(text))]
    for stretch, together in zip(stretches, tone.load().promises(stretches), strict=True):
        (by_itself,) = tone.load().promises([stretch])
        assert len(together) == len(stretch.tokens)
        assert together == pytest.approx(by_itself, abs=1e-4)


def test_stretches_that_are_read_together_hear_nothing_of_each_other(tone):
    notes = [note.text for note in list(read_notes(NOTES / "n4.txt"))[:20]]
    stretches = [stretch for text in notes for stretch in tone.load().pieces.stretches(text, 0, len(text))]
    assert sum(len(stretch.pieces) for stretch in stretches) > 4 * FEW
    for stretch, together in zip(stretches, tone.load().chances(stretches), strict=True):
        (by_itself,) = tone.load().chances([stretch])
        assert together.shape == (len(stretch.tokens), COLUMNS)
        assert together == pytest.approx(by_itself, abs=1e-4)


@given(st.lists(st.integers(3, LONGEST + 1), min_size=1))
def test_each_stretch_lies_in_one_row_and_rows_are_short(lengths):
    rows = list(rows_of(lengths))
    assert sorted(itertools.chain.from_iterable(rows)) == list(range(len(lengths)))
    for row in rows:
        whole = sum(lengths[place] for place in row)
        assert whole <= max(ROW, *(lengths[place] for place in row)) or (len(rows) == 1 and whole <= FEW)


def test_a_sentence_gets_no_closer_look_for_words_that_were_judged(tone):
    document = Document("The report came. Mum is useless.")
    read, passed_over = Seen(), Seen()
    pointed_at(tone, document, read)
    pointed_at(tone, document, passed_over, Spans([document.sentences[1]]))
    assert [sentence for sentence, _ in read.hints.now] == ["Mum is useless."]
    assert not passed_over.hints.now


PIECES = Wordpieces(["[UNK]", "[CLS]", "[SEP]", "mum", "vis", "##it", "##s", ",", "s"])


def test_words_are_read_in_their_longest_pieces():
    (stretch,) = PIECES.stretches("Mum visits, Zoe", 0, 15)
    assert [PIECES.vocabulary[piece] for piece in stretch.pieces] == "[CLS] mum vis ##it ##s , [UNK] [SEP]".split()
    assert [stretch.pieces[first] for first in stretch.firsts] == [3, 4, 7, 0]
    assert stretch.tokens == ((0, 3), (4, 10), (10, 11), (12, 15))


@given(st.text(max_size=2000))
def test_a_long_sentence_is_read_in_stretches_and_no_word_is_lost(text):
    stretches = list(PIECES.stretches(text, 0, len(text)))
    assert all(len(stretch.pieces) == len(stretch.shapes) <= LONGEST + 1 for stretch in stretches)
    assert [token for stretch in stretches for token in stretch.tokens] == [m.span() for m in TOKEN.finditer(text)]


@pytest.mark.parametrize(("word", "expected"), [("mum", 1), ("CIN", 2), ("A", 3), ("Zoe", 4), ("McKay", 4), ("12", 0)])
def test_a_word_has_the_shape_it_is_written_in(word, expected):
    assert shape(word) == expected


def test_weights_come_back_as_they_were_written(tmp_path):
    weights = {
        "pieces": np.linspace(-3, 3, 9 * 20, dtype=np.float32).reshape(9, 20),
        "shift": np.array([0.1, -2.0], dtype=np.float32),
    }
    write(tmp_path / "w.npz", PIECES, weights)
    pieces, arrays = read(tmp_path / "w.npz")
    assert pieces.vocabulary == PIECES.vocabulary
    assert floats(arrays).keys() == weights.keys()
    assert np.array_equal(floats(arrays)["shift"], weights["shift"])
    assert np.allclose(floats(arrays)["pieces"], weights["pieces"], atol=0.02)


def test_the_same_notes_and_seed_give_the_same_weights(tmp_path):
    notes = list(read_notes(NOTES / "n7.txt"))[:2]
    for name in ("one", "two"):
        write(tmp_path / f"{name}.npz", *train(notes, rounds=1, examples=False))
    one, two = (read(tmp_path / f"{name}.npz")[1] for name in ("one", "two"))
    assert all(np.array_equal(one[name], two[name]) for name in one)
    assert not np.array_equal(one["answer"], read(WEIGHTS)[1]["answer"])


def test_asking_the_learned_tier_alone_brings_in_no_parser():
    code = f"""
import sys
from fsm_language.document import Document
from fsm_language.tone import Seen, Tone
from fsm_language.waiting import alone
alone(Tone().hints(Document({NOTE!r})))
print(sorted({{"spacy", "thinc", "jax"}} & set(sys.modules)))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("file", ["n4.txt", "n6.txt"])
def test_findings_are_phrases_that_a_person_can_read(file):
    linter = Linter()
    notes = list(read_notes(NOTES / file))[:40]
    for finding in (finding for note in notes for finding in linter.check(note.text).findings):
        if finding.rule.check == "tone":
            assert finding.level == "suggestion"
            assert 1 <= len(words_of(finding.text)) <= 14
            assert not {"the", "and", "of", "a"} & {words_of(finding.text)[-1].key}
            assert finding.suggestions
            assert all(suggestion.is_question for suggestion in finding.suggestions)
