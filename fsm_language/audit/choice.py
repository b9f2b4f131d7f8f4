"""Which notes of a service are looked at: those since a day, those of a team, a sample of them."""

import datetime as dt
import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fsm_language.readers import Note

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
BRITISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which notes to take, all of them by default.

    since    only notes written on or after this day; those without a date that can be read are left out
    date     the field of a record that says when
    where    field by field, the values of which a note must have one; neither case nor outer white space counts
    sample   how many notes to draw at random, 0 for all; `seed` makes the draw the same every time
    """

    since: dt.date | None = None
    date: str = "date"
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sample: int = 0
    seed: int = 0

    def take(self, notes: Iterable[Note]) -> Iterator[Note]:
        """Yield the notes that are wanted, in order. A note that could not be read is wanted: it must not go unseen."""
        wanted = (note for note in notes if note.error is not None or self._wants(note))
        return self._drawn(wanted) if self.sample else wanted

    def _wants(self, note: Note) -> bool:
        if self.since is not None:
            written = date_of(note.record.get(self.date, ""))
            if written is None or written < self.since.isoformat():
                return False
        return all(_plain(note.record.get(name, "")) in map(_plain, values) for name, values in self.where.items())

    def _drawn(self, notes: Iterable[Note]) -> Iterator[Note]:
        """Yield a fair draw of `sample` notes, holding no more than those (Vitter's algorithm R)."""
        draw = random.Random(self.seed)  # noqa: S311  # a sample, not a secret
        kept: list[tuple[int, Note]] = []
        for number, note in enumerate(notes):
            if len(kept) < self.sample:
                kept.append((number, note))
            elif (slot := draw.randrange(number + 1)) < self.sample:
                kept[slot] = (number, note)
        yield from (note for _, note in sorted(kept, key=lambda entry: entry[0]))


def _plain(value: str) -> str:
    return value.strip().casefold()


def date_of(written: str) -> str | None:
    """Return the day that a record names, as 2026-01-31, or None. Days come before months where no year leads."""
    try:
        if found := ISO.match(written.strip()):
            return dt.date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        if found := BRITISH.match(written.strip()):
            return dt.date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return None
    return None
