"""Tier 1: one pass over the words of a note finds where in it which phrases could stand.

A phrase is tried only where its anchors are met: stretches of words of which every match has at least one. The anchors
of all phrases are one tree, which is followed word by word, so that more phrases cost next to nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from fsm_language.anchorbook import AnchorBook, rows
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


NOTHING: dict[str, Branch | str] = {}
NO_WORD = " "  # which begins nothing


class Tree(dict[str, dict[str, Branch | str]]):
    """The anchors of some phrases by their first two words, each grown when both are met. Safe to share.

    What has not grown is as it is written in the book; "" stands for no second word.
    """

    def __init__(self, phrases: Iterable[str], anchors: AnchorBook) -> None:
        """Prepare `phrases`, which are known by their numbers from here on."""
        super().__init__()
        lines = {phrase: str(line) for line, phrase in enumerate(anchors.lines)}
        self._numbers = {lines[phrase]: number for number, phrase in enumerate(phrases)}
        self._anchors = anchors

    def __missing__(self, word: str) -> dict[str, Branch | str]:
        """Return what begins with a word that was not met before."""
        if word not in self._anchors.beginnings:
            return NOTHING  # and not kept: there is no end to the words of notes
        return self.setdefault(word, {**self._anchors.seconds(word)})

    def _branch(self, word: str, second: str) -> Branch:
        """Return what begins with two words, or is the first of them alone. Raises `KeyError` where nothing is."""
        seconds = self[word]
        known = seconds[second]
        if isinstance(known, str):
            known = seconds[second] = self._grown(known)
        return known

    def _grown(self, written: str) -> Branch:
        whole = Branch([], {})
        for line, least, most, *further in rows(written):
            if (number := self._numbers.get(line)) is not None:
                branch = whole
                for key in further:
                    branch = branch.further.setdefault(key, Branch([], {}))
                branch.rows.append((number, int(least), int(most)))
        return whole

    def met(self, keys: Sequence[str]) -> Iterator[tuple[int, Row]]:
        """Yield every anchor that stands among the words of a sentence: where it begins, and what is known of it."""
        for at, (word, second) in enumerate(zip_longest(keys, keys[1:], fillvalue=NO_WORD)):
            seconds = self[word]
            if "" in seconds:
                for row in self._branch(word, "").rows:
                    yield at, row
            if second in seconds:
                branch: Branch | None = self._branch(word, second)
                after = at + 2
                while branch is not None:
                    for row in branch.rows:
                        yield at, row
                    branch = branch.further.get(keys[after]) if after < len(keys) else None
                    after += 1


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

    def __init__(self, sources: Iterable[str], anchors: AnchorBook, phrases: Phrasebook) -> None:
        """Prepare the phrases of `sources`, which `anchors` says where to look for."""
        self._sources = tuple(sources)
        self._tree = Tree(self._sources, anchors)
        self._phrases = phrases

    def find(self, document: Document, stretches: Iterable[Span] | None = None) -> Iterator[Candidate]:
        """Yield every match of every phrase in some stretches of a note, or in all of it, sentence by sentence.

        No stretch may part a sentence.
        """
        for sentence in range(len(document.sentences)) if stretches is None else _within(document, stretches):
            for number, places in sorted(self._starts(document.keys(sentence)).items()):
                source = self._sources[number]
                for match in self._phrases[source].find(document.words(sentence), sorted(places)):
                    yield Candidate(source, sentence, match)

    def _starts(self, keys: Sequence[str]) -> dict[int, set[int]]:
        """Return which phrases may begin with which words of a sentence."""
        starts: dict[int, set[int]] = defaultdict(set)
        for anchor, (number, least, most) in self._tree.met(keys):
            first = self._phrases[self._sources[number]].first
            for at in range(max(0, anchor - most), anchor - least + 1):
                if first is None or keys[at] in first:
                    starts[number].add(at)
        return starts


def _within(document: Document, stretches: Iterable[Span]) -> Iterator[int]:
    """Yield the sentences that lie in some stretches of a note, in order."""
    for start, end in stretches:
        yield from document.sentences_within(start, end)
