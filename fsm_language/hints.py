"""From the chances of words to hints: which words of a sentence may be worth a second thought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fsm_language.frequency import RANK
from fsm_language.words import Word, words_of

if TYPE_CHECKING:
    import numpy as np

    from fsm_language.wordpieces import Stretch

CATEGORIES = ("blaming", "judgemental", "jargon", "acronym")
# the first column is "nothing to say"; then, for each category, the first word of a stretch and the others
COLUMNS = 1 + 2 * len(CATEGORIES)
LEAST = 0.3  # a word less likely than this to be part of something ends a stretch
SURE = 0.5
COMMON = 150  # of the commonest words, these by themselves say nothing
LONGEST = 14  # words; a longer stretch would point at nothing
# words that a phrase does not begin or end with
NOT_FIRST = frozenset("and but or so that then than because as if".split())
NOT_LAST = frozenset(
    "and but or of with from the a an as that which who because if than his their my our your is was are were".split()
)


class Hint(NamedTuple):
    """Words of a note that may be worth a second thought, in code points, and how sure the model is (0 to 1).

    `first` and `after` say which words of the sentence they are, half open.
    """

    start: int
    end: int
    category: str
    confidence: float
    first: int
    after: int


def hints(sentence: str, stretch: Stretch, chances: np.ndarray) -> Iterator[Hint]:
    """Yield what the chances of the words and marks of a stretch come to; offsets are those of the sentence."""
    something = 1 - chances[:, 0]
    for first, last in _runs(something, chances[:, 1::2].sum(axis=1) > chances[:, 2::2].sum(axis=1)):
        tokens = [at for at in range(first, last) if sentence[stretch.tokens[at].start].isalnum()]
        if not tokens:
            continue
        inside = slice(tokens[0], tokens[-1] + 1)
        confidence = float(something[inside].mean())
        if confidence < SURE:
            continue
        kinds = (chances[inside, 1::2] + chances[inside, 2::2]).sum(axis=0)
        category = CATEGORIES[int(kinds.argmax())]
        words = words_of(sentence)
        if meant := _meant(words, stretch.tokens[tokens[0]].start, stretch.tokens[tokens[-1]].end):
            start, end = words[meant[0]].start, words[meant[-1]].end
            yield Hint(start, end, category, confidence, meant[0], meant[-1] + 1)


def _meant(words: Sequence[Word], start: int, end: int) -> Sequence[int]:
    """Return which words between two places are meant, small ones at the ends apart; none if nobody would see it."""
    inside = [at for at, word in enumerate(words) if word.start < end and start < word.end]
    while inside and words[inside[0]].key in NOT_FIRST:
        inside.pop(0)
    while inside and words[inside[-1]].key in NOT_LAST:
        inside.pop()
    telling = any(RANK.get(words[at].key, COMMON) >= COMMON for at in inside)
    return inside if telling and len(inside) <= LONGEST else ()


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
