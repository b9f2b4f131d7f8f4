"""Tier 2's parser: the one module that imports spaCy, on first use, for the sentences that guards ask about."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

# Entities and lemmas answer no guard's question and cost half of the time.
UNUSED = ["ner", "lemmatizer"]


class ModelError(RuntimeError):
    """The spaCy pipeline that the settings name cannot be loaded; the message says what to do."""


class Parser:
    """A spaCy pipeline, loaded when first asked. Safe to share between threads."""

    def __init__(self, model: str) -> None:
        """Remember which pipeline to load; `model` is the name of an installed package or a path."""
        self.model = model
        self._lock = threading.Lock()
        self._pipeline: Language | None = None

    def load(self) -> Language:
        """Return the pipeline. Raises `ModelError` when it is not installed."""
        with self._lock:
            if self._pipeline is None:
                import spacy

                try:
                    self._pipeline = spacy.load(self.model, exclude=UNUSED)
                except OSError as error:
                    raise ModelError(
                        f"The spaCy pipeline “{self.model}” is not installed. Install it, or name another as `model`."
                    ) from error
            return self._pipeline

    def parse(self, sentence: str) -> Doc:
        """Return the parsed sentence; offsets in it are those of `sentence`.

        White space of any kind becomes a plain space and capitals of a shouted sentence become small, which keeps
        offsets and helps a parser that was trained on edited text.
        """
        plain = "".join(" " if char.isspace() else char for char in sentence)
        if plain.isupper():
            plain = "".join(low if len(low := char.lower()) == 1 else char for char in plain)
        pipeline = self.load()
        with self._lock:
            return pipeline(plain)


def token_at(parsed: Doc, offset: int) -> Token | None:
    """Return the token of `parsed` that covers the code point `offset`."""
    for token in parsed:
        if token.idx <= offset < token.idx + len(token.text):
            return token
    return None
