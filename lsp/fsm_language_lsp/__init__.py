"""fsm-language for editors: a language server over standard input and output, or for tools on this machine over TCP."""

import gc
import os
import sys

import click


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--tcp",
    "port",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    help="Listen on this port of 127.0.0.1 instead; 0 takes any that is free and says which.",
)
@click.version_option(package_name="fsm-language", prog_name="fsm-language-server")
def main(port: int | None) -> None:
    """Serve suggestions to an editor that speaks the language server protocol, over standard input and output."""
    from fsm_language import programs

    programs.set_up()
    gc.disable()  # an eighth of the start, in which nearly all that is made stays; begun again once models are loaded
    from fsm_language_lsp.connection.transport import serve_stdio, serve_tcp
    from fsm_language_lsp.engine import Engine

    if port is not None:
        serve_tcp(Engine(), port, lambda taken: click.echo(f"Listening on 127.0.0.1:{taken}", err=True))
        return
    status = serve_stdio(Engine())
    sys.stdout.flush()
    os._exit(status)  # an editor that closes does not wait for a check under way
