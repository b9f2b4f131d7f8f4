"""Readers turn files into notes: one module a format, chosen by how the file's name ends."""

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from fsm_language.readers import csv, docx, eml, jsonl, odt, old, parquet, pdf, rtf, txt, xlsx, zip  # noqa: A004

# reason for the name: modules here are called as files end
from fsm_language.readers.meter import Meter
from fsm_language.readers.note import Fields, Note, failed

Reader = Callable[[BinaryIO, str, Fields], Iterator[Note]]

READERS: dict[str, Reader] = {
    ".txt": txt.read,
    ".text": txt.read,
    ".md": txt.read,
    ".markdown": txt.read,
    ".html": txt.read,
    ".htm": txt.read,
    ".xhtml": txt.read,
    ".eml": eml.read,
    ".docx": docx.read,
    ".docm": docx.read,
    ".odt": odt.read,
    ".rtf": rtf.read,
    ".pdf": pdf.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".csv": csv.read,
    ".tsv": csv.read,
    ".xlsx": xlsx.read,
    ".xlsm": xlsx.read,
    ".parquet": parquet.read,
    ".zip": zip.read,
    **old.READERS,
}

__all__ = ["READERS", "Fields", "Meter", "Note", "Reader", "failed", "find", "read", "read_bytes"]


def find(path: Path) -> Iterator[Path]:
    """Yield `path`, or the files in and below a folder that there is a reader for, in order of name.

    Files and folders whose names begin with a full stop are passed over.
    """
    if not path.is_dir():
        yield path
        return
    for folder, below, names in os.walk(path):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in READERS:
                yield Path(folder, name)


def read(path: Path, fields: Fields, seen: set[Path], meter: Meter | None = None) -> Iterator[Note]:
    """Yield the notes in a file or folder. What cannot be read is a note with `error`; nothing is raised.

    What lies in or below a path of `seen` is passed over, and `path` is added to it. `meter` learns how far the
    files have been read.
    """
    meter = meter or Meter()
    before = frozenset(seen)
    seen.add(path.resolve())
    found = False
    for file in find(path):
        found = True
        if before and not before.isdisjoint((known := file.resolve(), *known.parents)):
            continue
        yield from _read_file(file, fields, meter)
    if not found:
        yield failed(str(path), f"The folder holds no notes: no file in it ends in {', '.join(READERS)}.")


def _read_file(file: Path, fields: Fields, meter: Meter) -> Iterator[Note]:
    about = {"file": file.name, "folder": file.parent.name}
    try:
        with file.open("rb") as stream:
            for note in read_stream(stream, str(file), fields):
                meter.stands(stream)
                yield replace(note, record={**about, **note.record})
            meter.ends(file.stat().st_size)
    except OSError as error:
        yield failed(str(file), _why_not(error))


def read_stream(stream: BinaryIO, name: str, fields: Fields) -> Iterator[Note]:
    """Yield the notes in an open file; the end of `name` says how to read it, plain text if there is no telling."""
    yield from READERS.get(Path(name).suffix.lower(), txt.read)(stream, name, fields)


def read_bytes(content: bytes, name: str, fields: Fields) -> Iterator[Note]:
    """Yield the notes in `content`, as if it were a file called `name`."""
    yield from read_stream(io.BytesIO(content), name, fields)


def _why_not(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "There is no such file or folder. Is the name spelt as it is on disk?"
    if isinstance(error, PermissionError):
        return "The file may not be read by you. Ask whoever looks after it for permission."
    return f"The file cannot be read: {error.strerror or type(error).__name__}."
