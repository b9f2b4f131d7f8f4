"""A PDF is a note, page by page."""

import logging
import re
from collections.abc import Iterator
from typing import BinaryIO

from fsm_language.document import Place
from fsm_language.readers.encoding import bullets, whole
from fsm_language.readers.note import Fields, Note, failed

DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
LOCKED = "The PDF is locked with a password. Save a copy without one."
SCANNED = "The PDF holds no text, only pictures. If it was scanned, have its text recognised (OCR) first."


def read(stream: BinaryIO, name: str, _fields: Fields) -> Iterator[Note]:
    """Yield the one note in `stream`."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it could quote the note
    try:
        reader = PdfReader(stream)
        pages = [bullets(page.extract_text()) for page in reader.pages]
        written = DATE.match(str(reader.metadata.get("/CreationDate"))) if reader.metadata else None
    except (FileNotDecryptedError, DependencyError):
        yield failed(name, LOCKED)
        return
    except Exception as error:  # noqa: BLE001  # pypdf lets out whatever a damaged file leads to
        yield failed(name, f"It cannot be read as a PDF ({type(error).__name__}). Open and save it again.")
        return
    places: list[Place] = []
    text = ""
    for number, page in enumerate(pages, 1):
        if page.strip():
            places.append(Place(len(text), f"page {number}"))
            text += page.rstrip() + "\n"  # a sentence may go on over the page
    if not places:
        yield failed(name, SCANNED)
        return
    text, cut = whole(text)
    record = {"date": "-".join(written.groups())} if written else {}
    yield Note(name, text, notices=cut, places=tuple(places), record=record)
