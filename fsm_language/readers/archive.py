"""Opening what is packed as a zip, Word and Excel files among them, without being flooded by it."""

from lzma import LZMAError
from struct import error as StructError  # noqa: N812  # named as errors are
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as DeflateError  # noqa: N812  # likewise

MEMBERS = 100_000
LARGEST = 8 << 30  # bytes that everything in an archive may come to
LARGEST_DOCUMENT = 1 << 30  # likewise in a file of one document, which is read whole
SUSPECT = 10 << 20  # bytes from which a member that packs too well is no text
RATIO = 300  # text packs to a tenth or so, a trap to a thousandth
ENCRYPTED = 0x1
# what Python raises at a member of a damaged archive
DAMAGED = (BadZipFile, DeflateError, LZMAError, OSError, EOFError, ValueError, KeyError, RuntimeError, StructError)


class ArchiveError(ValueError):
    """An archive that is not opened; the message says why and what to do, in plain sentences."""


def opened(stream: BinaryIO, largest: int = LARGEST_DOCUMENT) -> ZipFile:
    """Open an archive after a look at what it claims to hold, which Python holds it to. Raises `ArchiveError`."""
    try:
        archive = ZipFile(stream)
    except DAMAGED:
        raise ArchiveError("It is damaged, or not of the kind that its name says. Save or copy it again.") from None
    members = archive.infolist()
    if len(members) > MEMBERS:
        raise ArchiveError(
            f"It holds more than {MEMBERS:,} files, so it was not opened. Unpack it and name the folder."
        )
    if sum(member.file_size for member in members) > largest:
        size = largest >> 30
        raise ArchiveError(f"It unpacks to more than {size} GB, so it was not opened. Unpack it and name the folder.")
    if any(map(_is_trap, members)):
        raise ArchiveError("It unpacks to many hundred times its size, as files made to do harm do. It was not opened.")
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise ArchiveError("It is locked with a password. Save a copy without one.")
    return archive


def _is_trap(member: ZipInfo) -> bool:
    return member.file_size > SUSPECT and member.file_size > RATIO * member.compress_size
