"""What could not be done for a client, in one plain sentence that holds nothing of a note."""

from collections.abc import Mapping


class Problem(Exception):  # noqa: N818  # an answer, not a fault
    """An answer other than the one asked for: an HTTP status, a sentence for the person, and headers if any."""

    def __init__(self, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> None:
        """Remember them; processes hand problems on to each other."""
        super().__init__(status, sentence, headers)
        self.status = status
        self.sentence = sentence
        self.headers = dict(headers or {})


def busy(sentence: str, seconds: int = 1, status: int = 503) -> Problem:
    """Return the problem of a client that should come back after `seconds`."""
    return Problem(status, sentence, {"Retry-After": str(seconds)})
