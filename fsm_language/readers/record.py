"""A record becomes a note: one row of a table, one line of JSON, one row of a database."""

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from fsm_language.document import Place
from fsm_language.readers.encoding import whole
from fsm_language.readers.note import Fields, Note

SHOWN = 8
LONGEST = 40
EMPTY = "Holds no text."


class At(NamedTuple):
    """Where a record stands: what names it where it has no id (`line 17`), and the place of its text in words."""

    own: str
    place: str


def note_of(name: str, values: Mapping[str, object], fields: Fields, at: At, notices: tuple[str, ...] = ()) -> Note:
    """Return the note that a record holds; its field `fields.text` must be there."""
    text, cut = whole(plain(values[fields.text]))
    record = {key: written for key, value in values.items() if key != fields.text and (written := plain(value))}
    named = whole(record.pop(fields.id, ""))[0] or at.own
    notices = (*notices, *cut, *(() if text.strip() else (EMPTY,)))
    return Note(name, text, named, notices, places=(Place(0, at.place),), record=record)


def plain(value: object) -> str:
    """Return a value of a record as people write it; lists, objects and bytes are no text and come out empty."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if value is None or isinstance(value, bytes | Mapping | list | tuple | set):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def missing_field(wanted: str, there: Iterable[object], kind: str) -> str:
    """Return plain sentences: there is no field (or column) `wanted`, what there is instead, and how to name it."""
    names = [str(name)[:LONGEST] for name in there]
    close = difflib.get_close_matches(wanted.lower(), [name.lower() for name in names], 1)
    likely = next((name for name in names if close and name.lower() == close[0]), None)
    has = ", ".join(f"“{name}”" for name in names[:SHOWN]) + (" and more" if len(names) > SHOWN else "")
    advice = f"--text-field “{likely}”" if likely else "--text-field"
    return f"there is no {kind} “{wanted}”; it has {has or 'none'}. Say which {kind} holds the note with {advice}."
