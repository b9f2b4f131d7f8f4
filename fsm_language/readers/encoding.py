"""Bytes to text: UTF-8, marked UTF-16 and UTF-32, then Windows-1252, and a clear word when none of them fits."""

import codecs
import re

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
LONE = re.compile("[\ud800-\udfff]")
WINDOWS_NOTICE = "Not UTF-8; read as Windows-1252. If letters look wrong, save it as UTF-8."
LONE_NOTICE = "Holds halves of characters that were cut apart; they are shown as �."


class NotTextError(ValueError):
    """Bytes that are no text; the message says what they seem to be and what to do, in plain sentences."""


def decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of `content` and notices of what was assumed. Raises `NotTextError`.

    Line ends stay as they are.
    """
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            raise NotTextError(f"This is {kind}, not plain text. Open it and save its text as a .txt file.")
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), None)
    if encoding is None and (at := content.find(0)) >= 0:
        line = content.count(b"\n", 0, at) + 1
        raise NotTextError(f"Line {line} holds a NUL byte: it is damaged, or no text at all. Save it again as text.")
    try:
        text, notices = content.decode(encoding or "utf-8"), ()
    except UnicodeDecodeError as error:
        if encoding is not None:
            raise NotTextError(f"Begins like {encoding.upper()} but is not: it may have been cut short.") from None
        return _windows(content, error.start), (WINDOWS_NOTICE,)
    if encoding is not None and (at := text.find("\0")) >= 0:
        raise NotTextError(f"Line {text.count(chr(10), 0, at) + 1} holds a NUL character, so this is damaged text.")
    return text, notices


def _windows(content: bytes, first_wrong: int) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        utf8_line = content.count(b"\n", 0, first_wrong) + 1
        raise NotTextError(
            f"Neither UTF-8 (wrong from line {utf8_line}) nor Windows-1252 (byte 0x{content[error.start]:02X} in line "
            f"{line} is no character). Save it again as UTF-8."
        ) from None


def whole(text: str) -> tuple[str, tuple[str, ...]]:
    """Return `text` with lone surrogates, which no encoding can write, made �; and a notice if there were any.

    The text keeps its length, so that offsets still count in what was given.
    """
    return (LONE.sub("�", text), (LONE_NOTICE,)) if LONE.search(text) else (text, ())
