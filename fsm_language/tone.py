"""Tier 3: a small learned model that sees blaming, judging and insider wording which no phrase list holds.

A gate first tells which sentences are worth a closer look; the encoder reads those and gives every word a chance of
each kind of wording. Weights were trained on the marked notes of `benchmarks/notes` by `benchmarks/train_tone.py`,
from the word pieces and lower layers of a small English model (see `tone-notice.md`). The same note always gives the
same hints, and no thread waits for another once the weights are read.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fsm_language.hints import Hint, hints
from fsm_language.kept import Kept
from fsm_language.learned import Model
from fsm_language.spans import Span, Spans
from fsm_language.waiting import Wanted, Work
from fsm_language.wordpieces import Stretch

if TYPE_CHECKING:
    import numpy as np

    from fsm_language.document import Document, Passage

WEIGHTS = Path(__file__).parent / "tone.npz"
PROMISING = -2.0  # log odds below which a sentence gets no closer look
ALWAYS, SHARE, MOST = 8, 8, 500  # how many stretches of a note get a closer look: so many and an eighth more
LONGEST_SENTENCE = 14  # words; in longer ones, most of them formal prose, it pointed at much that was right
NONE = Spans()

Piece = tuple[str, int]  # a stretch: its sentence, and where in that it starts
Words = tuple[str, Span]  # words of a sentence, with offsets from its start


class Glance(NamedTuple):
    """A stretch with offsets from the start of its `sentence`, wherever in a note that stands.

    `promising` are its words and marks beside which there may be something, with the log odds, the highest first.
    """

    sentence: str
    stretch: Stretch
    promising: tuple[tuple[float, Span], ...]

    @property
    def piece(self) -> Piece:
        """What names it."""
        return self.sentence, self.stretch.tokens[0].start

    def promise(self, start: int, aside: Spans) -> float:
        """Return the highest log odds of words that are not `aside` in a note where the sentence begins at `start`."""
        for promise, (first, after) in self.promising:
            if not aside.meet(start + first, start + after):
                return promise
        return -inf


class Glanced(NamedTuple):
    """A passage: its `sentences` with their stretches, how many these have, and where in it the `promising` begin."""

    sentences: Mapping[str, tuple[Glance, ...]]
    stretches: int
    promising: tuple[tuple[int, Glance], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model has made of a note's sentences, of the stretches that it read, and of words asked about.

    A stretch is read once, whether for `hints` or for words that guards ask about.
    """

    glances: Kept[str, tuple[Glance, ...]] = field(default_factory=Kept)
    chances: Kept[Piece, np.ndarray] = field(default_factory=Kept)
    hints: Kept[Piece, tuple[Hint, ...]] = field(default_factory=Kept)
    likely: Kept[Words, float] = field(default_factory=Kept)

    def next(self) -> Seen:
        """Return it as the next check of the note begins with it."""
        return Seen(*(Kept(kept.now) for kept in (self.glances, self.chances, self.hints, self.likely)))


class Tone:
    """The model, read when first asked. Safe to share between threads."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """Remember where the weights are."""
        self._path = weights
        self._lock = threading.Lock()
        self._model: Model | None = None

    def load(self) -> Model:
        """Return the model with its weights."""
        with self._lock:
            if self._model is None:
                self._model = Model(self._path)
            return self._model

    def hints(self, document: Document, seen: Seen | None = None, aside: Spans = NONE) -> Work[tuple[Hint, ...]]:
        """Return the stretches of the note that the model takes for something, in their order.

        `seen` is what it made of the note's sentences before; what it makes of them now is added there. A sentence in
        which only words that are `aside` promise anything gets no closer look.
        """
        seen = seen or Seen()
        passages = self._by_passage(document, seen)
        glances = [(start + at, glance) for start, passage in passages for at, glance in passage.promising]
        promises = [glance.promise(start, aside) for start, glance in glances]
        chosen = [glances[at] for at in _most_promising(promises, sum(passage.stretches for _, passage in passages))]
        yield from self._look([glance for _, glance in chosen], seen)
        return tuple(
            sorted(
                hint._replace(start=start + hint.start, end=start + hint.end)
                for start, glance in chosen
                for hint in seen.hints.get(glance.piece) or ()
            )
        )

    def _by_passage(self, document: Document, seen: Seen) -> list[tuple[int, Glanced]]:
        """Return where each passage starts and what the gate made of it; those that have stayed keep theirs."""
        new = {
            passage.text: _prose(document, passage) for passage in document.passages if _glanced not in passage.known
        }
        self._glance(document, {sentence: at for prose in new.values() for _, at, sentence in prose}, seen)
        for _, text, known in document.passages:
            if text in new:
                known[_glanced] = _glanced(new[text], seen)
            seen.glances.now.update(known[_glanced].sentences)
        return [(start, known[_glanced]) for start, _, known in document.passages]

    def _glance(self, document: Document, sentences: Mapping[str, int], seen: Seen) -> None:
        """Have the gate look at the sentences of the note, by their text, that it has not seen."""
        stretches: dict[str, tuple[Stretch, ...]] = {}
        for sentence, at in sentences.items():
            if seen.glances.get(sentence) is None:
                short = len(document.keys(at)) <= LONGEST_SENTENCE
                stretches[sentence] = tuple(self.load().pieces.stretches(sentence, 0, len(sentence))) if short else ()
        every = [*chain.from_iterable(stretches.values())]
        promises = iter(self.load().promises(every) if every else ())
        for sentence, own in stretches.items():
            seen.glances[sentence] = tuple(Glance(sentence, each, _promising(each, next(promises))) for each in own)

    def _look(self, glances: Iterable[Glance], seen: Seen) -> Work[None]:
        """Have a closer look at the stretches that have not had one."""
        new = {glance.piece: glance for glance in glances if seen.hints.get(glance.piece) is None}
        yield from self._read({piece: glance.stretch for piece, glance in new.items()}, seen)
        for piece, glance in new.items():
            seen.hints[piece] = tuple(hints(glance.sentence, glance.stretch, seen.chances.now[piece]))

    def _read(self, stretches: Mapping[Piece, Stretch], seen: Seen) -> Work[None]:
        """Have the encoder read the stretches that it has not read."""
        new = {piece: stretch for piece, stretch in stretches.items() if seen.chances.get(piece) is None}
        if new:
            chances = yield Wanted(self.load().chances, [*new.values()])
            seen.chances.now.update(zip(new, chances, strict=True))

    def likelihoods(self, asked: Mapping[str, Collection[Span]], seen: Seen) -> Work[dict[Words, float]]:
        """Return how likely (0 to 1) it is that words are part of something; `asked` are words by their sentences.

        Offsets count from the start of the sentence. What is no word of its sentence is as likely as can be. Stretches
        that have been `seen` are not read again; those that are read now are added there.
        """
        pieces = self.load().pieces
        stretches = {
            (sentence, stretch.tokens[0].start): stretch
            for sentence, words in asked.items()
            for stretch in pieces.stretches(sentence, 0, len(sentence))
            if any(_meet(token, each) for token in stretch.tokens for each in words)
        }
        yield from self._read(stretches, seen)
        likely = {(sentence, each): -inf for sentence, words in asked.items() for each in words}
        for (sentence, start), stretch in stretches.items():
            nothing = seen.chances.now[sentence, start][:, 0].tolist()
            for token, chance in zip(stretch.tokens, nothing, strict=True):
                for each in asked[sentence]:
                    if _meet(token, each):
                        likely[sentence, each] = max(likely[sentence, each], 1 - chance)
        return {words: 1.0 if chance == -inf else chance for words, chance in likely.items()}


def _prose(document: Document, passage: Passage) -> list[tuple[int, int, str]]:
    """Return where in a passage its sentences begin, headings apart, which of the note they are, and their text."""
    inside = document.sentences_within(passage.start, passage.start + len(passage.text))
    return [
        (span.start - passage.start, at, document.text[span.start : span.end])
        for at in inside
        for span in [document.sentences[at]]
        if document.block_at(span.start).kind != "heading"
    ]


def _glanced(prose: Iterable[tuple[int, int, str]], seen: Seen) -> Glanced:
    """Return what the gate has made of the sentences of a passage."""
    every = [(start, glance) for start, _, sentence in prose for glance in seen.glances.now[sentence]]
    sentences = {sentence: seen.glances.now[sentence] for *_, sentence in prose}
    return Glanced(sentences, len(every), tuple(each for each in every if each[1].promising))


def _promising(stretch: Stretch, promises: Sequence[float]) -> tuple[tuple[float, Span], ...]:
    beside = zip(promises, stretch.tokens, strict=True)
    return tuple(sorted((each for each in beside if each[0] >= PROMISING), reverse=True))


def _most_promising(promises: Sequence[float], stretches: int) -> list[int]:
    """Return the places of those that get a closer look, in order; `stretches` is how many the note has.

    Of equals, the first are chosen.
    """
    most = min(MOST, ALWAYS + stretches // SHARE)
    best = sorted(range(len(promises)), key=lambda at: -promises[at])[:most]
    return sorted(at for at in best if promises[at] >= PROMISING)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
