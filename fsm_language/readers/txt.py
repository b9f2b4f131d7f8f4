"""A text, Markdown or HTML file is one note."""

from collections.abc import Iterator
from typing import BinaryIO

from fsm_language.prose import kind_of
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
        yield Note(name, text, notices=notices, kind=kind_of(name))
    else:
        yield failed(name, "The file is empty. Was it saved?")
