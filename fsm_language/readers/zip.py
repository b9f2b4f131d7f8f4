"""A zip file holds files of notes; nothing of it is written to disk."""

import io
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZipFile, ZipInfo

from fsm_language.readers.archive import BUNDLE, DAMAGED, MEGABYTE, ArchiveError, opened, pieces
from fsm_language.readers.note import Fields, Note, failed

if TYPE_CHECKING:
    from fsm_language.readers import Reader

STREAMED = (".csv", ".tsv", ".jsonl", ".ndjson")
AT_ONCE = 200 * MEGABYTE  # of a file that is read whole
TOO_LARGE = f"It unpacks to more than {AT_ONCE // MEGABYTE} MB, so it was not read. Unpack it and name the file."
NESTED = "A zip file inside a zip file is not opened. Unpack it first."
LEADS_OUT = "Its name leads out of the zip file, so it was not read."


def read(stream: BinaryIO, name: str, fields: Fields) -> Iterator[Note]:
    """Yield the notes of the files in `stream`, in order of name; files that no reader is for are passed over."""
    from fsm_language.readers import READERS

    try:
        archive = opened(stream, BUNDLE)
    except ArchiveError as error:
        yield failed(name, str(error))
        return
    found = False
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        path = PurePosixPath(member.filename.replace("\\", "/"))
        ending = path.suffix.lower()
        if (
            not member.filename
            or member.is_dir()
            or ending not in READERS
            or any(part[0] in "._" for part in path.parts if part != "..")
        ):
            continue
        found = True
        inner = f"{name}/{path}"
        if ".." in path.parts or path.is_absolute() or ":" in path.parts[0] or stat.S_ISLNK(member.external_attr >> 16):
            yield failed(inner, LEADS_OUT)
        elif ending == ".zip":
            yield failed(inner, NESTED)
        elif ending not in STREAMED and member.file_size > AT_ONCE:
            yield failed(inner, TOO_LARGE)
        else:
            about = {"file": path.name, "folder": path.parent.name}
            for note in _notes(archive, member, inner, READERS[ending], fields):
                yield replace(note, record={**about, **note.record})
    if not found:
        yield failed(name, "The zip file holds no notes: no file in it is of a kind that can be read.")


def _notes(archive: ZipFile, member: ZipInfo, name: str, reader: "Reader", fields: Fields) -> Iterator[Note]:
    try:
        if not name.lower().endswith(STREAMED):
            yield from reader(io.BytesIO(b"".join(pieces(archive, member))), name, fields)
            return
        with archive.open(member) as packed:
            yield from reader(packed, name, fields)  # type: ignore[arg-type]
            # reason: typeshed has a packed file as IO[bytes], which is all that readers ask of a stream
    except ArchiveError as error:
        yield failed(name, str(error))
    except DAMAGED:
        yield failed(name, "It is damaged inside the zip file. Copy or export it again.")
