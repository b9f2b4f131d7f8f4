"""Where output goes: a file or the screen, in UTF-8, with colour and progress only where a person watches."""

import os
import shutil
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, TypeVar

import click

from fsm_language.finding import Report
from fsm_language.formats.terminal import safe
from fsm_language.formats.wording import many, note_name

PATIENCE = 1.0  # seconds before a run counts as long
BEAT = 0.2  # seconds between two signs of progress
MINUTE = 60  # seconds; and minutes in an hour

Item = TypeVar("Item")


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
        with written_to(file), file.open("w", encoding="utf-8", newline="") as stream:
            yield Writer(stream), colour == "always"
        return
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    yield Writer(sys.stdout), colour == "always" or (colour == "auto" and _likes_colour(sys.stdout))
    sys.stdout.flush()


@contextmanager
def written_to(place: Path) -> Iterator[None]:
    """Have an `OSError` that names no file, such as that of a full disk, name `place`, which is written to."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(place)
        raise


def _likes_colour(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Return how many columns the terminal has."""
    return shutil.get_terminal_size().columns


def with_progress(
    items: Iterator[Item], found: Callable[[Item], int], *, quiet: bool, share: Callable[[], float] | None = None
) -> Iterator[Item]:
    """Yield `items`, one a note; when that takes long and a person watches, tell of it on the last line of the screen.

    `found` says how many findings an item has, `share` how much of all there is has been done, from 0 to 1.
    """
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    pace = Pace()
    started = last = time.monotonic()
    findings = 0
    told = False
    for number, item in enumerate(items, 1):
        findings += found(item)
        now = time.monotonic()
        if now - started > PATIENCE and now - last > BEAT:
            told_so_far = f"{many(number, 'note')} checked, {many(findings, 'finding')}"
            told_so_far += pace.told(now, number, share() if share else 0.0)
            click.echo(f"\r\x1b[K{told_so_far} …", nl=False, err=True)
            told, last = True, now
        yield item
    if told:
        click.echo("\r\x1b[K", nl=False, err=True)


class Pace:
    """How fast it goes and how long it will take, judged by the last minute."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._signs: deque[tuple[float, int, float]] = deque(maxlen=round(MINUTE / BEAT))

    def told(self, now: float, number: int, share: float) -> str:
        """Return the pace in words, from how many notes and which share of all there is are done at `now` (seconds)."""
        self._signs.append((now, number, share))
        then, earlier, had = self._signs[0]
        if now - then < PATIENCE:
            return ""
        words = f", {(number - earlier) / (now - then):,.0f} a second"
        if share > had:
            words += f", {_time((1 - share) * (now - then) / (share - had))} left"
        return words


def _time(seconds: float) -> str:
    """Return a stretch of time as people say it."""
    if seconds < MINUTE:
        return "less than a minute"
    minutes = round(seconds / MINUTE)
    return f"about {minutes} min" if minutes < 2 * MINUTE else f"about {round(minutes / MINUTE)} h"


def findings(report: Report) -> int:
    """Return how many findings a report has."""
    return len(report.findings)


def complain(report: Report, *, quiet: bool = False) -> None:
    """Say on standard error what went wrong with a note, or what was assumed in order to read it."""
    if report.error is not None:
        click.echo(f"{safe(note_name(report))}: {safe(report.error)}", err=True)
    for notice in () if quiet else report.notices:
        click.echo(f"{safe(note_name(report))}: {safe(notice)}", err=True)
