"""Writes the pages that say what the program says itself; with --check, only says which are out of date."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

DOCS = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py. Change the program, not this page. -->\n\n"


def cli_page() -> str:
    """Return docs/cli.md: every command and what it says of itself."""
    from fsm_language_cli.commands import cli

    return "# The command line\n\n" + "\n".join(_command(cli, "fsm-language", None))


def _command(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    settings = {**command.context_settings, "terminal_width": 88}
    context = click.Context(command, parent, info_name=name.rpartition(" ")[2], **settings)
    yield f"## {name}\n\n```\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is not None:
                yield from _command(found, f"{name} {below}", context)


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_page,
}


def main() -> int:
    """Write every page, or with --check return 1 when one is out of date."""
    stale = 0
    for name, page in PAGES.items():
        file, content = DOCS / name, NOTE + page()
        if file.exists() and file.read_text(encoding="utf-8") == content:
            continue
        if "--check" in sys.argv:
            print(f"docs/{name} is out of date: run python docs/generate.py")
            stale = 1
        else:
            file.write_text(content, encoding="utf-8", newline="\n")
            print(f"docs/{name} written")
    return stale


if __name__ == "__main__":
    sys.exit(main())
