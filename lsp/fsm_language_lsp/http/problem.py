"""What could not be done for a client, in one plain sentence that holds nothing of a note."""

from collections.abc import Mapping


class Problem(Exception):  # noqa: N818  # an answer, not a fault
    """An answer other than the one asked for: an HTTP status, a sentence for the person, and headers if any.

    `line` counts from 1 and says where in what was sent; 0 is nowhere in particular.
    """

    def __init__(self, status: int, sentence: str, headers: Mapping[str, str] | None = None, line: int = 0) -> None:
        """Remember them; processes hand problems on to each other."""
        super().__init__(status, sentence, headers, line)
        self.status = status
        self.sentence = sentence
        self.headers = dict(headers or {})
        self.line = line

    @property
    def content(self) -> dict[str, str | int]:
        """What is answered, as JSON."""
        return {"error": self.sentence, **({"line": self.line} if self.line else {})}


def busy(sentence: str, seconds: int = 1, status: int = 503) -> Problem:
    """Return the problem of a client that should come back after `seconds`."""
    return Problem(status, sentence, {"Retry-After": str(seconds)})
