"""The learned model of tier 3: its weights, and what it makes of stretches of words, many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING

from fsm_language.wordpieces import Stretch

if TYPE_CHECKING:
    import numpy as np

TOGETHER = 24  # stretches that are read at once


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

    def chances(self, stretches: Sequence[Stretch]) -> list[np.ndarray]:
        """Return, for each stretch, the chance of each column for each of its words and marks."""
        chances: list[np.ndarray] = [None] * len(stretches)  # type: ignore[list-item]  # each is filled below
        by_length = sorted(range(len(stretches)), key=lambda at: len(stretches[at].pieces))
        for first in range(0, len(by_length), TOGETHER):
            group = by_length[first : first + TOGETHER]
            for at, found in zip(group, self._chances([stretches[at] for at in group]), strict=True):
                chances[at] = found
        return chances

    def _chances(self, stretches: Sequence[Stretch]) -> Iterator[np.ndarray]:
        import numpy as np

        from fsm_language.encoder import Sentences, chances, encode

        pieces, shapes, wanted = (
            _rows([getattr(each, name) for each in stretches]) for name in ("pieces", "shapes", "firsts")
        )
        present = (_rows([[1] * len(each.pieces) for each in stretches])).astype(np.float32)
        embedded = self._embedded("pieces", pieces) + self._weights["shapes"][shapes]
        found = chances(np, self._weights, encode(np, self._weights, Sentences(embedded, present, wanted)))
        for row, each in enumerate(stretches):
            yield found[row, : len(each.tokens)]


def _rows(values: Sequence[Sequence[int]]) -> np.ndarray:
    """Return lists as the rows of a table, filled up with noughts."""
    import numpy as np

    rows = np.zeros((len(values), max(map(len, values))), dtype=np.intp)
    for row, each in zip(rows, values, strict=True):
        row[: len(each)] = each
    return rows
