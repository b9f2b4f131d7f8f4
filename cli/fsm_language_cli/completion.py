"""`fsm-language completion`: makes a shell complete commands, flags and rule ids."""

import click
from click.shell_completion import get_completion_class

VARIABLE = "_FSM_LANGUAGE_COMPLETE"


HELP = """Print what makes SHELL complete this command.

\b
bash:  fsm-language completion bash >> ~/.bashrc
zsh:   fsm-language completion zsh >> ~/.zshrc
fish:  fsm-language completion fish > ~/.config/fish/completions/fsm-language.fish
"""


@click.command(help=HELP)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print what makes a shell complete this command."""
    from fsm_language_cli.commands import cli

    kind = get_completion_class(shell)
    if kind is None:  # pragma: no cover  # click knows all three
        raise click.ClickException(f"No completion for {shell}")
    complete = kind(cli, {}, "fsm-language", VARIABLE)
    click.echo(complete.source_template % complete.source_vars())
