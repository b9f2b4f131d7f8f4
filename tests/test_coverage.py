"""Every term of the published guidance is found in an invented sentence, or left out for a named reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

FILES = sorted((Path(__file__).parent / "coverage").glob("*.yaml"))
COVERAGE = {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in FILES}
FOUND = {f"{name}: {term}": (term, sentence) for name in COVERAGE for term, sentence in COVERAGE[name]["found"].items()}
REASONS = {
    "acronym check",
    "contested",
    "foreign practice",
    "formal name",
    "habit not wording",
    "ordinary English",
    "plain style only",
    "preferred by people themselves",
}
CATEGORIES = {"acronym", "blaming", "jargon", "judgemental"}
SHORT, ENDING = 4, 3


def spans_of(term: str, sentence: str) -> list[tuple[int, int]]:
    """Where words of `term` stand in `sentence`, whatever their endings; a note in brackets is no part of a term."""
    words = re.findall(r"\w+", re.sub(r"\(.*?\)", "", term))
    telling = [word for word in words if len(word) >= SHORT or word.isupper()] or words
    stems = [word if len(word) <= SHORT else word[: max(SHORT, len(word) - ENDING)] for word in telling]
    places = (re.finditer(rf"\b{re.escape(stem)}\w*", sentence, re.IGNORECASE) for stem in stems)
    return [place.span() for found in places for place in found]


@pytest.mark.parametrize(("term", "sentence"), FOUND.values(), ids=FOUND)
def test_a_rule_finds_the_term(term, sentence, linter):
    spans = spans_of(term, sentence)
    assert spans, "no word of the term stands in the sentence"
    findings = [finding for finding in linter.check(sentence).findings if finding.category in CATEGORIES]
    assert any(finding.start < end and start < finding.end for finding in findings for start, end in spans)


@pytest.mark.parametrize("name", COVERAGE)
def test_no_sentence_appears_twice(name):
    sentences = list(COVERAGE[name]["found"].values())
    assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize("name", COVERAGE)
def test_a_term_is_found_or_left_and_not_both(name):
    assert not COVERAGE[name]["found"].keys() & COVERAGE[name]["left"].keys()


@pytest.mark.parametrize("name", COVERAGE)
def test_reasons_are_from_the_list(name):
    assert set(COVERAGE[name]["left"].values()) <= REASONS
