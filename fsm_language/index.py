"""Tier 1: one automaton pass over a note finds where in it which phrases could stand.

A phrase is tried only where its anchors are met: stretches of words of which every match has at least one. The
anchors of all phrases are found in a single Aho-Corasick pass, so that more phrases cost next to nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from fsm_language.anchors import Anchors
from fsm_language.document import Document, Span, Word, lowered
from fsm_language.machine import Match, Phrase

# a hyphen or white space of any kind
JOINS = "-‐‑\u00ad\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
# what has no part in how phrases know words: further spaces, the apostrophe of didn't, a space before 's
LEFT_OUT = re.compile(r" +(?='(?:s|ll|re|ve|d|m)\b)|(?<= ) +|(?<=n)'(?=t)")


Row = tuple[int, int, int]  # a phrase, and how many words of it come before its anchor, at the least and at the most


class Candidate(NamedTuple):
    """A match of a phrase in a note: which phrase, which sentence, and where."""

    phrase: str
    sentence: int
    match: Match


class Phrasebook(dict[str, Phrase]):
    """Phrases by what was written, each compiled when first asked for. Safe to share between threads."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """Remember the lists of words that phrases may name."""
        super().__init__()
        self._words = words

    def __missing__(self, source: str) -> Phrase:
        """Return a phrase that was not asked for before. Raises `RuleError` when it cannot be read."""
        return self.setdefault(source, Phrase(source, self._words))


class Index:
    """Phrases that are looked for in every note, found in one pass. Safe to share between threads."""

    def __init__(self, anchors: Mapping[str, Anchors], phrases: Phrasebook) -> None:
        """Prepare the phrases that `anchors` says where to look for."""
        self._phrases = phrases
        self._sources = tuple(anchors)
        rows: dict[str, list[Row]] = defaultdict(list)
        for number, found in enumerate(anchors.values()):
            for stretch in found.stretches:
                rows[stretch.replace(" '", "'")].append((number, found.least, found.most))
        self._surfaces = list(rows)
        self._rows = list(rows.values()) or [[]]

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self._surfaces or ["\0"])  # which must hold something

    def find(self, document: Document, stretches: Iterable[Span] | None = None) -> Iterator[Candidate]:
        """Yield every match of every phrase in some stretches of a note, or in all of it, sentence by sentence.

        No stretch may part a sentence.
        """
        where = [Span(0, len(document.text))] if stretches is None else stretches
        for sentence, places in sorted(self._places(document, where).items()):
            words = document.words(sentence)
            for number, starts in sorted(self._starts(words, places).items()):
                source = self._sources[number]
                for match in self._phrases[source].find(words, sorted(starts)):
                    yield Candidate(source, sentence, match)

    def _places(self, document: Document, stretches: Iterable[Span]) -> dict[int, list[tuple[int, int]]]:
        """Return, for each sentence that has any, the anchors in it: where they begin, and which they are."""
        places: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for first, after in stretches:
            plain = Plain(document.text[first:after])
            text = plain.text
            for row, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
                if text[end : end + 1].isalnum() or (start and text[start - 1].isalnum() and text[start] != "'"):
                    continue  # within a longer word
                offset = first + plain.offset(start)
                sentence = document.sentence_index(offset)
                if sentence >= 0:
                    places[sentence].append((offset, row))
        return places

    def _starts(self, words: Sequence[Word], places: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
        """Return which phrases may begin with which words of a sentence that has anchors at `places`."""
        starts: dict[int, set[int]] = defaultdict(set)
        for offset, row in places:
            anchor = bisect_left(words, (offset,))
            if anchor == len(words) or words[anchor].start != offset:
                continue
            for number, least, most in self._rows[row]:
                first = self._phrases[self._sources[number]].first
                for at in range(max(0, anchor - most), anchor - least + 1):
                    if first is None or words[at].key in first:
                        starts[number].add(at)
        return starts


class Plain:
    """A text spelt as phrases know words, one space between them, and where its characters come from."""

    def __init__(self, text: str) -> None:
        """Take a text as it was written."""
        text = lowered(text)
        for join in JOINS:
            text = text.replace(join, " ")
        pieces, self._ends, self._lost = [], [0], [0]
        done = lost = 0
        for extra in LEFT_OUT.finditer(text):
            first, after = extra.span()
            pieces.append(text[done:first])
            lost += after - first
            self._ends.append(after - lost)
            self._lost.append(lost)
            done = after
        self.text = "".join((*pieces, text[done:]))

    def offset(self, place: int) -> int:
        """Return where the character at `place` stands in the text as it was written, in code points."""
        return place + self._lost[bisect_right(self._ends, place) - 1]
