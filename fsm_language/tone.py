"""Tier 3: a small learned model that sees blaming, judging and insider wording which no phrase list holds.

It gives every token a probability of each kind of wording: hashed word features and a convolutional encoder
(spaCy's HashEmbedCNN; M. Honnibal and I. Montani, "Embed, encode, attend, predict", 2016) under a softmax. It was
trained from scratch on the marked notes of `benchmarks/notes` by `benchmarks/train_tone.py`, and it is deterministic.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from spacy.tokens import Doc
    from thinc.api import Model

    from fsm_language.document import Document

CATEGORIES = ("blaming", "judgemental", "jargon", "acronym")
# the first column is "nothing to say"; then, for each category, the first token of a stretch and the others
COLUMNS = 1 + 2 * len(CATEGORIES)
WIDTH = 96
DEPTH = 4
ROWS = 2000
WEIGHTS = Path(__file__).parent / "tone.bin"
LEAST = 0.3  # a token less likely than this to be part of something ends a stretch
SURE = 0.5


class Hint(NamedTuple):
    """A stretch of a note that may be worth a second thought, in code points, and how sure the model is (0 to 1)."""

    start: int
    end: int
    category: str
    confidence: float


def architecture() -> Model[list[Doc], list[np.ndarray]]:
    """Return the model, its weights not yet set."""
    from spacy.ml.models.tok2vec import build_hash_embed_cnn_tok2vec
    from thinc.api import Softmax, chain, with_array

    encoder = build_hash_embed_cnn_tok2vec(
        width=WIDTH,
        depth=DEPTH,
        embed_size=ROWS,
        window_size=1,
        maxout_pieces=3,
        subword_features=True,
        pretrained_vectors=None,
    )
    return chain(encoder, with_array(Softmax(COLUMNS, WIDTH)))


class Tone:
    """The model, loaded when first asked. Safe to share between threads."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """Remember where the weights are."""
        self._weights = weights
        self._lock = threading.Lock()
        self._model: Model[list[Doc], list[np.ndarray]] | None = None

    def load(self) -> Model[list[Doc], list[np.ndarray]]:
        """Return the model with its weights."""
        with self._lock:
            if self._model is None:
                model = architecture()
                model.initialize(X=tokens(["One note."]))
                self._model = model.from_bytes(self._weights.read_bytes())
            return self._model

    def hints(self, document: Document, least: float = SURE) -> Iterator[Hint]:
        """Yield the stretches of the note of which the model is at least so sure (0 to 1)."""
        starts = [start for start, _ in document.sentences]
        parsed = tokens([document.text[start:end] for start, end in document.sentences])
        if parsed:
            for start, doc, chances in zip(starts, parsed, self.load().predict(parsed), strict=True):
                yield from _stretches(doc, chances, start, least)


_TOKENIZER = threading.local()


def tokens(sentences: Sequence[str]) -> list[Doc]:
    """Return the sentences as the model reads them: tokens, and white space of any kind as a plain space."""
    import spacy

    tokenizer = getattr(_TOKENIZER, "value", None)
    if tokenizer is None:
        tokenizer = _TOKENIZER.value = spacy.blank("en").tokenizer
    return [tokenizer("".join(" " if char.isspace() else char for char in sentence)) for sentence in sentences]


def _stretches(doc: Doc, chances: np.ndarray, offset: int, least: float) -> Iterator[Hint]:
    something = 1 - chances[:, 0]
    begins = chances[:, 1::2].sum(axis=1) > chances[:, 2::2].sum(axis=1)
    number = 0
    marked = []
    for at in range(len(doc)):
        if something[at] < LEAST or begins[at]:
            number += 1
        marked.append((number, at))
    for _, group in groupby(marked, key=lambda pair: pair[0]):
        places = [at for _, at in group if something[at] >= LEAST]
        if not places:
            continue
        first, last = _without_marks(doc, places[0], places[-1] + 1)
        if first == last:
            continue
        confidence = float(something[first:last].mean())
        if confidence >= least:
            kinds = (chances[first:last, 1::2] + chances[first:last, 2::2]).sum(axis=0)
            category = CATEGORIES[int(kinds.argmax())]
            yield Hint(offset + doc[first].idx, offset + doc[last - 1].idx + len(doc[last - 1]), category, confidence)


def _without_marks(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Return a stretch of tokens without the punctuation at its ends."""
    while first < last and not any(map(str.isalnum, doc[first].text)):
        first += 1
    while first < last and not any(map(str.isalnum, doc[last - 1].text)):
        last -= 1
    return first, last
