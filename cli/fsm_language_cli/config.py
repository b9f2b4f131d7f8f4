"""`fsm-language config`: which settings hold, and where they come from."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import yaml

from fsm_language.configuration import OF_THE_RUN
from fsm_language.packs import load
from fsm_language.selection import check_names
from fsm_language.settings import Settings
from fsm_language_cli.options import configuration, plain_errors, settings_options


@click.group()
def command() -> None:
    """Show the settings."""


@command.command("show")
@click.argument("path", default=".", metavar="[PATH]")
@settings_options
def show(path: str, config: Path | None, **flags: Any) -> None:
    """Show the settings that hold for a note or folder, and the file they come from."""
    with plain_errors():
        settings = configuration((path,), config, **flags)
        here = settings.for_path(path)
        check_names(here, load(here.packs).rules)
    click.echo(f"# from {settings.file}" if settings.file else "# no settings file found; these are the defaults")
    if used := [override.paths for override in settings.overrides if override.concerns(settings.relative(path))]:
        click.echo(f"# with the overrides for {'; '.join(', '.join(paths) for paths in used)}")
    values: dict[str, Any] = {field.name: _plain(getattr(here, field.name)) for field in fields(Settings)}
    for key in OF_THE_RUN:
        if key != "overrides":
            values[key] = _plain(getattr(settings, key))
    click.echo(yaml.safe_dump(values, allow_unicode=True, sort_keys=False), nl=False)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return str(value) if isinstance(value, Path) else value
