"""Opening what is packed as a zip, Word and Excel files among them, without being flooded by it."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from lzma import LZMAError
from struct import error as StructError  # noqa: N812  # named as errors are
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as DeflateError  # noqa: N812  # likewise

MEMBERS = 100_000
PIECE = 4096  # bytes of a member that are unpacked together
MEGABYTE = 1 << 20
SUSPECT = 10 << 20  # bytes from which a member that packs too well is no text
RATIO = 300  # text packs to a tenth or so, a trap to a thousandth
ENCRYPTED = 0x1
# what Python raises at a member of a damaged archive
DAMAGED = (BadZipFile, DeflateError, LZMAError, OSError, EOFError, ValueError, KeyError, RuntimeError, StructError)


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may unpack to, in bytes: all of it, and one member; and what to do with one that is larger."""

    whole: int
    member: int
    instead: str


BUNDLE = Limits(8 << 30, 8 << 30, "Unpack it and name the folder.")
DOCUMENT = Limits(200 * MEGABYTE, 50 * MEGABYTE, "Take large pictures out, or save it in parts.")
WORKBOOK = Limits(400 * MEGABYTE, 200 * MEGABYTE, "Save it as CSV, or in parts.")


class ArchiveError(ValueError):
    """An archive that is not opened; the message says why and what to do, in plain sentences."""


def opened(stream: BinaryIO, limits: Limits) -> ZipFile:
    """Open an archive after a look at what it claims to hold. Raises `ArchiveError`."""
    try:
        archive = ZipFile(stream)
    except DAMAGED:
        raise ArchiveError("It is damaged, or not of the kind that its name says. Save or copy it again.") from None
    members = archive.infolist()
    if len(members) > MEMBERS:
        raise ArchiveError(
            f"It holds more than {MEMBERS:,} files, so it was not opened. Unpack it and name the folder."
        )
    if sum(member.file_size for member in members) > limits.whole:
        raise ArchiveError(f"It unpacks to more than {_size(limits.whole)}, so it was not opened. {limits.instead}")
    if any(is_trap(member.file_size, member.compress_size) for member in members):
        raise ArchiveError("It unpacks to many hundred times its size, as files made to do harm do. It was not opened.")
    if any(member.file_size > limits.member for member in members):
        size = _size(limits.member)
        raise ArchiveError(f"A part of it unpacks to more than {size}, so it was not opened. {limits.instead}")
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise ArchiveError("It is locked with a password. Save a copy without one.")
    return archive


def opened_document(stream: BinaryIO, limits: Limits = DOCUMENT) -> ZipFile:
    """Open an archive that a library will read whole, once every member was counted. Raises `ArchiveError`."""
    archive = opened(stream, limits)
    for member in archive.infolist():
        try:
            for _ in pieces(archive, member):
                pass
        except ArchiveError:
            raise
        except DAMAGED:
            continue  # whether it is needed is for its reader to say
    return archive


def pieces(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    """Yield what a member unpacks to, a little at a time. Raises `ArchiveError` once it is more than it claims.

    Python cuts a member to what it claims, but only after it has unpacked all that it is asked for.
    """
    left = member.file_size
    believed = copy(member)
    believed.file_size += 2 * PIECE + 1  # or Python would cut it there
    with archive.open(believed) as packed:
        while piece := packed.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise ArchiveError("It is damaged: a part of it unpacks to more than it says. Save or copy it again.")
            yield piece


def _size(most: int) -> str:
    return f"{most >> 30} GB" if most >= 1 << 30 else f"{most >> 20} MB"


def is_trap(unpacked: int, packed: int) -> bool:
    """Whether so many bytes packed to so few are no text."""
    return unpacked > SUSPECT and unpacked > RATIO * packed
