"""The journal of an audit: rows are added at its end, and what a stopped run left half written is cut off."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from fsm_language import whole
from fsm_language.audit.layout import amiss
from fsm_language.audit.row import Row
from fsm_language.formats.jsonl import line

FINDINGS = "findings.jsonl"
RUN = "run.json"
INSTEAD = "It stays as it is. Name another folder, or replace the audit there: --anew."


class AuditError(ValueError):
    """An audit that cannot be begun or gone on with; the message says why and what to do."""


class Journal:
    """The file of rows, open to be read once to where an earlier run came to, and then added to."""

    def __init__(self, stream: BinaryIO) -> None:
        """Use `stream`, which stands at its beginning and can be read and written."""
        self._stream = stream

    def earlier(self) -> Iterator[Row]:
        """Yield the rows that are whole, then cut off what comes after. Raises `AuditError` at one that is no row."""
        whole = 0
        for number, written in enumerate(self._stream, 1):
            if not _is_whole(written):
                break
            row = _row(written, f"{self._stream.name}: line {number}", ends=True)
            whole += len(written)
            yield row
        self._stream.seek(whole)
        self._stream.truncate()

    def add(self, row: Row) -> None:
        """Add a row; once this returns, ending the program does not lose it."""
        self._stream.write(line(row).encode("utf-8", "backslashreplace") + b"\n")
        self._stream.flush()

    def close(self) -> None:
        """Have the disk keep it all."""
        os.fsync(self._stream.fileno())
        self._stream.close()


def _is_whole(written: bytes) -> bool:
    """Whether a line was written to its end; where the power failed, there may be nothing but zeros."""
    return written.endswith(b"\n") and b"\0" not in written


def _row(written: bytes, place: str, *, ends: bool) -> Row:
    """Return the row of a line. Raises `AuditError` that names `place` where it is none."""
    try:
        row = json.loads(written)
    except (ValueError, RecursionError):
        raise AuditError(f"{place} is not JSON. Was it changed by hand, or by another program? {INSTEAD}") from None
    if lacking := amiss(row, ends=ends):
        raise AuditError(f"{place} is a row of another version or program (see “{lacking}”). {INSTEAD}")
    return cast("Row", row)


def rows(folder: Path, *, ends: bool = False) -> Iterator[Row]:
    """Yield the rows of an audit. Raises `AuditError` when there is none, or a line of it cannot be read.

    Without `ends`, rows of versions that did not write where findings end will do.
    """
    file = folder / FINDINGS
    try:
        with file.open("rb") as stream:
            for number, written in enumerate(stream, 1):
                if not _is_whole(written):
                    raise AuditError(f"{file}: line {number} is not whole. Go on with the audit: --resume.")
                yield _row(written, f"{file}: line {number}", ends=ends)
    except FileNotFoundError:
        raise AuditError(f"{folder}: holds no audit. `fsm-language audit … --output {folder}` makes one.") from None


def begin(folder: Path, asked: Row, *, resume: bool, anew: bool) -> Journal:
    """Open the journal in `folder`, which is there, and write down what was asked. Raises `AuditError`, and `OSError`.

    `resume` goes on with what an earlier run left there if it was asked the same; `anew` replaces it.
    """
    file, run = folder / FINDINGS, folder / RUN
    if file.exists() and not anew:
        if not resume:
            raise AuditError(
                f"{folder}: holds an audit. Go on with it (--resume), replace it (--anew), or name another."
            )
        _same(asked, run)
    else:
        file.unlink(missing_ok=True)
        _write(run, asked)
    return Journal(file.open("r+b" if file.exists() else "w+b"))


def _write(run: Path, asked: Row) -> None:
    """Write `run` whole or not at all."""
    whole.write(run, (json.dumps(asked, ensure_ascii=False, indent=2) + "\n").encode())


DIFFERS = {
    "program": "it was begun by another version of fsm-language",
    "input": "the notes to read are not the same, or were changed since",
    "rules": "the rules are not the same",
    "settings": "the settings are not the same",
    "choice": "other notes are asked for (--since, --where, --sample, --seed)",
    "showing": "rows would show other things (--with-text, --pseudonymise)",
    "silenced": "the baseline or the ignores are not the same",
}


def _same(asked: Row, run: Path) -> None:
    try:
        before = json.loads(run.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        before = None
    if not isinstance(before, dict):
        raise AuditError(f"{run}: is missing or damaged, so there is no telling what was asked. {INSTEAD}")
    wrong = [reason for key, reason in DIFFERS.items() if before.get(key) != json.loads(json.dumps(asked[key]))]
    if wrong:
        raise AuditError(
            f"{run.parent}: the audit there cannot be gone on with: {'; '.join(wrong)}. "
            "Ask as before, or begin again with --anew."
        )
