"""Tier 3: a small learned model that sees blaming, judging and insider wording which no phrase list holds.

A gate first tells which sentences are worth a closer look; the encoder reads those and gives every word a chance of
each kind of wording. Weights were trained on the marked notes of `benchmarks/notes` by `benchmarks/train_tone.py`,
from the word pieces and lower layers of a small English model (see `tone-notice.md`). The same note always gives the
same hints, and no thread waits for another once the weights are read.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fsm_language.wordpieces import Stretch

if TYPE_CHECKING:
    import numpy as np

    from fsm_language.document import Document, Span

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

    def promising(self, stretches: Sequence[Stretch]) -> list[Stretch]:
        """Return the stretches that may hold something, in their order."""
        import numpy as np

        from fsm_language.encoder import promise

        if not stretches:
            return []
        pieces = np.array([piece for stretch in stretches for piece in stretch.pieces])
        starts = np.cumsum([0, *(len(stretch.pieces) for stretch in stretches[:-1])])
        promises = promise(np, self._weights, self._embedded("gate.pieces", pieces))
        scores = np.maximum.reduceat(promises, starts)
        most = min(MOST, ALWAYS + len(stretches) // SHARE)
        best = np.sort(np.argsort(-scores, kind="stable")[:most])
        return [stretches[at] for at in best if scores[at] >= PROMISING]

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

    def hints(self, document: Document) -> tuple[Hint, ...]:
        """Return the stretches of the note that the model takes for something, in their order."""
        prose = [
            span
            for at, span in enumerate(document.sentences)
            if len(document.words(at)) <= LONGEST_SENTENCE and document.block_at(span.start).kind != "heading"
        ]
        if not prose:
            return ()
        model = self.load()
        read = [stretch for sentence in prose for stretch in model.pieces.stretches(document.text, *sentence)]
        chosen = model.promising(read)
        chances = model.chances([Reading(stretch, range(len(stretch.tokens))) for stretch in chosen])
        found = (_hints(document.text, stretch, each) for stretch, each in zip(chosen, chances, strict=True))
        return tuple(sorted(chain.from_iterable(found)))

    def likelihoods(self, text: str, asked: Mapping[Span, Collection[Span]]) -> dict[Span, float]:
        """Return how likely (0 to 1) it is that words are part of something; `asked` are words by their sentences.

        What is no word of its sentence is as likely as can be.
        """
        model = self.load()
        readings = [
            (words, Reading(stretch, tokens))
            for sentence, words in asked.items()
            for stretch in model.pieces.stretches(text, *sentence)
            if (tokens := [at for at, token in enumerate(stretch.tokens) if any(_meet(token, each) for each in words)])
        ]
        likely: dict[Span, float] = {}
        chances = model.chances([reading for _, reading in readings])
        for (words, (stretch, inside)), found in zip(readings, chances, strict=True):
            for at, chance in zip(inside, found[:, 0], strict=True):
                for each in words:
                    if _meet(stretch.tokens[at], each):
                        likely[each] = max(likely.get(each, 0.0), 1 - float(chance))
        return {each: likely.get(each, 1.0) for words in asked.values() for each in words}


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
