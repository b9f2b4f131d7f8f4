"""An e-mail is a note: its subject and its body; what is attached is not read, and said so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from fsm_language.prose import prose
from fsm_language.readers.note import Fields, Note, Part, failed, joined

if TYPE_CHECKING:
    from email.message import EmailMessage

DAMAGED = (LookupError, ValueError, TypeError, AttributeError, OverflowError)  # what damaged mail leads to


def read(stream: BinaryIO, name: str, _fields: Fields) -> Iterator[Note]:
    """Yield the one note in `stream`."""
    # slow to read, and only for mail
    import email
    from email import policy

    try:
        message = email.message_from_binary_file(stream, policy=policy.default)
        if not message.keys():
            yield failed(name, "It is no e-mail: it has no heading. Save it from the mail program again.")
            return
        parts = [Part("subject", str(message["subject"] or "")), Part("message", _body(message))]
        note = joined(name, parts, _record(message))
        attached = sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    except DAMAGED as error:
        yield failed(name, f"It cannot be read as an e-mail ({type(error).__name__}). Save it again.")
        return
    said = (
        (f"Has attachments that were not read ({attached}). Save them to a folder to check them.",) if attached else ()
    )
    yield replace(note, notices=said)


def _body(message: EmailMessage) -> str:
    """Return what a person reads of a message: its plain text, or the prose of its HTML."""
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    content = str(body.get_content())
    return prose(content, "html").text if body.get_content_subtype() == "html" else content.replace("\r\n", "\n")


def _record(message: EmailMessage) -> dict[str, str]:
    said = {key: str(message[key]) for key in ("from", "to", "subject") if message[key]}
    written = getattr(message["date"], "datetime", None)
    return {**said, "date": written.date().isoformat()} if written else said
