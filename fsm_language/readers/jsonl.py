"""A JSON Lines file holds a note a line: an object with a text and, as a rule, an id."""

import codecs
import json
from collections.abc import Iterator
from typing import BinaryIO

from fsm_language.readers.encoding import NotTextError, decode, whole
from fsm_language.readers.note import Fields, Note, failed
from fsm_language.readers.record import At, missing_field, note_of, plain

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(stream: BinaryIO, name: str, fields: Fields) -> Iterator[Note]:
    """Yield the notes in `stream`, one a line; lines that hold none of it are passed over."""
    found = False
    for number, line in enumerate(_lines(stream), 1):
        if line.strip():
            found = True
            yield _note(line, name, number, fields)
    if not found:
        yield failed(name, "The file is empty. Was it saved?")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    first = stream.readline()
    if first.startswith(UTF16):
        try:
            yield from decode(first + stream.read())[0].encode("utf-8", "surrogatepass").split(b"\n")
        except NotTextError:
            yield first
    else:
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from stream


def _note(line: bytes, name: str, number: int, fields: Fields) -> Note:
    place = f"line {number}"
    try:
        content, notices = decode(line)
        record = _record(content, fields)
    except ValueError as error:
        return failed(name, f"Line {number}: {error}", place)
    named = whole(plain(record.get(fields.id)))[0] or place
    if fields.text not in record:
        return failed(name, f"Line {number}: {missing_field(fields.text, record, 'field')}", named)
    if not isinstance(record[fields.text], str | None):
        return failed(name, f"Line {number}: the field “{fields.text}” is no text. Put it in quotation marks.", named)
    return note_of(name, record, fields, At(place, f"{place}, field {fields.text}"), notices)


def _record(content: str, fields: Fields) -> dict[str, object]:
    """Return the object that a line holds. Raises `ValueError` with plain sentences."""
    try:
        record = json.loads(content)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg}, column {error.colno}). Mend or drop that line.") from None
    except (ValueError, RecursionError):
        raise ValueError("JSON that cannot be read: a number or a nesting in it is too long.") from None
    if not isinstance(record, dict):
        raise ValueError(f'no JSON object. Write {{"{fields.id}": "…", "{fields.text}": "…"}}.')  # noqa: TRY004
        # reason: what is wrong is a value of the file, not a type of ours
    return record
