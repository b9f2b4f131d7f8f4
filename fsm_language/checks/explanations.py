"""Whether the words around an acronym explain it: "Child in Need (CIN)", "CIN means ...", "the IRO, who checks ..."."""

import re
from collections.abc import Sequence

from fsm_language.checks.shapes import Mention
from fsm_language.glossary import Acronym

REACH = 180
SMALL = frozenset("and of the for in to with on at or a an by from as is".split())
EMPTY = SMALL | frozenset(
    "who whom whose which that this those where when what how are was were be been being has have had do does did it "
    "its they them their he she his her him you your we our us i me my not no so can could will would may might must "
    "should very too also just then than there here if but about into out up usually mean means".split()
)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
ALSO = r"(?:(?:also|sometimes|often|usually|otherwise|formerly|now)\s+)?"
KNOWN_AS = ALSO + r"(?:known as|called|aka|a\.k\.a\.?|or|shortened to|abbreviated (?:to|as)|referred to as)"
QUOTE = r"[\"'“”‘’]?"
OPENS_BEFORE = re.compile(
    rf"[(\[]\s*(?:{KNOWN_AS}\s+)?(?:(?:an?|the|our|your|my)\s+)?{QUOTE}(?:[A-Z&]{{2,6}}\s*(?:/|or|,)\s*)?\Z"
)
NAMED_BEFORE = re.compile(rf",?\s+{KNOWN_AS}\s+(?:(?:an?|the)\s+)?{QUOTE}\Z")
BESIDE_BEFORE = re.compile(r",\s*(?:(?:the|an?|our|your|my|his|her|their)\s+)?\Z")
OTHER = r"(?:\s*(?:/|\(?or)\s*[A-Z&]{2,6}\)?)?"
BRACKET = re.compile(rf"{QUOTE}((?:\s+[^\W\d_]+){{0,2}})\s*[(\[]([^()\[\]]{{3,160}})[)\]]")
MARK = re.compile(rf"[)\]]?{QUOTE}{OTHER}\s*(=|:|\||\s-{{1,2}}\s|-|[–—→]|->)\s*{QUOTE}(?=[A-Za-z])")
MEANS = re.compile(
    rf"{QUOTE},?\s*(?:(?:which|that|this|it)\s+)?(?:just\s+)?"
    r"(?:stands?\s+for|stood\s+for|(?:is\s+)?short\s+for|is\s+(?:an\s+)?(?:acronym|abbreviation)\s+(?:for|of)"
    rf"|means?|meaning|refers?\s+to)\s*:?\s*{QUOTE}"
)
MEANS_LATER = re.compile(
    r"[^.\n]{0,60}[.,;]?\s+(?:this|that|it|which)(?:\s+is|['’]s)?\s+(?:short for|stands for|means)\s+", re.IGNORECASE
)
IS = re.compile(rf"{QUOTE}\s+(?:is|are|i\.e\.,?)\s+(?=(?:an?|the|our|your|where|when|what|how|someone|people)\b)")
APART = re.compile(r",\s*(?=(?:the|an?|who|which|where|someone|people|our|your|my|i\.e\.|that is|meaning)\s)")
COMMA = re.compile(r", ")
SPACE = re.compile(rf"{OTHER}\s+(?=[A-Z])")
SENTENCE_END = re.compile(r"[.!?]\s|\n")
CLAUSE = re.compile(r"[^.;()\n]{2,140}")
DEFINES = re.compile(
    r"(?:an?|the|our|your|who|where|when|what|how|which|someone|people|to|help|meeting|i\.e\.)\b", re.IGNORECASE
)
RELATIVE = re.compile(r"\b(?:who|whose|that|which|where|when|for|to|of)\b")
COMMENT = re.compile(
    r"(?:mum|dad|he|she|they|i|we|not|on)\b|.*(?:\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)", re.IGNORECASE
)
CAPITAL_WITHIN = re.compile(r"[^\W_](?=[A-Z][a-z])")
KEY = re.compile(r"(?im)^\W*(?:abbreviations?|acronyms?|glossary|key)\b[^\n]*(?:\n[^\n]*\S[^\n]*)*")


def keys(text: str) -> list[tuple[int, int]]:
    """Return where a note has a key to its abbreviations; it counts for the whole note, wherever it stands."""
    return [found.span() for found in KEY.finditer(text)]


def explains(text: str, mention: Mention) -> bool:
    """Whether the words right before or after `mention` say what it stands for or what it means."""
    return explained_by(*beside(text, mention), mention) or is_glued(text, mention)


def beside(text: str, mention: Mention) -> tuple[str, str]:
    """Return the words right before and after `mention`, which is as far as anyone would look."""
    before = text[max(0, mention.start - REACH) : mention.start].rpartition("\n\n")[2]
    return before, text[mention.end : mention.end + REACH].partition("\n\n")[0]


def explained_by(before: str, after: str, mention: Mention) -> bool:
    """Whether these words right before and after `mention` explain it."""
    return (
        _named_before(before, mention)
        or _bracketed(after, mention)
        or _marked(after, mention)
        or _defined(after, mention)
        or _beside(after, mention)
    )


def _named_before(before: str, mention: Mention) -> bool:
    """`Child in Need (CIN)`, `known as CIN`, `an independent reviewing officer, the IRO`, or in the same sentence."""
    for shape in (OPENS_BEFORE, NAMED_BEFORE, BESIDE_BEFORE):
        found = shape.search(before)
        if found and _ends_with_long_form(before[: found.start()], mention):
            return True
    if mention.acronym is None:
        return False
    said = stems(SENTENCE_END.split(before)[-1])
    return any(_runs_in(stems(expansion), said) for expansion in mention.acronym.expansions)


def _bracketed(after: str, mention: Mention) -> bool:
    """`CIN (Child in Need)`, `DC Shaw (detective constable)`; `CP plan (a plan to keep you safe)`: one word between."""
    found = BRACKET.match(after)
    if found is None:
        return False
    between, inside = found[1].split(), found[2]
    return _starts_with_long_form(inside, mention) or (len(between) < 2 and glosses(inside, mention))


def _marked(after: str, mention: Mention) -> bool:
    """`CIN – Child in Need`, `CIN: ...`, `CIN = ...`, `CIN | ...`."""
    found = MARK.match(after)
    if found is None:
        return False
    rest = _clause(after, found.end())
    if _starts_with_long_form(rest, mention):
        return True
    return glosses(rest, mention) and (found[1] == "=" or DEFINES.match(rest) is not None)


def _defined(after: str, mention: Mention) -> bool:
    """`CIN stands for ...`, `CIN means ...`, `MARAC is a meeting where ...`, `the IRO, the person who checks ...`."""
    for shape in (MEANS, MEANS_LATER):
        found = shape.match(after)
        if found:
            rest = _clause(after, found.end())
            return len(WORD.findall(rest)) > 1 or _starts_with_long_form(rest, mention)
    for shape in (IS, APART):
        found = shape.match(after)
        if found:
            rest = _clause(after, found.end())
            if RELATIVE.search(rest) and glosses(rest, mention):
                return True
    return False


def _beside(after: str, mention: Mention) -> bool:
    """`MIL, mother in law, ...`, `ICPC Initial Child Protection Conference`; any two names would fit two letters."""
    found = SPACE.match(after) or COMMA.match(after)
    if found is None:
        return False
    rest = _clause(after, found.end()).partition(",")[0]
    return _starts_with_long_form(rest, mention, only_known=len(mention.key) < 3)


def _clause(text: str, start: int) -> str:
    found = CLAUSE.match(text, start)
    return found[0] if found else ""


def capitals_within(text: str) -> list[str]:
    """Return the stretches of `text` around each capital within a word: the only places where anything is glued."""
    return [text[max(0, found.start() - REACH) : found.end() + REACH] for found in CAPITAL_WITHIN.finditer(text)]


def is_glued(text: str, mention: Mention) -> bool:
    """Whether the acronym and its long form were pasted together: `AOAdoption Order`."""
    if mention.acronym is None:
        return False
    return any(mention.letters + expansion in text for expansion in mention.acronym.expansions)


def glosses(phrase: str, mention: Mention) -> bool:
    """Whether `phrase` says in plain words what the acronym is, and is no name, date, comment or other acronym."""
    words = WORD.findall(phrase)
    small = [word for word in words if word.islower()]
    if len(words) < 2 or not small or COMMENT.match(phrase):  # one word is a comment
        return False
    if mention.acronym is None:
        return len(small) > 2 and (DEFINES.match(phrase) is not None or len(small) == len(words))
        # reason: of an acronym nobody has told us about, three plain words are enough
    known = set(stems(" ".join((*mention.acronym.expansions, mention.acronym.plain))))
    return bool(known & set(stems(phrase)))


def stems(text: str) -> list[str]:
    """Return the words that carry meaning, shortened so that Adviser, Advisor and advising are one."""
    words = (word.lower().split("'")[0].split("’")[0] for word in WORD.findall(text.replace("-", " ")))
    return [word[:5].rstrip("s") for word in words if word not in EMPTY and len(word) > 1]


def _runs_in(wanted: Sequence[str], words: Sequence[str]) -> bool:
    size = len(wanted)
    return size > 0 and any(words[at : at + size] == wanted for at in range(len(words) - size + 1))


def _known(words: Sequence[str], acronym: Acronym | None) -> bool:
    """Whether most words of one of the known long forms are among `words`, in any order."""
    if acronym is None:
        return False
    said = set(stems(" ".join(words)))
    for expansion in acronym.expansions:
        wanted = set(stems(expansion))
        if wanted and len(wanted & said) >= max(min(2, len(wanted)), round(0.6 * len(wanted))):
            return True
    return False


def _ends_with_long_form(text: str, mention: Mention) -> bool:
    words = WORD.findall(text.replace("-", " ").replace("&", " and "))
    longest = 2 * len(mention.key) + 3
    tail = words[-longest:]
    return any(spells(mention.key, tail[-size:]) for size in range(1, len(tail) + 1)) or _known(tail, mention.acronym)


def _starts_with_long_form(text: str, mention: Mention, *, only_known: bool = False) -> bool:
    words = WORD.findall(text.replace("-", " ").replace("&", " and "))[: 2 * len(mention.key) + 3]
    while words and words[0].lower() in SMALL:
        words = words[1:]
    if not only_known and any(spells(mention.key, words[:size]) for size in range(1, len(words) + 1)):
        return True
    return _known(words[: len(mention.key) + 4], mention.acronym)


def spells(letters: str, words: Sequence[str]) -> bool:
    """Whether the first letters of `words` spell the acronym.

    Small words may be left out; in acronyms of four letters and more a word may lend letters from inside
    (Cafcass, SENCO, DoLS).
    """
    wanted = "".join(char for char in letters.lower() if char.isalpha())
    return bool(wanted) and bool(words) and _spells(wanted, [word.lower() for word in words], lend=len(wanted) > 3)


def _spells(letters: str, words: Sequence[str], *, lend: bool) -> bool:
    if not words:
        return not letters
    word = words[0]
    if word in SMALL and _spells(letters, words[1:], lend=lend):
        return True
    if not letters or word[0] != letters[0]:
        return False
    at = 0
    for taken in range(1, min(len(word), len(letters)) + 1 if lend else 2):
        if taken > 1:
            at = word.find(letters[taken - 1], at + 1)
            if at < 0:
                return False
        if _spells(letters[taken:], words[1:], lend=lend):
            return True
    return False
