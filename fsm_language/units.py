"""Code points, and the units other programs count in: bytes of UTF-8, units of UTF-16, characters of UTF-32."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from typing import Literal

Encoding = Literal["utf-8", "utf-16", "utf-32"]

ASTRAL = re.compile("[\U00010000-\U0010ffff]")
NOT_ASCII = re.compile("[^\x00-\x7f]")
NEVER = re.compile(r"(?!)")
# the characters that take more than one unit, and how many more
WIDE: Mapping[Encoding, tuple[re.Pattern[str], Callable[[str], int]]] = {
    "utf-8": (NOT_ASCII, lambda char: 1 if char < "\u0800" else 2 if char < "\U00010000" else 3),
    "utf-16": (ASTRAL, lambda _: 1),
    "utf-32": (NEVER, lambda _: 0),
}


class Units:
    """The code units of one text in one encoding. Each question costs the logarithm of the wide characters."""

    def __init__(self, text: str, encoding: Encoding) -> None:
        """Look for the characters of `text` that take more than one unit."""
        wide, more = WIDE[encoding]
        found = [] if text.isascii() else list(wide.finditer(text))
        self._offsets = [char.start() for char in found]
        self._more = [0]
        for char in found:
            self._more.append(self._more[-1] + more(char[0]))
        self._units = [offset + extra for offset, extra in zip(self._offsets, self._more, strict=False)]

    def before(self, offset: int) -> int:
        """Return how many units come before the code point `offset`."""
        return offset + self._more[bisect_left(self._offsets, offset)]

    def offset(self, units: int) -> int:
        """Return the code point that begins after `units` units; within a wide character, that character."""
        number = bisect_left(self._units, units)
        last_wide = self._offsets[number - 1] if number else -1
        within = number > 0 and units < self.before(last_wide + 1)
        return last_wide if within else units - self._more[number]


def encodable(text: str) -> str:
    """Return `text` for what takes no halves of characters: each is a question mark, so that offsets stay."""
    return text.encode("utf-8", "replace").decode()
