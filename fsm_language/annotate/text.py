"""Text of a file and back to bytes, in the encoding it came in wherever that can hold what is added."""

import io

from fsm_language.readers.encoding import encoding_of


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text of `content`, line ends as they are, and the name of its encoding. Raises `NotTextError`."""
    encoding, _notices = encoding_of(io.BytesIO(content))
    return content.decode(encoding), encoding


def encoded(text: str, encoding: str) -> bytes:
    """Return `text` in `encoding`, or in UTF-8 where that cannot hold it."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8")
