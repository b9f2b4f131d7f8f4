"""Where output goes: a file or the screen, in UTF-8, with colour and progress only where a person watches."""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from fsm_language.finding import Report
from fsm_language.formats.terminal import safe
from fsm_language.formats.wording import many, note_name

PATIENCE = 1.0  # seconds before a run counts as long
BEAT = 0.2  # seconds between two signs of progress


class Writer:
    """Writes text to a file or to the screen."""

    def __init__(self, stream: TextIO) -> None:
        """Write to `stream`."""
        self._stream = stream
        self.to_terminal = stream.isatty()

    def __call__(self, text: str) -> None:
        """Write `text` at once, so that a script can read along."""
        self._stream.write(text)
        self._stream.flush()


@contextmanager
def output(file: Path | None, colour: str = "auto") -> Iterator[tuple[Writer, bool]]:
    """Open what to write to, and say whether to use colour. Raises `OSError`."""
    if file is not None and str(file) != "-":
        with file.open("w", encoding="utf-8", newline="") as stream:
            yield Writer(stream), colour == "always"
        return
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    yield Writer(sys.stdout), colour == "always" or (colour == "auto" and _likes_colour(sys.stdout))
    sys.stdout.flush()


def _likes_colour(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Return how many columns the terminal has."""
    return shutil.get_terminal_size().columns


def with_progress(reports: Iterator[Report], *, quiet: bool) -> Iterator[Report]:
    """Yield `reports`; when that takes long and a person watches, count them on the last line of the screen."""
    if quiet or not sys.stderr.isatty():
        yield from reports
        return
    started = last = time.monotonic()
    found = 0
    told = False
    for number, report in enumerate(reports, 1):
        found += len(report.findings)
        now = time.monotonic()
        if now - started > PATIENCE and now - last > BEAT:
            click.echo(f"\r\x1b[K{many(number, 'note')} checked, {many(found, 'finding')} …", nl=False, err=True)
            told, last = True, now
        yield report
    if told:
        click.echo("\r\x1b[K", nl=False, err=True)


def complain(report: Report, *, quiet: bool = False) -> None:
    """Say on standard error what went wrong with a note, or what was assumed in order to read it."""
    if report.error is not None:
        click.echo(f"{safe(note_name(report))}: {safe(report.error)}", err=True)
    for notice in () if quiet else report.notices:
        click.echo(f"{safe(note_name(report))}: {safe(notice)}", err=True)
