"""Words on a terminal: how many columns they take, and nothing in them that a terminal would obey."""

import re
import unicodedata

NARROW = re.compile(r"[\0-\xac\xae-\u02ff\u2010-\u2027]*")  # what most lines are made of: a column each
TAB = "    "
JOINER = "\u200d"
EMOJI_LOOK = "\ufe0f"
SKIN_TONES = range(0x1F3FB, 0x1F400)
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
COLOURS = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


def columns(text: str) -> int:
    """Return how many columns `text` fills: none for combining marks, two for wide characters and emoji."""
    if NARROW.fullmatch(text):
        return len(text)
    total = 0
    last = 0
    before = ""
    for char in text:
        if char == EMOJI_LOOK and last == 1:
            width = 1
        elif before == JOINER or ord(char) in SKIN_TONES or unicodedata.category(char) in ("Mn", "Me", "Cf"):
            width = 0
        else:
            width = last = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        total += width
        before = char
    return total


def safe(text: str) -> str:
    """Return `text` with tabs as spaces, and control and direction signs as signs that can be seen."""
    if text.isprintable() and BIDI.isdisjoint(text):
        return text
    return "".join(_seen(char) for char in text)


def _seen(char: str) -> str:
    if char == "\t":
        return TAB
    if char < " ":
        return chr(0x2400 + ord(char))
    if char in "\x85\u2028\u2029":
        return "\u2424"
    unseen = char in BIDI or unicodedata.category(char) in ("Cc", "Cs")
    return "\ufffd" if unseen else char


def painted(text: str, *styles: str, on: bool) -> str:
    """Return `text` in colour where the terminal shows it."""
    if not on or not text:
        return text
    return f"\x1b[{';'.join(COLOURS[style] for style in styles)}m{text}\x1b[0m"
