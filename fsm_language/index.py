"""Tier 1: one pass over the words of a note finds where in it which phrases could stand.

A phrase is tried only where its anchors are met: stretches of words of which every match has at least one. The anchors
of all phrases are one tree, which is followed word by word, so that more phrases cost next to nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from fsm_language.anchors import Anchors
from fsm_language.document import Document
from fsm_language.machine import Match, Phrase
from fsm_language.spans import Span

Row = tuple[int, int, int]  # a phrase, and how many words of it come before its anchor, at the least and at the most


class Candidate(NamedTuple):
    """A match of a phrase in a note: which phrase, which sentence, and where."""

    phrase: str
    sentence: int
    match: Match


class Branch(NamedTuple):
    """What anchors that begin with the same words come to: those that end here, and how others go on."""

    rows: list[Row]
    further: dict[str, Branch]


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
        beginnings: dict[str, list[tuple[str, Row]]] = defaultdict(list)
        for number, (stretches, least, most) in enumerate(anchors.values()):
            row = (number, least, most)
            for stretch in stretches:
                beginnings[stretch.partition(" ")[0]].append((stretch, row))
        self._beginnings = dict(beginnings)
        self._branches: dict[str, Branch] = {}  # by first word, each grown when it is first met

    def find(self, document: Document, stretches: Iterable[Span] | None = None) -> Iterator[Candidate]:
        """Yield every match of every phrase in some stretches of a note, or in all of it, sentence by sentence.

        No stretch may part a sentence.
        """
        for sentence in range(len(document.sentences)) if stretches is None else _within(document, stretches):
            starts = self._starts(document.keys(sentence))
            words = document.words(sentence)
            for number, places in sorted(starts.items()):
                source = self._sources[number]
                for match in self._phrases[source].find(words, sorted(places)):
                    yield Candidate(source, sentence, match)

    def _starts(self, keys: Sequence[str]) -> dict[int, set[int]]:
        """Return which phrases may begin with which words of a sentence."""
        starts: dict[int, set[int]] = defaultdict(set)
        branches, beginnings = self._branches, self._beginnings
        for anchor, key in enumerate(keys):
            if key not in beginnings:
                continue
            branch: Branch | None = branches.get(key)
            if branch is None:
                branch = self._grown(key)
            after = anchor + 1
            while branch is not None:
                for number, least, most in branch.rows:
                    first = self._phrases[self._sources[number]].first
                    for at in range(max(0, anchor - most), anchor - least + 1):
                        if first is None or keys[at] in first:
                            starts[number].add(at)
                branch = branch.further.get(keys[after]) if after < len(keys) else None
                after += 1
        return starts

    def _grown(self, word: str) -> Branch:
        """Return the tree of the anchors that begin with `word`."""
        whole = Branch([], {})
        for stretch, row in self._beginnings[word]:
            branch = whole
            for further in stretch.split(" ")[1:]:
                branch = branch.further.setdefault(further, Branch([], {}))
            branch.rows.append(row)
        return self._branches.setdefault(word, whole)


def _within(document: Document, stretches: Iterable[Span]) -> Iterator[int]:
    """Yield the sentences that lie in some stretches of a note, in order."""
    for start, end in stretches:
        yield from document.sentences_within(start, end)
