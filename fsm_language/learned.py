"""The learned model of tier 3: its weights, and what it makes of stretches of words, many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING

from fsm_language.wordpieces import Stretch

if TYPE_CHECKING:
    import numpy as np

TOGETHER = 160  # pieces that are read at once: more would look at ever more pairs of them in vain


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
        for group in _groups(stretches):
            yield from self._chances(group)

    def _chances(self, stretches: Sequence[Stretch]) -> Iterator[np.ndarray]:
        """Yield the same for stretches that are read at once, one after another, none hearing of the others."""
        import numpy as np

        from fsm_language.encoder import FAR_AWAY, Sentences, chances, encode

        starts = list(accumulate((len(stretch.pieces) for stretch in stretches), initial=0))
        pieces = np.array([piece for stretch in stretches for piece in stretch.pieces])
        shapes = np.array([shape for stretch in stretches for shape in stretch.shapes])
        places = np.array([place for stretch in stretches for place in range(len(stretch.pieces))])
        own = np.cumsum(places == 0)  # which stretch each piece is of
        wanted = [start + first for start, each in zip(starts, stretches, strict=False) for first in each.firsts]
        embedded = self._embedded("pieces", pieces) + self._weights["shapes"][shapes] + self._weights["places"][places]
        apart = (own[:, None] != own) * np.float32(FAR_AWAY)
        sentences = Sentences(embedded[None], apart[None, None], np.array([wanted]))
        (found,) = chances(np, self._weights, encode(np, self._weights, sentences))
        yield from np.split(found, list(accumulate(len(each.tokens) for each in stretches))[:-1])


def _groups(stretches: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Yield the stretches, in their order, in lists that are read at once."""
    group: list[Stretch] = []
    size = 0
    for stretch in stretches:
        if group and size + len(stretch.pieces) > TOGETHER:
            yield group
            group, size = [], 0
        group.append(stretch)
        size += len(stretch.pieces)
    if group:
        yield group
