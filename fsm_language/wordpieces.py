"""Text as the learned tier reads it: words and marks, and the pieces of words that its vocabulary holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fsm_language.spans import Span

TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
LONGEST_WORD = 48  # letters; what is longer is no word
MOST_PIECES = 8  # of one word
LONGEST = 94  # pieces; a longer sentence is read in stretches
UNKNOWN, OPENING, CLOSING = "[UNK]", "[CLS]", "[SEP]"
SHAPES = 5


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence, or as much of a long one as is read at once.

    `pieces` are numbers of the vocabulary between an opening and a closing one, `shapes` says how each is written,
    `tokens` are the words and marks in code points of the text, and `firsts` the place of each one's first piece.
    """

    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    tokens: tuple[Span, ...]
    firsts: tuple[int, ...]


class Wordpieces:
    """A vocabulary of words and pieces of words; a piece that does not begin a word is written with `##`.

    The longest piece comes first, as in Y. Wu and others, "Google's Neural Machine Translation System", 2016.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Number the pieces in their order."""
        self.vocabulary = tuple(vocabulary)
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._opening, self._closing = self._numbers[OPENING], self._numbers[CLOSING]
        self.unknown = self._numbers[UNKNOWN]

    def of_word(self, word: str) -> tuple[int, ...]:
        """Return the pieces of a word in small letters."""
        whole = self._numbers.get(word)
        if whole is not None:
            return (whole,)
        if len(word) > LONGEST_WORD:
            return (self.unknown,)
        pieces: list[int] = []
        at = 0
        while at < len(word):
            before = "##" if at else ""
            ends = range(len(word), at, -1)
            found = next(
                ((n, end) for end in ends if (n := self._numbers.get(before + word[at:end])) is not None), None
            )
            if found is None:
                return (self.unknown,)
            pieces.append(found[0])
            at = found[1]
        return tuple(pieces[:MOST_PIECES])

    def stretches(self, text: str, start: int, end: int) -> Iterator[Stretch]:
        """Yield the sentence `text[start:end]`, a long one in stretches."""
        pieces, shapes, firsts = [self._opening], [0], list[int]()
        tokens: list[Span] = []
        for found in TOKEN.finditer(text, start, end):
            word = found[0]
            of_word = self.of_word(word.lower())
            if len(pieces) + len(of_word) > LONGEST:
                yield Stretch((*pieces, self._closing), (*shapes, 0), tuple(tokens), tuple(firsts))
                pieces, shapes, firsts, tokens = [self._opening], [0], [], []
            firsts.append(len(pieces))
            tokens.append(Span(*found.span()))
            pieces += of_word
            shapes += [shape(word)] * len(of_word)
        if tokens:
            yield Stretch((*pieces, self._closing), (*shapes, 0), tuple(tokens), tuple(firsts))


def shape(word: str) -> int:
    """Return how a word is written: 1 small letters, 2 capitals, 3 one capital, 4 a capital first, 0 otherwise."""
    if word.islower():
        return 1
    if word.isupper():
        return 2 if len(word) > 1 else 3
    return 4 if word[:1].isupper() else 0
