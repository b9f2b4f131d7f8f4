"""What to say of a record or a table that lacks the note."""

import difflib
from collections.abc import Iterable

SHOWN = 8
LONGEST = 40


def missing_field(wanted: str, there: Iterable[object], kind: str) -> str:
    """Return plain sentences: there is no field (or column) `wanted`, what there is instead, and how to name it."""
    names = [str(name)[:LONGEST] for name in there]
    close = difflib.get_close_matches(wanted.lower(), [name.lower() for name in names], 1)
    likely = next((name for name in names if close and name.lower() == close[0]), None)
    has = ", ".join(f"“{name}”" for name in names[:SHOWN]) + (" and more" if len(names) > SHOWN else "")
    advice = f"--text-field “{likely}”" if likely else "--text-field"
    return f"there is no {kind} “{wanted}”; it has {has or 'none'}. Say which {kind} holds the note with {advice}."
