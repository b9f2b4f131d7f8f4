"""Reading what a client sent, within limits, and saying what is wrong with it without repeating it."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request

from fsm_language.nearest import nearest
from fsm_language_lsp.http.options import Options
from fsm_language_lsp.http.problem import Problem

Read = Callable[[str, object], Any]
BYTES = 12  # that a character may take on the way: an emoji in a form, each byte written %F0
LONGEST_KEY = 40
LONGEST_LENGTH = 20  # figures
HALVES = re.compile("[\ud800-\udfff]")


async def body(request: Request, options: Options) -> bytes:
    """Return the body of a request. Raises `Problem` when it is too large or too slow."""
    most = options.most_text * BYTES
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said[:LONGEST_LENGTH]) > most:
        raise too_long(options)
    content = bytearray()
    try:
        async with asyncio.timeout(options.seconds):
            async for piece in request.stream():
                content += piece
                if len(content) > most:
                    raise too_long(options)
    except TimeoutError:
        raise Problem(408, "The request took too long to arrive.", {"Connection": "close"}) from None
    except ClientDisconnect:
        raise Problem(400, "The request was broken off.") from None
    return bytes(content)


def too_long(options: Options) -> Problem:
    """Return the problem of a note that is too long."""
    return Problem(413, f"The note is too long: {options.most_text:,} characters is the most.")


def json_object(content: bytes | str) -> dict[str, Any]:
    """Return the JSON object that `content` is. Raises `Problem`."""
    try:
        given = json.loads(content)
    except (ValueError, RecursionError):
        raise Problem(400, "The request is not JSON.") from None
    if not isinstance(given, dict):
        raise Problem(400, 'The request must be a JSON object, such as {"text": "..."}.')
    return given


def fields(given: Mapping[str, object], keys: Mapping[str, Read]) -> dict[str, Any]:
    """Return the values of an object whose keys are known. Raises `Problem`."""
    for key in given:
        if key not in keys:
            raise Problem(400, f"The request has a key that is not known{nearest(key[:LONGEST_KEY], keys)}")
    return {key: keys[key](key, value) for key, value in given.items()}


def whole(note: str) -> str:
    """Return a note with each half of a surrogate pair, which is no character, read as one that takes as much room."""
    return HALVES.sub("\ufffd", note)


def text(key: str, value: object) -> str:
    """Return a text. Raises `Problem`."""
    if not isinstance(value, str):
        raise Problem(400, f"“{key}” must be a text.")
    return value


def texts(key: str, value: object) -> tuple[str, ...]:
    """Return a list of texts. Raises `Problem`."""
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise Problem(400, f"“{key}” must be a list of texts.")
    return tuple(value)


def one_of(allowed: tuple[str, ...]) -> Read:
    """Return a reader of a text that must be one of a few."""

    def read(key: str, value: object) -> str:
        if value not in allowed:
            raise Problem(400, f"“{key}” must be one of {', '.join(allowed)}.")
        return str(value)

    return read
