"""The glossary: acronyms, what they stand for, what that means in plain words, and finding one however it is typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from fsm_language.units import encodable

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

ENDING = re.compile(r"(?:['’](?:s|d|ed|ing)|s['’]|g?ed|ging|ing|s)\Z")
DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?\Z")
FIRST_FIGURES = re.compile(r"\A\d+")
FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym or shorthand that practitioners write.

    `expansions` holds every meaning met, the main one first; `plain` says it so that a parent understands.
    `ambiguous`: a reader may take it for something else, so ask and never choose. `common`: most people know it.
    `variants` are other spellings (`CiN`, `C.I.N.`), where `#` stands for any number; `domain` is where it comes
    from; `source` is the page it was seen on, or empty.
    """

    acronym: str
    expansions: tuple[str, ...]
    plain: str
    ambiguous: bool = False
    common: bool = False
    variants: tuple[str, ...] = ()
    domain: str = ""
    source: str = ""


class Spelling(NamedTuple):
    """How an acronym was written: its letters, and the ending that English put on it (`s`, `'s`, `'d`)."""

    stem: str
    ending: str


def spelling(written: str) -> Spelling:
    """Part the ending from the letters: `IRO's` is `IRO` and `'s`, `CINs` is `CIN` and `s`, `PAS` stays whole."""
    found = ENDING.search(written)
    if found and found.start() > 1 and written[found.start() - 1].isupper():
        return Spelling(written[: found.start()], found[0])
    return Spelling(written, "")


class Glossary(tuple[Acronym, ...]):  # noqa: SLOT001  # what it works out is kept in its dictionary
    """Acronyms in the order of their files, found by any of their spellings; of two spelt alike, the later one."""

    @cached_property
    def spellings(self) -> dict[str, Acronym]:
        """Every spelling as it is written in the files; an acronym's own comes before another's variant."""
        found = {variant: acronym for acronym in self for variant in acronym.variants}
        return found | {acronym.acronym: acronym for acronym in self}

    @cached_property
    def _small(self) -> tuple[tuple[str, ...], "AhoCorasick"]:
        from ahocorasick_rs import AhoCorasick

        words = tuple(spelling for spelling in self.spellings if not _mostly_capitals(spelling) and "#" not in spelling)
        return words, AhoCorasick(words)

    def small(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield the spellings in small letters (`lac`, `s/w`, `Cafcass`) that occur in `text`, within words too."""
        words, automaton = self._small
        for number, start, end in automaton.find_matches_as_indexes(encodable(text), overlapping=True):
            yield words[number], start, end

    def find(self, written: str) -> Acronym | None:
        """Return the acronym that is written here, with or without an ending, full stops and capitals throughout."""
        stem, ending = spelling(written)
        for word in (written, stem):
            plain = _plain(word)
            for key in (plain, FIRST_FIGURES.sub("#", plain), FIGURES.sub("#", plain)):
                if key in self.spellings:
                    return self.spellings[key]
        # the small s of a plural must not become a capital: PAs are not PAS
        loud = _plain(stem if ending else written)
        return self.spellings.get(loud.upper()) if _mostly_capitals(loud) else None


def _plain(word: str) -> str:
    plain = word.replace("’", "'").replace("&amp;", "&")
    return plain.replace(".", "") if DOTTED.match(plain) else plain


def _mostly_capitals(word: str) -> bool:
    return sum(map(str.isupper, word)) >= 2
