"""A rich text file is a note, paragraph by paragraph, without deleted text."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from fsm_language.readers.encoding import bullets
from fsm_language.readers.note import Fields, Note, Part, failed, joined

# what was deleted while changes were tracked: a group, with at most one level of groups in it
DELETED = re.compile(r"\{\\deleted\b[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")


def read(stream: BinaryIO, name: str, _fields: Fields) -> Iterator[Note]:
    """Yield the one note in `stream`."""
    from striprtf.striprtf import rtf_to_text

    content = stream.read().decode("latin-1")  # the form is ASCII; letters beyond it are spelt out
    if not content.lstrip().startswith("{\\rtf"):
        yield failed(name, "It is no rich text (RTF) file, whatever its name says. Open and save it again.")
        return
    try:
        text: str = rtf_to_text(DELETED.sub("", content), errors="replace")  # type: ignore[no-untyped-call]
    except Exception as error:  # noqa: BLE001  # striprtf lets out whatever a damaged file leads to
        yield failed(name, f"It cannot be read as rich text ({type(error).__name__}). Open and save it again.")
        return
    lines = (line.strip("|").replace("|", "\t") for line in bullets(text).split("\n"))
    yield joined(name, (Part(f"paragraph {number}", line) for number, line in enumerate(lines, 1)))
