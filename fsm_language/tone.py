"""Tier 3: a small learned model that sees blaming, judging and insider wording which no phrase list holds.

A gate first tells which sentences are worth a closer look; the encoder reads those and gives every word a chance of
each kind of wording. Weights were trained on the marked notes of `benchmarks/notes` by `benchmarks/train_tone.py`,
from the word pieces and lower layers of a small English model (see `tone-notice.md`). The same note always gives the
same hints, and no thread waits for another once the weights are read.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
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

    def chances(self, stretches: Sequence[Stretch]) -> Iterator[np.ndarray]:
        """Yield, for each stretch, the chance of each column for each of its words and marks."""
        import numpy as np

        from fsm_language.encoder import chances, encode

        longest = max(len(stretch.pieces) for stretch in stretches)
        pieces, shapes = (np.zeros((len(stretches), longest), dtype=np.intp) for _ in range(2))
        present = np.zeros(pieces.shape, dtype=np.float32)
        for row, stretch in enumerate(stretches):
            length = len(stretch.pieces)
            pieces[row, :length], shapes[row, :length], present[row, :length] = stretch.pieces, stretch.shapes, 1
        embedded = self._embedded("pieces", pieces) + self._weights["shapes"][shapes]
        read = encode(np, self._weights, embedded, present)
        for row, stretch in enumerate(stretches):
            yield chances(np, self._weights, read[row, list(stretch.firsts)])


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
        chosen = sorted(model.promising(read), key=lambda stretch: len(stretch.pieces))
        found: list[Hint] = []
        for first in range(0, len(chosen), TOGETHER):
            group = chosen[first : first + TOGETHER]
            for stretch, chances in zip(group, model.chances(group), strict=True):
                found += _hints(document.text, stretch, chances)
        return tuple(sorted(found))

    def chances(self, text: str, sentence: Span) -> tuple[tuple[Span, float], ...]:
        """Return each word and mark of a sentence with the chance (0 to 1) that it is part of something."""
        model = self.load()
        stretches = list(model.pieces.stretches(text, *sentence))
        read = zip(stretches, model.chances(stretches), strict=True) if stretches else ()
        return tuple(
            (token, 1 - float(chance))
            for stretch, chances in read
            for token, chance in zip(stretch.tokens, chances[:, 0], strict=True)
        )


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
