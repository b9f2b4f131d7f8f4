"""A plain text or Markdown file is one note."""

from collections.abc import Iterator
from typing import BinaryIO

from fsm_language.readers.encoding import NotTextError, decode
from fsm_language.readers.note import Fields, Note, failed


def read(stream: BinaryIO, name: str, _fields: Fields) -> Iterator[Note]:
    """Yield the one note in `stream`."""
    try:
        text, notices = decode(stream.read())
    except NotTextError as error:
        yield failed(name, str(error))
        return
    if text.strip():
        yield Note(name, text, notices=notices)
    else:
        yield failed(name, "The file is empty. Was it saved?")
