"""The notes an editor has open, as the editor holds them: nothing here reads a file."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from lsprotocol import types as lsp
from pygls.uris import to_fs_path

from fsm_language import Document, Report
from fsm_language.configuration import Configuration
from fsm_language.glossary import Glossary
from fsm_language.mistake import Mistake
from fsm_language.prose import kind_of
from fsm_language.units import Encoding
from fsm_language_lsp.notes.places import offsets

KINDS = {
    "plaintext": "plain",
    "text": "plain",
    "markdown": "markdown",
    "html": "html",
    "xhtml": "html",
    "git-commit": "git-commit",
    "gitcommit": "git-commit",
    "yaml": "yaml",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking one state of a note; `final` when no better report on that state will come.

    `glossary` holds the acronyms that it was checked with; `mistakes` are those of a rule file or a settings file,
    which is no note.
    """

    stamp: int
    report: Report
    configuration: Configuration
    final: bool
    glossary: Glossary = field(default_factory=Glossary)
    mistakes: tuple[Mistake, ...] = ()


@dataclass(slots=True)
class OpenNote:
    """A note in an editor. `stamp` counts its changes, and those of the settings that hold for it."""

    uri: str
    kind: str
    version: int | None
    document: Document
    stamp: int = 0
    checked: Checked | None = None
    work: "asyncio.Task[None] | None" = None
    sending: "asyncio.Task[None] | None" = None
    changed: float | None = field(default=None)  # when the first change came that no diagnostics have answered

    @property
    def path(self) -> Path | None:
        """The file of the note; None for one that is in no file."""
        return path_of(self.uri)

    @property
    def name(self) -> str:
        """How reports call the note."""
        return str(self.path or self.uri)

    def is_current(self, checked: Checked | None) -> bool:
        """Whether `checked` is about the note as it is now."""
        return checked is not None and checked.stamp == self.stamp

    def change(
        self, version: int | None, changes: Iterable[lsp.TextDocumentContentChangeEvent], encoding: Encoding
    ) -> None:
        """Take over what was typed: changes within the note, one after another, or the whole note anew."""
        for change in changes:
            text = change.text
            if isinstance(change, lsp.TextDocumentContentChangePartial):
                start, end = offsets(self.document, change.range, encoding)
                text = self.document.text[:start] + text + self.document.text[end:]
            self.document = Document(text, self.name)
        self.version = version
        self.stamp += 1


def opened(item: lsp.TextDocumentItem) -> OpenNote:
    """Return the note that an editor has just opened."""
    path = path_of(item.uri)
    kind = KINDS.get(str(item.language_id).lower()) or kind_of(item.uri)
    return OpenNote(item.uri, kind, item.version, Document(item.text, str(path or item.uri)))


def path_of(uri: str) -> Path | None:
    """Return the file that a URI names; None for `untitled:` and others that name none, or nothing that can be."""
    try:
        path = to_fs_path(uri) if uri.startswith("file:") else None
    except ValueError:
        return None
    return Path(path) if path and "\0" not in path else None
