"""How right the rules are on the marked notes: the figures may rise, and must not fall."""

from pathlib import Path

import pytest
from accuracy import by_linter
from marked import MarkError, read_notes, unmark
from scoring import Found, score

from fsm_language import Settings

NOTES = Path(__file__).parent.parent / "benchmarks" / "notes"


@pytest.fixture(scope="module")
def dev():
    notes = list(read_notes(NOTES / "dev.jsonl"))
    check = by_linter(Settings(tone=False))
    return score((note, check(note)) for note in notes)


@pytest.mark.parametrize(("figure", "least"), [("precision", 0.96), ("recall", 0.90), ("category", 0.92)])
def test_rules_and_guards_stay_as_right_as_they_were(dev, figure, least):
    assert getattr(dev, figure) >= least


def test_traps_stay_unmet(dev):
    assert dev.traps <= 0.015


@pytest.mark.parametrize("file", sorted(NOTES.iterdir()), ids=lambda file: file.name)
def test_every_marked_note_can_be_read(file):
    notes = list(read_notes(file))
    assert notes
    assert len({note.id for note in notes}) == len(notes)
    assert all(0 <= span.start < span.end <= len(note.text) for note in notes for span in note.spans)


def test_a_mark_that_does_not_close_is_named():
    with pytest.raises(MarkError, match="n9-001"):
        unmark("Mum [[b:failed to attend.", "n9-001")


def test_the_measure_counts_what_it_says():
    text, spans = unmark("Mum [[b:failed to attend]] the {{meeting}} in ((May)).", "note")
    note = next(read_notes(NOTES / "dev.jsonl")).__class__("x-1", "visit", "worker", text, spans)
    found = [Found(4, 20, "blaming"), Found(25, 32, "jargon"), Found(36, 39, "jargon"), Found(0, 3, "jargon")]
    result = score([(note, found)])
    assert (result.precision, result.recall, result.traps, result.category) == (1 / 3, 1.0, 1.0, 1.0)
    assert sorted(mistake.kind for mistake in result.mistakes) == ["false alarm", "trap met"]
