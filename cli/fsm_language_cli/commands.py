"""The commands by name; each is imported when it is asked for, so that a check starts at once."""

import importlib

import click

COMMANDS = {
    "check": "check",
    "audit": "audit",
    "report": "report",
    "annotate": "annotate",
    "explain": "explain",
    "rules": "rules",
    "config": "config",
    "baseline": "baseline",
    "ignore": "ignore",
    "serve": "serve",
    "lsp": "lsp",
    "completion": "completion",
}
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Commands(click.Group):
    """A group whose commands live in modules of their own names."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the names of the commands, in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # likewise
        """Return a command, importing its module."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"fsm_language_cli.{COMMANDS[cmd_name]}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that was meant; of a wrong one, say which is nearest."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from fsm_language.nearest import nearest

            ctx.fail(f"There is no command “{args[0]}”{nearest(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)


def _version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001  # click's signature
    if wanted:
        from fsm_language import __version__

        click.echo(f"fsm-language {__version__}")
        context.exit()


@click.command(cls=Commands, context_settings=CONTEXT)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version.",
)
def cli() -> None:
    """Kind, exact suggestions for the language of children's social care case notes.

    Start with:  fsm-language check docs/examples/visit.txt

    Nothing leaves this machine and no note is changed.
    """
