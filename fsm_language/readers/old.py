"""Files that may hold notes in a form that cannot be read, so that they are told of and not passed over."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from fsm_language.readers.note import Fields, Note, failed

ADVICE = {
    ".doc": "It is an old Word document. Open it and save it as .docx.",
    ".xls": "It is an old Excel workbook. Open it and save it as .xlsx.",
    ".ods": "OpenDocument tables cannot be read. Save it as .xlsx or .csv.",
    ".msg": "Messages of Outlook cannot be read. Save it as .eml, or its text as .txt.",
    ".pst": "Mail folders of Outlook cannot be read. Save the messages as .eml.",
    ".pages": "Documents of Pages cannot be read. Export it as .docx.",
    ".wpd": "Documents of WordPerfect cannot be read. Save it as .docx.",
}

READERS: dict[str, Callable[[BinaryIO, str, Fields], Iterator[Note]]]


def _told(advice: str, _stream: BinaryIO, name: str, _fields: Fields) -> Iterator[Note]:
    yield failed(name, advice)


READERS = {ending: partial(_told, advice) for ending, advice in ADVICE.items()}
