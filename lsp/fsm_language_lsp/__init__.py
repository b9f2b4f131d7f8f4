"""fsm-language for editors: a language server over standard input and output."""

import click


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fsm-language", prog_name="fsm-language-server")
def main() -> None:
    """Serve suggestions to an editor that speaks the language server protocol, over standard input and output."""
    from fsm_language import Linter
    from fsm_language_lsp.server import create, quiet

    quiet()
    create(Linter()).start_io()
