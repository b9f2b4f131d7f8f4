"""Where an acronym stands in a note: in capitals, with endings, stops, slashes and hyphens, or in small letters."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from fsm_language.glossary import Acronym, Glossary, spelling

TOKEN = re.compile(
    r"[A-Z](?=[A-Z0-9]|[./&+][A-Za-z]\b|&amp;[A-Z]|[a-z]{1,4}[A-Z])(?<![^\W_].)"
    r"[A-Za-z0-9]*(?:(?:[/&+]|&amp;|['’.-](?=[A-Za-z0-9]))[A-Za-z0-9]+)*(?:\+|(?<=\.[A-Z])\.)?"
)
# the first character is a plain set, which the search can leap to; what may stand before it is asked afterwards
FIGURES_FIRST = re.compile(
    r"\d(?<![\w/.]\d)\d?(?:(?:/52|YO)(?![\w/])"
    r"|/(?:12|7)(?= (?:infant|baby|old\b|ago\b|history))|(?<=call \d|peat \d)/(?:12|7)(?![\w/]))"
)
ENDING = re.compile(r"['’]s(?!\w)")
GOES_ON = re.compile(r"[-.]\w")
BESIDE = frozenset("/@&")
REFERENCE = re.compile(r"\d{4}|[/-]\d{3}")
PARTS = re.compile(r"[^/+]+")
# words of everyday that are acronyms only before one of the cues
ALSO_WORDS = frozenset("asset dash mash merlin prevent salt".split())
CUE = re.compile(r"\s+(?:referral|team|therap|assessment|checklist|duty|report|police|check|lead|training|worker)")


class Mention(NamedTuple):
    """A place where an acronym may stand: its letters, the ending English gave it, and what the glossary knows."""

    start: int
    end: int
    letters: str
    ending: str
    acronym: Acronym | None

    @property
    def key(self) -> str:
        """What makes two mentions the same acronym."""
        return self.acronym.acronym if self.acronym else self.letters.replace(".", "").upper()


def candidates(text: str, glossary: Glossary) -> list[Mention]:
    """Return whatever is written as acronyms are, from the left; names' initials and shouted words among them."""
    return sorted([*_capitals(text, glossary), *_figures_first(text, glossary), *_small(text, glossary)])


def _capitals(text: str, glossary: Glossary) -> Iterator[Mention]:
    for token in TOKEN.finditer(text):
        written, start = token[0], token.start()
        if REFERENCE.search(written):
            continue
        acronym = glossary.find(written)
        if acronym is not None or not any(mark in written for mark in "/+-"):
            yield _mention(written, start, acronym)
            continue
        for part in PARTS.finditer(written):
            piece, tail = (part[0], "") if glossary.find(part[0]) else part[0].partition("-")[::2]
            if not tail.isupper():
                yield _mention(piece, start + part.start(), glossary.find(piece))


def _mention(written: str, start: int, acronym: Acronym | None) -> Mention:
    letters, ending = spelling(written)
    if acronym is not None and written == acronym.acronym:
        letters, ending = written, ""
    return Mention(start, start + len(written), letters, ending, acronym)


def _figures_first(text: str, glossary: Glossary) -> Iterator[Mention]:
    for token in FIGURES_FIRST.finditer(text):
        acronym = glossary.find(token[0])
        if acronym is not None:
            yield Mention(*token.span(), token[0], "", acronym)


def _small(text: str, glossary: Glossary) -> Iterator[Mention]:
    """Yield the acronyms that are written like any other word: `lac`, `s/w`, `Cafcass`."""
    for word, start, end in glossary.small(text):
        if _in_word(text, start - 1) or _in_word(text, end) or GOES_ON.match(text, end):
            continue
        if word.lower() not in ALSO_WORDS or CUE.match(text, end):
            found = ENDING.match(text, end)
            ending = found[0] if found else ""
            yield Mention(start, end + len(ending), word, ending, glossary.spellings[word])


def _in_word(text: str, place: int) -> bool:
    return 0 <= place < len(text) and (text[place].isalnum() or text[place] in BESIDE)
