"""A note as a reader hands it over: its text, or why there is none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fields:
    """Which field or column of a record holds the note (`text`) and which one names it (`id`)."""

    text: str = "text"
    id: str = "id"


@dataclass(frozen=True, slots=True)
class Note:
    """A note from a file called `name`, or in `error` why it could not be read, in plain sentences.

    `id` is the record's own id where a file holds many notes, or the line it begins on where the record has
    none (`line 17`). `notices` say what had to be assumed in order to read it.
    """

    name: str
    text: str = ""
    id: str | None = None
    notices: tuple[str, ...] = ()
    error: str | None = None


def failed(name: str, error: str, id: str | None = None) -> Note:  # noqa: A002  # what the record calls it
    """Return a note that could not be read."""
    return Note(name, id=id, error=error)
