"""Figures about a note: how long it is, and how old a reader must be to follow it. Worked out when first asked for."""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, lru_cache
from importlib import import_module
from itertools import chain
from types import ModuleType
from typing import NamedTuple, Protocol, cast

from fsm_language.document import Document
from fsm_language.spans import Span

WORD = re.compile(r"[^\W_]+(?:(?:['’-]|(?<=\d)[.,:/](?=\d))[^\W_]+)*")
READ_AS_PROSE = ("prose", "list", "quote")
FEWEST_WORDS = 30
YOUNGEST = 5.0
# a reader in the first grade of an American school is six
AGE_AT_GRADE_NOUGHT = 5
LONG_SYLLABLES = 3
WORDS_KEPT = 8192

COUNTED = ("words", "sentences", "words_per_sentence")
SCORED = (
    "reading_age",
    "flesch_kincaid_grade",
    "flesch_reading_ease",
    "gunning_fog",
    "automated_readability_index",
    "coleman_liau_index",
    "syllables_per_word",
)


class Counts(NamedTuple):
    """What the formulas are made of."""

    words: int
    sentences: int
    letters: int
    syllables: int
    long_words: int


class CountSyllables(Protocol):
    """textstat's count for one word."""

    def __call__(self, text: str, lang: str) -> int:
        """Return the syllables of `text`."""


class Measures(Mapping[str, float]):
    """The figures of one note by name, all floats.

    `words` counts the whole note. `sentences`, `words_per_sentence` and the scores look at its prose and lists, not
    at headings and tables. `reading_age` is in years. Scores are there only for notes of thirty words or more:
    of fewer they say nothing.
    """

    def __init__(self, document: Document) -> None:
        """Take the note; nothing is counted yet."""
        self._document = document

    def __getitem__(self, name: str) -> float:
        """Return one figure. Raises `KeyError` when there is none of that name, or the note is too short for it."""
        if name in COUNTED:
            return self._counted[name]
        if name in SCORED and self._long_enough:
            return self._scored[name]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the figures this note has."""
        yield from COUNTED
        if self._long_enough:
            yield from SCORED

    def __len__(self) -> int:
        """Return how many figures this note has."""
        return len(COUNTED) + (len(SCORED) if self._long_enough else 0)

    def __reduce__(self) -> "tuple[type[Measures], tuple[Document]]":
        """Travel between processes as the note alone, without what is known of it."""
        document = self._document
        return Measures, (Document(document.text, document.name, document.places),)

    def __repr__(self) -> str:
        """Show the figures."""
        return f"Measures({dict(self)})"

    @cached_property
    def _sentences(self) -> list[list[str]]:
        document = self._document
        blocks = (block for block in document.blocks if block.kind in READ_AS_PROSE)
        numbers = chain.from_iterable(document.sentences_within(block.start, block.end) for block in blocks)
        found = (words_in(document.text, document.sentences[number]) for number in numbers)
        return [words for words in found if words]

    @cached_property
    def _long_enough(self) -> bool:
        return sum(map(len, self._sentences)) >= FEWEST_WORDS

    @cached_property
    def _counted(self) -> dict[str, float]:
        words = sum(map(len, self._sentences))
        sentences = len(self._sentences)
        return {
            "words": float(len(WORD.findall(self._document.text))),
            "sentences": float(sentences),
            "words_per_sentence": round(words / sentences, 1) if sentences else 0.0,
        }

    @cached_property
    def _scored(self) -> dict[str, float]:
        return {name: round(value, 1) for name, value in scores(self._sentences).items()}


def measures(document: Document) -> Mapping[str, float]:
    """Return figures about a note, worked out when they are first asked for."""
    return Measures(document)


def words_in(text: str, span: Span) -> list[str]:
    """Return the words between two places of `text`, code points, half open; `mum's` and `3.30pm` are one each."""
    return WORD.findall(text, *span)


def scores(sentences: list[list[str]]) -> dict[str, float]:
    """Return the readability scores of sentences, each a list of words; there must be at least one word."""
    words = list(chain.from_iterable(sentences))
    spoken = [(syllables(word), times) for word, times in Counter(map(str.lower, words)).items()]
    counts = Counts(
        words=len(words),
        sentences=len(sentences),
        letters=sum(map(len, words)),
        syllables=sum(count * times for count, times in spoken),
        long_words=sum(times for count, times in spoken if count >= LONG_SYLLABLES),
    )
    grade = flesch_kincaid_grade(counts)
    return {
        "reading_age": max(YOUNGEST, grade + AGE_AT_GRADE_NOUGHT),
        "flesch_kincaid_grade": grade,
        "flesch_reading_ease": flesch_reading_ease(counts),
        "gunning_fog": gunning_fog(counts),
        "automated_readability_index": automated_readability_index(counts),
        "coleman_liau_index": coleman_liau_index(counts),
        "syllables_per_word": counts.syllables / counts.words,
    }


# textstat's own scores split sentences at every full stop and keep each text they have seen in a cache, which no case
# note may stay in. So it counts one word at a time here, and its formulas are written out; a test compares the two.


def flesch_kincaid_grade(counts: Counts) -> float:
    """Return the American school year whose pupils can follow the text.

    The formula is that of J. P. Kincaid and others, "Derivation of New Readability Formulas for Navy Enlisted
    Personnel", 1975.
    """
    return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59


def flesch_reading_ease(counts: Counts) -> float:
    """Return how easy the text is: about 100 very easy, 60 plain English, 30 very hard.

    The formula is that of R. Flesch, "A New Readability Yardstick", 1948.
    """
    return 206.835 - 1.015 * counts.words / counts.sentences - 84.6 * counts.syllables / counts.words


def gunning_fog(counts: Counts) -> float:
    """Return the years of schooling the text asks for, by sentence length and long words.

    The formula is that of R. Gunning, "The Technique of Clear Writing", 1952.
    """
    return 0.4 * (counts.words / counts.sentences + 100 * counts.long_words / counts.words)


def automated_readability_index(counts: Counts) -> float:
    """Return the American school year by letters a word and words a sentence.

    The formula is that of E. A. Smith and R. J. Senter, "Automated Readability Index", 1967.
    """
    return 4.71 * counts.letters / counts.words + 0.5 * counts.words / counts.sentences - 21.43


def coleman_liau_index(counts: Counts) -> float:
    """Return the American school year by letters and sentences per hundred words.

    The formula is that of M. Coleman and T. L. Liau, "A Computer Readability Formula Designed for Machine Scoring",
    1975.
    """
    return (0.0588 * 100 * counts.letters - 0.296 * 100 * counts.sentences) / counts.words - 15.8


@lru_cache(maxsize=WORDS_KEPT)
def syllables(word: str) -> int:
    """Return how many syllables a word in small letters has, at least one."""
    return max(1, _textstat_syllables()(word, "en_GB"))


@lru_cache(maxsize=1)
def _textstat_syllables() -> "CountSyllables":
    with _put_off("nltk"):  # slow to read, and only for the dictionary
        from textstat.backend.counts import _count_syllables as counting

    # its dictionary of American pronunciations would be downloaded at this moment; without it, it hyphenates
    counting.get_cmudict = _no_dictionary
    return cast("CountSyllables", counting.count_syllables.__wrapped__)  # the function without its cache


class _Later(ModuleType):
    """Stands in for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> object:
        return getattr(import_module(self.__name__), name)


@contextmanager
def _put_off(module: str) -> Iterator[None]:
    """Have what is imported in here do without `module` until it asks for something of it."""
    stand_in = None if module in sys.modules else sys.modules.setdefault(module, _Later(module))
    try:
        yield
    finally:
        if stand_in is not None:
            del sys.modules[module]


def _no_dictionary(_language: str) -> None:
    return None
