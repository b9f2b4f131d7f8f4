"""Tier 1: one automaton pass over a note finds which phrases to try in which sentences.

A phrase is tried only in sentences that hold its anchors: words of which every match has at least one. The rarest
anchors of all phrases are found in a single Aho-Corasick pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from fsm_language.document import Document, key_of
from fsm_language.machine import Match, Phrase


class Candidate(NamedTuple):
    """A match of a phrase in a note: which phrase, which sentence, and where."""

    phrase: str
    sentence: int
    match: Match


class Index:
    """All phrases of a pack, found in a note in one pass. Safe to share between threads."""

    def __init__(self, phrases: Mapping[str, Sequence[Sequence[str]]], words: Mapping[str, Sequence[str]]) -> None:
        """Prepare `phrases`, each with its anchors; a phrase is compiled when one of its anchors is first met."""
        self._sources = tuple(phrases)
        self._words = words
        self._compiled: dict[int, Phrase] = {}
        rows: dict[str, list[int]] = defaultdict(list)
        for number, (rarest, *_) in enumerate(phrases.values()):
            for key in rarest:
                for surface in surfaces(key):
                    rows[surface].append(number)
        self._others = [tuple(map(frozenset, others)) for _, *others in phrases.values()]
        self._surfaces = list(rows)
        self._rows = list(rows.values())

    @cached_property
    def _automaton(self) -> AhoCorasick | None:
        return AhoCorasick(self._surfaces) if self._surfaces else None

    def find(self, document: Document) -> Iterator[Candidate]:
        """Yield every match of every phrase, sentence by sentence."""
        if self._automaton is None:
            return
        tries: dict[int, set[int]] = defaultdict(set)
        text = lowered(document.text)
        for row, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if (start and text[start - 1].isalnum() and text[start] != "'") or text[end : end + 1].isalnum():
                continue
            sentence = document.sentence_index(start)
            if sentence >= 0:
                tries[sentence].update(self._rows[row])
        for sentence in sorted(tries):
            words = document.words(sentence)
            steps = [(word.key, word.joined) for word in words]
            keys = {key for key, _ in steps}
            for number in sorted(tries[sentence]):
                if any(map(keys.isdisjoint, self._others[number])):
                    continue
                phrase = self._phrase(number)
                if phrase.may_match(steps):
                    for match in phrase.find(words):
                        yield Candidate(phrase.source, sentence, match)

    def _phrase(self, number: int) -> Phrase:
        phrase = self._compiled.get(number)
        if phrase is None:
            phrase = self._compiled[number] = Phrase(self._sources[number], self._words)
        return phrase


def surfaces(key: str) -> tuple[str, ...]:
    """Return the spellings in lower-case text under which a word with this key may stand."""
    if key.endswith("nt") and len(key) > 3 and key_of(key[:-1] + "'t") == key:
        return (key, key[:-1] + "'t")
    return (key,)


def lowered(text: str) -> str:
    """Return `text` in lower case with straight apostrophes, every character where it was."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    return lower.replace("’", "'")
