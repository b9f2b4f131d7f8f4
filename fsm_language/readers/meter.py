"""How much of the files has been read, for those who wait."""

from dataclasses import dataclass
from typing import BinaryIO


@dataclass(slots=True)
class Meter:
    """Bytes of files read so far: `done` of files that are finished, and those of the one that is open."""

    done: int = 0
    open: int = 0

    @property
    def read(self) -> int:
        """All bytes read so far."""
        return self.done + self.open

    def stands(self, stream: BinaryIO) -> None:
        """Note how far the open file has been read; of one that is read to and fro, the furthest counts."""
        if not stream.closed:
            self.open = max(self.open, stream.tell())

    def ends(self, size: int) -> None:
        """Note that the open file is finished; it had `size` bytes."""
        self.done, self.open = self.done + size, 0
