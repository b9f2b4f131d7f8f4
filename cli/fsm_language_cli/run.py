"""Running a command: what goes wrong becomes a plain sentence and the exit status that scripts rely on."""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

FINDINGS = 1
COULD_NOT = 2
INTERRUPTED = 130  # 128 and the number of the signal, as shells have it


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run `fsm-language` and leave with its exit status: 0, 1 for findings, 2 when it could not be done."""
    from fsm_language import programs

    programs.set_up()
    from fsm_language_cli.commands import cli

    sys.exit(_status(cli, arguments))


def _status(command: click.Command, arguments: Sequence[str] | None) -> int:
    try:
        status = command.main(arguments, "fsm-language", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return COULD_NOT
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped.", err=True)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT
    except Exception as error:  # noqa: BLE001  # a message may hold words of a note, so only the place is told
        click.echo(f"Something went wrong in fsm-language itself: {_place(error)}. Please tell its makers.", err=True)
        return COULD_NOT
    return status if isinstance(status, int) else 0


def _place(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}"
