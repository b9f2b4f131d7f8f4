"""Flags that several commands share, and what they come to."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from fsm_language.configuration import Configuration, find
from fsm_language.parse import ModelError
from fsm_language.rule import RuleError
from fsm_language.settings import AUDIENCES, PROFILES, SettingsError

Command = TypeVar("Command", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)


def paths_argument(command: Command) -> Command:
    """Take the notes to check."""
    return click.argument("paths", nargs=-1, metavar="[PATH]...")(command)


SETTINGS = ("packs", "audience", "profile", "contextual", "tone")


def settings_options(command: Command) -> Command:
    """Take the flags that say which settings hold."""
    flags = (
        click.option("--config", type=FILE, metavar="FILE", help="Settings file, instead of the one found upward."),
        click.option(
            "--pack",
            "packs",
            type=FILE,
            multiple=True,
            metavar="PATH",
            help="A folder or file of local rules; may be given again.",
        ),
        click.option(
            "--audience", type=click.Choice(AUDIENCES), help="Who will read the notes. [default: professional]"
        ),
        click.option(
            "--profile", type=click.Choice(PROFILES), help="reflective: recording style too. [default: standard]"
        ),
        click.option(
            "--context/--no-context",
            "contextual",
            default=None,
            help="Parse with spaCy where words do not settle it, or not: faster, and less exact. [default: parse]",
        ),
        click.option(
            "--tone/--no-tone",
            default=None,
            help="Have the learned tier ask about wording that no rule holds, or not. [default: ask]",
        ),
    )
    return _with(command, flags)


def reading_options(command: Command) -> Command:
    """Take the flags that say where in a record the note is, and which findings count."""
    flags = (
        click.option(
            "--select", multiple=True, metavar="NAMES", help="Only these rules, categories or tags; commas between."
        ),
        click.option("--ignore", multiple=True, metavar="NAMES", help="Leave out these rules, categories or tags."),
        click.option("--text-field", metavar="NAME", help="Field or column that holds the note. [default: text]"),
        click.option("--id-field", metavar="NAME", help="Field or column that names the note. [default: id]"),
        click.option(
            "--stdin-name",
            default="<stdin>",
            metavar="NAME",
            help="What to call standard input; notes.jsonl reads it as JSON Lines.",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(min=0),
            metavar="N",
            help="Processes to check with; 0 is as many as it is worth. [default: 0]",
        ),
    )
    return _with(command, flags)


def _with(command: Command, flags: Sequence[Callable[[Command], Command]]) -> Command:
    for flag in reversed(flags):
        command = flag(command)
    return command


def named(given: Sequence[str]) -> tuple[str, ...] | None:
    """Return the names of a flag that takes several, commas between; None when it was not given."""
    return tuple(name.strip() for part in given for name in part.split(",") if name.strip()) or None


def configuration(paths: Sequence[str], config: Path | None, **flags: object) -> Configuration:
    """Return the settings for a run over `paths`: file and flags. Raises `SettingsError`."""
    if config is not None and not config.is_file():
        raise SettingsError(f"{config}: there is no such settings file")
    file = config or find(_start(paths))
    given = {key: value for key, value in flags.items() if value not in ((), None)}
    if file is None:
        return Configuration().with_flags(**given)
    from fsm_language.settingsfile import load

    return load(file).with_flags(**given)


def _start(paths: Sequence[str]) -> Path:
    """Return the folder from which to look for settings upward: the one that holds all of `paths`."""
    real = [Path(path).absolute() for path in paths if path != "-" and Path(path).exists()]
    if not real:
        return Path.cwd()
    common = Path(os.path.commonpath(real)) if len({path.anchor for path in real}) == 1 else Path.cwd()
    return common if common.is_dir() else common.parent


@contextmanager
def plain_errors(*others: type[Exception]) -> Iterator[None]:
    """Turn what is wrong with rules, settings or files, and errors of `others`, into a sentence for the person."""
    expected: tuple[type[Exception], ...] = (RuleError, SettingsError, ModelError, *others)
    try:
        yield
    except expected as error:
        raise click.ClickException(str(error)) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.ClickException(f"{error.filename or 'A file'}: {error.strerror}") from None
