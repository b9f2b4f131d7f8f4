"""What was worked out of pieces of a note, kept from one check of it to the next and no longer."""

from collections.abc import Mapping
from typing import Generic, TypeVar

Piece = TypeVar("Piece")
Value = TypeVar("Value")


class Kept(Generic[Piece, Value]):
    """Values by the pieces of text they were worked out of.

    What a check has asked for is there for the next one; what it has not asked for is let go.
    """

    def __init__(self, before: Mapping[Piece, Value] | None = None) -> None:
        """Begin with what the check before has left in `now`."""
        self._before = before or {}
        self.now: dict[Piece, Value] = {}

    def get(self, piece: Piece) -> Value | None:
        """Return what is known of a piece, None for nothing."""
        value = self.now.get(piece)
        if value is None:
            value = self._before.get(piece)
            if value is not None:
                self.now[piece] = value
        return value

    def __setitem__(self, piece: Piece, value: Value) -> None:
        """Keep what was worked out of a piece."""
        self.now[piece] = value
