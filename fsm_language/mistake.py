"""What a person wrote that cannot be used, and where, so that every front can show it in its place."""

from pathlib import Path


class Mistake(ValueError):  # noqa: N818  # it is the person's, not the program's
    """`message` says what is wrong and the likely fix; `file`, `line` and `column` (from 1, 0 for none) say where."""

    def __init__(self, message: str, file: Path | None = None, line: int = 0, column: int = 0) -> None:
        """Remember what is wrong, and where."""
        super().__init__(message, file, line, column)
        self.message = message
        self.file = file
        self.line = line
        self.column = column

    def __str__(self) -> str:
        """Say where, then what."""
        place = "".join(f":{number}" for number in (self.line, self.column) if number)
        return self.message if self.file is None else f"{self.file}{place}: {self.message}"
