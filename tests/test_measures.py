"""The figures about a note: right, private, and never fetched from anywhere."""

import gc
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsm_language.document import Document
from fsm_language.measures import SCORED, measures, scores, syllables

ROOT = Path(__file__).parent.parent
EASY = (
    "Tia is well. She likes the park and the swings. Her mum took her there on Monday after lunch. "
    "They fed ducks and ran about. "
)
HARD = "The multidisciplinary assessment identified considerable developmental vulnerabilities requiring intervention. "


def of(text: str) -> dict[str, float]:
    return dict(measures(Document(text)))


def test_words_and_sentences_are_our_own_count() -> None:
    figures = of("Dr. Shaw met Sam at 3.30pm. ICPC on 12.03.24. All good.")
    assert (figures["sentences"], figures["words"]) == (3, 11)


def test_headings_count_as_words_but_not_as_sentences() -> None:
    assert of("HOME CONDITIONS\n\nWarm and tidy.") == {"words": 5.0, "sentences": 1.0, "words_per_sentence": 3.0}


@pytest.mark.parametrize("note", ["", "Tia is well.", " ".join(["word"] * 29) + "."])
def test_a_very_short_note_has_no_reading_age(note: str) -> None:
    assert "reading_age" not in of(note)
    with pytest.raises(KeyError):
        measures(Document(note))["reading_age"]


def test_an_easy_note_has_a_young_reader_and_a_hard_one_an_older() -> None:
    assert 5 <= of(EASY * 2)["reading_age"] < 9
    assert of(HARD * 5)["reading_age"] > 16


def test_every_name_that_is_promised_is_there() -> None:
    figures = measures(Document(EASY * 2))
    assert set(SCORED) < set(figures)
    assert len(figures) == len(list(figures))
    assert "nonsense" not in figures
    assert json.loads(json.dumps(dict(figures))) == dict(figures)


def test_figures_survive_the_way_to_another_process() -> None:
    figures = measures(Document(EASY * 2))
    assert dict(pickle.loads(pickle.dumps(figures))) == dict(figures)  # noqa: S301  # our own


def test_our_formulas_are_those_of_textstat() -> None:
    """On text that both split alike; sentences of more than two words, no full stop but at their ends."""
    import textstat

    syllables("word")  # leaves the dictionary out, so that textstat counts as we do
    text = "Tia likes the park and the swings there. Her mum took some photographs for the family album on Monday. "
    sentences = [
        ["Tia", "likes", "the", "park", "and", "the", "swings", "there"],
        "Her mum took some photographs for the family album on Monday".split(),
    ]
    ours = scores(sentences)
    textstat.set_lang("en_GB")
    assert ours["flesch_kincaid_grade"] == pytest.approx(textstat.flesch_kincaid_grade(text))
    assert ours["flesch_reading_ease"] == pytest.approx(textstat.flesch_reading_ease(text))
    assert ours["automated_readability_index"] == pytest.approx(
        textstat.automated_readability_index(text) - 4.71 * 2 / 19  # it counts the two full stops as letters
    )
    # textstat rounds the published 0.0588 to 0.058
    off = 0.08 * sum(len(word) for sentence in sentences for word in sentence) / 19
    assert ours["coleman_liau_index"] == pytest.approx(textstat.coleman_liau_index(text) + off, abs=0.02)


@given(
    st.lists(st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True), min_size=1, max_size=30), min_size=1, max_size=8)
)
def test_scores_are_numbers_whatever_the_words(sentences: list[list[str]]) -> None:
    figures = scores(sentences)
    assert all(value == value and abs(value) < 10_000 for value in figures.values())  # noqa: PLR0124  # not NaN
    assert figures["reading_age"] >= 5


OFFLINE = """
import socket, sys
def refuse(*args, **kwargs):
    raise SystemExit("a call was made: " + repr(args[:1]))
for name in ("create_connection", "getaddrinfo", "gethostbyname"):
    setattr(socket, name, refuse)
for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, refuse)
from fsm_language.document import Document
from fsm_language.measures import measures
print(measures(Document("The quick review was uncomplicated and everybody agreed. " * 6))["reading_age"])
"""


def test_no_call_is_ever_made_to_the_network(tmp_path: Path) -> None:
    """In a process of its own, with no dictionary to be found anywhere and every way out shut."""
    run = subprocess.run(
        [sys.executable, "-c", OFFLINE],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "NLTK_DATA": str(tmp_path), "PATH": ""},
    )
    assert run.returncode == 0, run.stderr
    assert float(run.stdout) > 5


def test_textstat_is_not_imported_before_a_score_is_asked_for() -> None:
    code = (
        "import sys; from fsm_language.document import Document; from fsm_language.measures import measures\n"
        "m = measures(Document('Tia is well. ' * 20)); m['words']; print('textstat' in sys.modules); "
        "m['reading_age']; print('textstat' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )
    assert run.stdout.split() == ["False", "True"]


def test_no_note_stays_in_memory_once_it_is_measured() -> None:
    canary = "Canary Quillfeather sang to Oswin by the weir"
    text = f"{canary} and went home again. " * 5
    assert of(text)["reading_age"] > 5
    del text
    gc.collect()
    kept = [thing for thing in _reachable_strings() if canary in thing and len(thing) > len(canary) + 20]
    assert kept == []


def _reachable_strings() -> list[str]:
    """Return what textstat's own caches and ours hold."""
    import textstat.backend

    strings: list[str] = []
    for name, module in list(sys.modules.items()):
        if not name.startswith(("textstat", "fsm_language")):
            continue
        for value in vars(module).values():
            info = getattr(value, "cache_info", None)
            if info is not None and info().currsize:
                strings += [found for found in _strings(gc.get_referents(value)) if isinstance(found, str)]
    assert textstat.backend
    return strings


def _strings(things: list[object], depth: int = 4) -> list[str]:
    found: list[str] = []
    for thing in things:
        if isinstance(thing, str):
            found.append(thing)
        elif depth and isinstance(thing, dict | tuple | list):
            found += _strings(gc.get_referents(thing), depth - 1)
    return found


def test_the_search_for_kept_notes_would_find_one() -> None:
    from textstat.backend.counts._count_sentences import count_sentences

    count_sentences("Canary Quillfeather sang to Oswin by the weir and this is a whole note.")
    assert any("Quillfeather" in kept for kept in _reachable_strings())
    count_sentences.cache_clear()
