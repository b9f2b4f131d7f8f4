"""Bytes to text: UTF-8, marked UTF-16 and UTF-32, then Windows-1252, and a clear word when none of them fits."""

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple, TextIO

MARKS = (  # the longer first: a mark of UTF-32 begins like one of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
LONGEST_SIGNATURE = 8
PIECE = 1 << 20  # bytes looked at together
SYMBOL = re.compile("[\uf000-\uf0ff]")
LONE = re.compile("[\ud800-\udfff]")
WINDOWS_NOTICE = "Not UTF-8; read as Windows-1252. If letters look wrong, save it as UTF-8."
LONE_NOTICE = "Holds halves of characters that were cut apart; they are shown as �."


class NotTextError(ValueError):
    """Bytes that are no text; the message says what they seem to be and what to do, in plain sentences."""


def decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of `content` and notices of what was assumed. Raises `NotTextError`.

    Line ends stay as they are.
    """
    encoding, notices = encoding_of(io.BytesIO(content))
    return content.decode(encoding), notices


@contextmanager
def text_of(stream: BinaryIO) -> Iterator[tuple[TextIO, tuple[str, ...]]]:
    """Open the text of `stream`, which may be larger than memory, and say what was assumed. Raises `NotTextError`.

    Line ends stay as they are; the stream stays open.
    """
    if not stream.seekable():
        stream = io.BytesIO(stream.read())
    encoding, notices = encoding_of(stream)
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding, newline="")
    try:
        yield text, notices
    finally:
        text.detach()


def encoding_of(stream: BinaryIO) -> tuple[str, tuple[str, ...]]:
    """Return the encoding in which all of `stream` makes sense, and notices. Raises `NotTextError`."""
    head = stream.read(LONGEST_SIGNATURE)
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            raise NotTextError(f"This is {kind}, not plain text. Give it the right ending, or save its text as .txt.")
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    fault = _fault(stream, marked or "utf-8")
    if fault is None:
        return marked or "utf-8", ()
    if marked is not None:
        raise NotTextError(f"Begins like {marked.upper()} but is not: it may have been cut short.")
    other = _fault(stream, "cp1252")
    if other is None:
        return "cp1252", (WINDOWS_NOTICE,)
    raise NotTextError(
        f"Neither UTF-8 (wrong from line {fault.line}) nor Windows-1252 (byte 0x{other.byte:02X} in line "
        f"{other.line} is no character). Save it again as UTF-8."
    )


class Fault(NamedTuple):
    """The first byte that is not in an encoding, and its line, counted from 1."""

    line: int
    byte: int


def _fault(stream: BinaryIO, encoding: str) -> Fault | None:
    """Return where `stream` is not in `encoding`. Raises `NotTextError` at a NUL, which no text holds."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    while True:
        piece = stream.read(PIECE)
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            wrong = error.object[error.start]
            return Fault(line + error.object.count(b"\n", 0, error.start), wrong)
        if (at := text.find("\0")) >= 0:
            line += text.count("\n", 0, at)
            raise NotTextError(
                f"Line {line} holds a NUL byte: it is damaged, or no text at all. Save it again as text."
            )
        if not piece:
            return None
        line += text.count("\n")


def bullets(text: str) -> str:
    """Return `text` with the characters of symbol fonts, which have no meaning of their own, made bullets."""
    return SYMBOL.sub("•", text)


def whole(text: str) -> tuple[str, tuple[str, ...]]:
    """Return `text` with lone surrogates, which no encoding can write, made �; and a notice if there were any.

    The text keeps its length, so that offsets still count in what was given.
    """
    return (LONE.sub("�", text), (LONE_NOTICE,)) if LONE.search(text) else (text, ())
