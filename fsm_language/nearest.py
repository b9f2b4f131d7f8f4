"""The likely fix for a name that is wrong."""

import difflib
from collections.abc import Iterable

FEW = 12


def nearest(wrong: str, right: Iterable[str]) -> str:
    """Return `; did you mean ...?` for the nearest right word, or the right words when they are few."""
    known = list(right)
    close = difflib.get_close_matches(wrong, known, 1)
    if close:
        return f"; did you mean “{close[0]}”?"
    return f"; it may be {', '.join(known)}" if len(known) <= FEW else ""
