"""The message of a git commit: comment lines, trailers and all below the scissors are not prose."""

import re
from collections.abc import Iterator

from fsm_language.prose.plain import ADDRESS
from fsm_language.prose.sourcemap import HOLE, Piece

NOT_PROSE = re.compile(
    r"^\# -+ >8 -+[\s\S]*|^\#.*|^(?:[A-Z][A-Za-z-]*-by|Change-Id|Fixes|Closes|Refs):.*|" + ADDRESS.pattern,
    re.MULTILINE | re.IGNORECASE,
)


def markup(source: str) -> Iterator[Piece]:
    """Yield what is not prose in the message `source`."""
    for found in NOT_PROSE.finditer(source):
        yield Piece(*found.span(), "" if found.start() == 0 or source[found.start() - 1] in "\r\n" else HOLE)
