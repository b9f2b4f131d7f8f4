"""Running a command: what goes wrong becomes a plain sentence and the exit status that scripts rely on."""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

FINDINGS = 1
COULD_NOT = 2
INTERRUPTED = 130  # 128 and the number of the signal, as shells have it


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run `fsm-language` and leave with its exit status: 0, 1 for findings, 2 when it could not be done."""
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
    return status if isinstance(status, int) else 0
