"""The words of a text as phrases know them: small letters, straight apostrophes, endings apart."""

import re
from typing import NamedTuple

# of a text in small letters with straight apostrophes
WORD = re.compile(
    r"[^\W_]+(?:(?:'(?!(?:s|ll|re|ve|d|m)\b)|[\u0300-\u036f]+)[^\W_]+)*[\u0300-\u036f]*"  # didn't: one word
    r"|'(?:s|ll|re|ve|d|m)\b"  # mum's, she'll: the ending is a word of its own
)
JOINED = re.compile(
    r"[-‐‑\u00ad]?|[^\S\r\n\v\f\x85\u2028\u2029]+|[^\S\r\n]*(?:\r\n|[\r\n\v\f\x85\u2028\u2029])[^\S\r\n]*"
)
PLAINLY_JOINED = frozenset({"", " ", "-"})


class Word(NamedTuple):
    """A word of a sentence.

    `key` is how phrases know it: lower case, straight apostrophe, `didnt` for `didn't`. `joined` says that only
    white space, a single line break or a hyphen parts it from the word before.
    """

    start: int
    end: int
    key: str
    joined: bool


def lowered(text: str) -> str:
    """Return `text` in lower case with straight apostrophes, every character where it was."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    return lower.replace("’", "'")


def key_of(word: str) -> str:
    """Return the form under which phrases know `word`."""
    return _unmarked(lowered(word))


def _unmarked(word: str) -> str:
    return word[:-3] + "nt" if word.endswith("n't") else word


def keys_of(text: str, start: int = 0, end: int | None = None) -> tuple[str, ...]:
    """Return the keys of the words of `text[start:end]`, for a part of what it costs to place them too."""
    spelt = lowered(text[start:end])
    found = WORD.findall(spelt)
    return tuple(map(_unmarked, found) if "n't" in spelt else found)


def words_of(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """Return the words of `text[start:end]`; their offsets count from the start of `text`."""
    words: list[Word] = []
    spelt = lowered(text[start:end])
    last = 0
    for found in WORD.finditer(spelt):
        first, after = found.span()
        between = spelt[last:first]
        joined = between in PLAINLY_JOINED or JOINED.fullmatch(between) is not None
        words.append(Word(start + first, start + after, _unmarked(found[0]), joined and bool(words)))
        last = after
    return tuple(words)
