"""The learned model of tier 3: its weights, and what it makes of stretches of words, many at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from fsm_language.wordpieces import Stretch

if TYPE_CHECKING:
    import numpy as np

ROW = 48  # pieces in a row, at the least: those of a row look at each other, often in vain
FEW = 128  # pieces that are quicker read in one row than in several
TOGETHER = 4  # rows that are read at once


class Model:
    """Vocabulary and weights. Nothing of them changes once they are read."""

    def __init__(self, path: Path) -> None:
        """Read the weights in `path`. Raises `OSError` or `ValueError`."""
        from fsm_language.weights import UNIT, floats, read

        self.pieces, arrays = read(path)
        # of the tables of pieces only the rows that a note needs are made floats
        self._tables = {name: (arrays.pop(name), arrays.pop(name + UNIT)) for name in ("pieces", "gate.pieces")}
        self._weights = floats(arrays)

    def _embedded(self, table: str, numbers: np.ndarray) -> np.ndarray:
        counts, units = self._tables[table]
        vectors: np.ndarray = counts[numbers] * units[numbers]
        return vectors

    def promises(self, stretches: Sequence[Stretch]) -> Iterator[tuple[float, ...]]:
        """Yield, for each stretch, the log odds that there is something at its words and marks, wherever it stands."""
        import numpy as np

        from fsm_language.encoder import promise

        # every stretch lies between the closing piece of one and the opening piece of another
        closing, opening = stretches[0].pieces[-1], stretches[0].pieces[0]
        pieces = np.array([closing, *(piece for stretch in stretches for piece in stretch.pieces), opening])
        lengths = accumulate((len(stretch.pieces) for stretch in stretches), initial=0)
        # the opening piece counts as the first word's, the closing one as the last's
        starts = [
            at + first for at, stretch in zip(lengths, stretches, strict=False) for first in (0, *stretch.firsts[1:])
        ]
        found = promise(np, self._weights, self._embedded("gate.pieces", pieces))[1:-1]
        promises = iter(np.maximum.reduceat(found, starts).tolist())
        for stretch in stretches:
            yield tuple(islice(promises, len(stretch.tokens)))

    def chances(self, stretches: Sequence[Stretch]) -> Iterator[np.ndarray]:
        """Yield, for each stretch, the chance of each column for each of its words and marks."""
        found: dict[int, np.ndarray] = {}
        rows = [*rows_of([len(stretch.pieces) for stretch in stretches])]
        for at in range(0, len(rows), TOGETHER):
            group = rows[at : at + TOGETHER]
            read = self._chances([[stretches[place] for place in row] for row in group])
            found.update(zip(chain.from_iterable(group), read, strict=True))
        return (found[place] for place in range(len(stretches)))

    def _chances(self, rows: Sequence[Sequence[Stretch]]) -> Iterator[np.ndarray]:
        """Yield the same for rows of stretches that are read at once, one row after another."""
        import numpy as np

        from fsm_language.encoder import FAR_AWAY, Sentences, chances, encode

        pieces = _table([piece for stretch in row for piece in stretch.pieces] for row in rows)
        shapes = _table([shape for stretch in row for shape in stretch.shapes] for row in rows)
        places = _table([place for stretch in row for place in range(len(stretch.pieces))] for row in rows)
        own = np.cumsum(places == 0, axis=1)  # which stretch of its row each piece is of
        wanted = _table(_firsts(row) for row in rows)
        embedded = self._embedded("pieces", pieces) + self._weights["shapes"][shapes] + self._weights["places"][places]
        apart = (own[:, None, :, None] != own[:, None, None, :]) * np.float32(FAR_AWAY)
        found = chances(np, self._weights, encode(np, self._weights, Sentences(embedded, apart, wanted)))
        for row, of_row in zip(rows, found, strict=True):
            ends = list(accumulate(len(stretch.tokens) for stretch in row))
            yield from np.split(of_row[: ends[-1]], ends[:-1])


def _firsts(row: Sequence[Stretch]) -> list[int]:
    """Return the places of the first pieces of the words and marks of stretches that lie end to end."""
    starts = accumulate((len(stretch.pieces) for stretch in row), initial=0)
    return [start + first for start, stretch in zip(starts, row, strict=False) for first in stretch.firsts]


def _table(rows: Iterable[Sequence[int]]) -> np.ndarray:
    """Return rows of numbers as an array; noughts fill them up to the longest."""
    import numpy as np

    return np.array([*zip_longest(*rows, fillvalue=0)]).T


def rows_of(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield which stretches lie end to end in each row: a long one first, then what fits behind it."""
    left = deque(sorted(range(len(lengths)), key=lambda place: -lengths[place]))
    least = sum(lengths) if sum(lengths) <= FEW else ROW
    while left:
        row = [left.popleft()]
        room = max(least, lengths[row[0]]) - lengths[row[0]]
        while left and lengths[left[-1]] <= room:
            row.append(left.popleft() if lengths[left[0]] <= room else left.pop())
            room -= lengths[row[-1]]
        yield row
