"""Tier 3: a small learned model that sees blaming, judging and insider wording which no phrase list holds.

A gate first tells which sentences are worth a closer look; the encoder reads those and gives every word a chance of
each kind of wording. Weights were trained on the marked notes of `benchmarks/notes` by `benchmarks/train_tone.py`,
from the word pieces and lower layers of a small English model (see `tone-notice.md`). The same note always gives the
same hints, and no thread waits for another once the weights are read.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, islice
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fsm_language.kept import Kept
from fsm_language.spans import Span, Spans
from fsm_language.wordpieces import Stretch

if TYPE_CHECKING:
    import numpy as np

    from fsm_language.document import Document

CATEGORIES = ("blaming", "judgemental", "jargon", "acronym")
# the first column is "nothing to say"; then, for each category, the first word of a stretch and the others
COLUMNS = 1 + 2 * len(CATEGORIES)
WEIGHTS = Path(__file__).parent / "tone.npz"
LEAST = 0.3  # a word less likely than this to be part of something ends a stretch
SURE = 0.5
PROMISING = -2.0  # log odds below which a sentence gets no closer look
ALWAYS, SHARE, MOST = 8, 8, 500  # how many stretches of a note get a closer look: so many and an eighth more
LONGEST_SENTENCE = 14  # words; in longer ones, most of them formal prose, it pointed at much that was right
TOGETHER = 24  # stretches that are read at once
NONE = Spans()


Piece = tuple[str, int]
Words = tuple[str, "Span"]  # words of a sentence, with offsets from its start


class Hint(NamedTuple):
    """A stretch of a note that may be worth a second thought, in code points, and how sure the model is (0 to 1)."""

    start: int
    end: int
    category: str
    confidence: float


class Reading(NamedTuple):
    """A stretch to be read, and which of its words and marks are asked about."""

    stretch: Stretch
    tokens: Sequence[int]


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


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model has made of a note's sentences, of the stretches that it read, and of words asked about."""

    glances: Kept[str, tuple[Glance, ...]] = field(default_factory=Kept)
    hints: Kept[Piece, tuple[Hint, ...]] = field(default_factory=Kept)
    likely: Kept[Words, float] = field(default_factory=Kept)

    def next(self) -> Seen:
        """Return it as the next check of the note begins with it."""
        return Seen(Kept(self.glances.now), Kept(self.hints.now), Kept(self.likely.now))


class Model:
    """Vocabulary and weights. Nothing of them changes once they are read."""

    def __init__(self, path: Path) -> None:
        """Read the weights in `path`. Raises `OSError` or `ValueError`."""
        from fsm_language.weights import UNIT, floats, read

        self.pieces, arrays = read(path)
        # of the tables of pieces only the rows that a note needs are made floats
        self._tables = {name: (arrays.pop(name), arrays.pop(name + UNIT)) for name in ("pieces", "gate.pieces")}
        self._weights = floats(arrays)

    def _embedded(self, table: str, numbers: np.ndarray) -> np.ndarray:
        counts, units = self._tables[table]
        vectors: np.ndarray = counts[numbers] * units[numbers]
        return vectors

    def promises(self, stretches: Sequence[Stretch]) -> Iterator[tuple[float, ...]]:
        """Yield, for each stretch, the log odds that there is something at its words and marks, wherever it stands."""
        import numpy as np

        from fsm_language.encoder import promise

        # every stretch lies between the closing piece of one and the opening piece of another
        closing, opening = stretches[0].pieces[-1], stretches[0].pieces[0]
        pieces = np.array([closing, *(piece for stretch in stretches for piece in stretch.pieces), opening])
        lengths = accumulate((len(stretch.pieces) for stretch in stretches), initial=0)
        # the opening piece counts as the first word's, the closing one as the last's
        starts = [
            at + first for at, stretch in zip(lengths, stretches, strict=False) for first in (0, *stretch.firsts[1:])
        ]
        found = promise(np, self._weights, self._embedded("gate.pieces", pieces))[1:-1]
        promises = iter(np.maximum.reduceat(found, starts).tolist())
        for stretch in stretches:
            yield tuple(islice(promises, len(stretch.tokens)))

    def chances(self, readings: Sequence[Reading]) -> list[np.ndarray]:
        """Return, for each reading, the chance of each column for each of the words and marks asked about."""
        chances: list[np.ndarray] = [None] * len(readings)  # type: ignore[list-item]  # each is filled below
        by_length = sorted(range(len(readings)), key=lambda at: len(readings[at].stretch.pieces))
        for first in range(0, len(by_length), TOGETHER):
            group = by_length[first : first + TOGETHER]
            for at, found in zip(group, self._chances([readings[at] for at in group]), strict=True):
                chances[at] = found
        return chances

    def _chances(self, readings: Sequence[Reading]) -> Iterator[np.ndarray]:
        import numpy as np

        from fsm_language.encoder import Sentences, chances, encode

        pieces, shapes = (_rows([getattr(each.stretch, name) for each in readings]) for name in ("pieces", "shapes"))
        present = (_rows([[1] * len(each.stretch.pieces) for each in readings])).astype(np.float32)
        wanted = _rows([[each.stretch.firsts[token] for token in each.tokens] for each in readings])
        embedded = self._embedded("pieces", pieces) + self._weights["shapes"][shapes]
        found = chances(np, self._weights, encode(np, self._weights, Sentences(embedded, present, wanted)))
        for row, each in enumerate(readings):
            yield found[row, : len(each.tokens)]


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

    def hints(self, document: Document, seen: Seen | None = None, aside: Spans = NONE) -> tuple[Hint, ...]:
        """Return the stretches of the note that the model takes for something, in their order.

        `seen` is what it made of the note's sentences before; what it makes of them now is added there. A sentence in
        which only words that are `aside` promise anything gets no closer look.
        """
        seen = seen or Seen()
        text = document.text
        prose = [
            (at, span.start, text[span.start : span.end])
            for block in document.blocks
            if block.kind != "heading"
            for at in document.sentences_within(block.start, block.end)
            for span in [document.sentences[at]]
        ]
        self._glance(document, {sentence: at for at, _, sentence in prose}, seen)
        glances = [(start, glance) for _, start, sentence in prose for glance in seen.glances.get(sentence) or ()]
        promises = [glance.promise(start, aside) for start, glance in glances]
        chosen = [glances[at] for at in _most_promising(promises)]
        self._read([glance for _, glance in chosen], seen)
        return tuple(
            sorted(
                hint._replace(start=start + hint.start, end=start + hint.end)
                for start, glance in chosen
                for hint in seen.hints.get(glance.piece) or ()
            )
        )

    def _glance(self, document: Document, sentences: Mapping[str, int], seen: Seen) -> None:
        """Have the gate look at the sentences of the note, by their text, that it has not seen."""
        stretches: dict[str, tuple[Stretch, ...]] = {}
        for sentence, at in sentences.items():
            if seen.glances.get(sentence) is None:
                short = len(document.words(at)) <= LONGEST_SENTENCE
                stretches[sentence] = tuple(self.load().pieces.stretches(sentence, 0, len(sentence))) if short else ()
        every = [*chain.from_iterable(stretches.values())]
        promises = iter(self.load().promises(every) if every else ())
        for sentence, own in stretches.items():
            seen.glances[sentence] = tuple(Glance(sentence, each, _promising(each, next(promises))) for each in own)

    def _read(self, glances: Iterable[Glance], seen: Seen) -> None:
        """Have the encoder read the stretches that it has not read."""
        new = [*{glance.piece: glance for glance in glances if seen.hints.get(glance.piece) is None}.values()]
        readings = [Reading(glance.stretch, range(len(glance.stretch.tokens))) for glance in new]
        for glance, chances in zip(new, self.load().chances(readings) if readings else (), strict=True):
            seen.hints[glance.piece] = tuple(_hints(glance.sentence, glance.stretch, chances))

    def likelihoods(self, asked: Mapping[str, Collection[Span]]) -> dict[Words, float]:
        """Return how likely (0 to 1) it is that words are part of something; `asked` are words by their sentences.

        Offsets count from the start of the sentence. What is no word of its sentence is as likely as can be.
        """
        model = self.load()
        readings = [
            (sentence, words, Reading(stretch, tokens))
            for sentence, words in asked.items()
            for stretch in model.pieces.stretches(sentence, 0, len(sentence))
            if (tokens := [at for at, token in enumerate(stretch.tokens) if any(_meet(token, each) for each in words)])
        ]
        likely: dict[Words, float] = {}
        chances = model.chances([reading for *_, reading in readings])
        for (sentence, words, (stretch, inside)), found in zip(readings, chances, strict=True):
            for at, chance in zip(inside, found[:, 0], strict=True):
                for each in words:
                    if _meet(stretch.tokens[at], each):
                        likely[sentence, each] = max(likely.get((sentence, each), 0.0), 1 - float(chance))
        return {
            (sentence, each): likely.get((sentence, each), 1.0) for sentence, words in asked.items() for each in words
        }


def _promising(stretch: Stretch, promises: Sequence[float]) -> tuple[tuple[float, Span], ...]:
    beside = zip(promises, stretch.tokens, strict=True)
    return tuple(sorted((each for each in beside if each[0] >= PROMISING), reverse=True))


def _most_promising(promises: Sequence[float]) -> list[int]:
    """Return the places of those that get a closer look, in order; of equals, the first."""
    most = min(MOST, ALWAYS + len(promises) // SHARE)
    best = sorted(range(len(promises)), key=lambda at: -promises[at])[:most]
    return sorted(at for at in best if promises[at] >= PROMISING)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _rows(values: Sequence[Sequence[int]]) -> np.ndarray:
    """Return lists as the rows of a table, filled up with noughts."""
    import numpy as np

    rows = np.zeros((len(values), max(map(len, values))), dtype=np.intp)
    for row, each in zip(rows, values, strict=True):
        row[: len(each)] = each
    return rows


def _hints(text: str, stretch: Stretch, chances: np.ndarray) -> Iterator[Hint]:
    something = 1 - chances[:, 0]
    for first, last in _runs(something, chances[:, 1::2].sum(axis=1) > chances[:, 2::2].sum(axis=1)):
        words = [at for at in range(first, last) if text[stretch.tokens[at].start].isalnum()]
        if not words:
            continue
        inside = slice(words[0], words[-1] + 1)
        confidence = float(something[inside].mean())
        if confidence >= SURE:
            kinds = (chances[inside, 1::2] + chances[inside, 2::2]).sum(axis=0)
            start, end = stretch.tokens[words[0]].start, stretch.tokens[words[-1]].end
            yield Hint(start, end, CATEGORIES[int(kinds.argmax())], confidence)


def _runs(something: np.ndarray, begins: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield where words that may be part of something run on, half open; one that begins a stretch begins a run."""
    first: int | None = None
    for at, chance in enumerate(something):
        likely = chance >= LEAST
        if first is not None and (not likely or begins[at]):
            yield first, at
            first = None
        if likely and first is None:
            first = at
    if first is not None:
        yield first, len(something)
