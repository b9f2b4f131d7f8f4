"""A note as a reader hands it over: its text and where it stood in the file, or why there is none."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from fsm_language.document import Place
from fsm_language.readers.encoding import whole

BETWEEN = "\n\n"
LINE_START = re.compile(r"^(?=.*\S)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fields:
    """Which field or column of a record holds the note (`text`) and which one names it (`id`)."""

    text: str = "text"
    id: str = "id"


@dataclass(frozen=True, slots=True)
class Note:
    """A note from a file called `name`, or in `error` why it could not be read, in plain sentences.

    `id` is the record's own id where a file holds many notes, or the line it begins on where the record has
    none (`line 17`). `notices` say what had to be assumed in order to read it. `places`, in order, say what people
    call the parts of the file that stretches of the text come from. `record` holds what else the file says of the
    note (its date, its team, anything), as text: what it may be chosen and grouped by. `kind` says how the text is
    marked up, as `prose` has it. `headings`, in order, are the code points at which lines begin that the file calls
    headings, without a mark in the text.
    """

    name: str
    text: str = ""
    id: str | None = None
    notices: tuple[str, ...] = ()
    error: str | None = None
    places: tuple[Place, ...] = ()
    record: Mapping[str, str] = field(default_factory=dict)
    kind: str = "plain"
    headings: tuple[int, ...] = ()


class Part(NamedTuple):
    """A paragraph or the like of a file: what people call its place, its text, and whether it is a heading."""

    place: str
    text: str
    is_heading: bool = False


def failed(name: str, error: str, id: str | None = None) -> Note:  # noqa: A002  # what the record calls it
    """Return a note that could not be read."""
    return Note(name, id=id, error=error)


def joined(name: str, parts: Iterable[Part], record: Mapping[str, str] | None = None) -> Note:
    """Return the note that is made of `parts`, parted by blank lines.

    Parts without words are left out. A note without any part is one that could not be read.
    """
    pieces: list[str] = []
    places: list[Place] = []
    headings: list[int] = []
    length = 0
    for part in parts:
        text, _ = whole(part.text)
        if text.strip():
            places.append(Place(length, part.place))
            pieces.append(text)
            headings += (length + line.start() for line in LINE_START.finditer(text) if part.is_heading)
            length += len(text) + len(BETWEEN)
    if not pieces:
        return failed(name, "It holds no text.")
    return Note(name, BETWEEN.join(pieces), places=tuple(places), record=record or {}, headings=tuple(headings))
