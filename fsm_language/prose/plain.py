"""Plain text: all of it is prose, but for web and e-mail addresses."""

import re
from collections.abc import Iterator

from fsm_language.prose.sourcemap import HOLE, Piece

ADDRESS = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"“”]{0,2000}[^\s<>\"“”.,;:!?()\[\]'’*_]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
    re.IGNORECASE,
)


SIGNS = ("@", "://", "www.")


def markup(source: str) -> Iterator[Piece]:
    """Yield the addresses in `source`."""
    small = source.lower()
    if not any(sign in small for sign in SIGNS):  # as in most notes
        return iter(())
    return (Piece(*found.span(), HOLE) for found in ADDRESS.finditer(source))
