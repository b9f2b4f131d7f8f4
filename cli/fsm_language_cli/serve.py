"""`fsm-language serve`: suggestions for web forms, Word, LibreOffice and other programs."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from fsm_language.settings import SettingsError
from fsm_language_cli.options import FILE, configuration, plain_errors, settings_options

TOKEN = "FSM_LANGUAGE_TOKEN"  # noqa: S105  # the name of a variable
OF_THE_SERVICE = ("host", "port", "names", "origins", "most_text", "most_waiting", "most_open", "seconds", "rate")

Command = TypeVar("Command", bound=Callable[..., Any])


def _number(flag: str, default: int, says: str, least: int = 1) -> Callable[[Command], Command]:
    return click.option(flag, type=click.IntRange(least), default=default, show_default=True, help=says)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8081, show_default=True, help="0 takes a free one.")
@click.option(
    "--token-file", type=FILE, metavar="FILE", help=f"File with the token that clients must show. [env: {TOKEN}]"
)
@click.option(
    "--name", "names", multiple=True, metavar="NAME", help="Another name under which people reach the service."
)
@click.option(
    "--origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="A web page that may ask, such as https://records.example.org.",
)
@click.option("--certificate", type=FILE, metavar="FILE", help="Certificate for TLS, PEM.")
@click.option("--key", type=FILE, metavar="FILE", help="Its key, PEM.")
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="Processes that check notes. [default: one a processor]"
)
@_number("--most-text", 200_000, "Characters of a note.")
@_number("--most-waiting", 64, "Notes that may wait for a worker.")
@_number("--most-open", 256, "Connections at a time.")
@_number("--seconds", 60, "How long one note may take to arrive, and to be checked.")
@_number("--rate", 0, "Requests a minute from one address; 0 is any number.", least=0)
@settings_options
def command(
    token_file: Path | None,
    certificate: Path | None,
    key: Path | None,
    workers: int | None,
    config: Path | None,
    **flags: Any,
) -> None:
    """Serve suggestions to web forms, Word, LibreOffice and other programs on this machine.

    It listens on this machine only, unless --host says otherwise; then clients must show a token.
    """
    from fsm_language_lsp.http.options import Options
    from fsm_language_lsp.http.running import run

    given = {name: flags.pop(name) for name in OF_THE_SERVICE}
    if workers is not None:
        given["workers"] = workers
    with plain_errors():
        if (certificate is None) != (key is None):
            raise SettingsError("TLS needs both --certificate and --key.")
        settings = configuration((), config, **flags).for_path("")
        token = token_file.read_text(encoding="utf-8").strip() if token_file else os.environ.get(TOKEN, "")
        pair = (certificate, key) if certificate and key else None
        run(Options(settings, token=token, certificate=pair, **given), click.echo)
