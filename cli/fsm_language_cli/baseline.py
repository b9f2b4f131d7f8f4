"""`fsm-language baseline`: records what is found today, so that only new findings are shown from now on."""

import sys
from pathlib import Path
from typing import Any

import click

from fsm_language.batch import check, notes
from fsm_language.formats.wording import many
from fsm_language.readers import Fields
from fsm_language.suppress import save, stored, update
from fsm_language.whole import alone
from fsm_language_cli.options import (
    FILE,
    SETTINGS,
    configuration,
    named,
    paths_argument,
    plain_errors,
    reading_options,
    settings_options,
)
from fsm_language_cli.output import complain, findings, with_progress
from fsm_language_cli.run import COULD_NOT

FILE_NAME = Path(".fsm-language-baseline.json")


@click.group()
def command() -> None:
    """Keep quiet about what was found in the past."""


@command.command("update")
@paths_argument
@click.option("--baseline", "file", type=FILE, metavar="FILE", help=f"The file to write. [default: {FILE_NAME}]")
@click.option("--allow-growth", is_flag=True, help="Also add findings that are new since the last time.")
@reading_options
@settings_options
def bring_up_to_date(paths: tuple[str, ...], file: Path | None, allow_growth: bool, **flags: Any) -> int:  # noqa: FBT001
    # reason: click passes flags by name
    """Write a baseline of PATHS, or drop from one what has been mended since; it only shrinks by itself.

    The file holds no words of any note. Then: fsm-language check --baseline FILE PATHS
    """
    with plain_errors():
        settings = configuration(
            paths,
            flags["config"],
            **{key: flags[key] for key in SETTINGS},
            select=named(flags["select"]),
            ignore=named(flags["ignore"]),
            **{key: flags[key] for key in ("text_field", "id_field", "jobs")},
        )
        file = file or settings.baseline or FILE_NAME
        fields = Fields(settings.text_field, settings.id_field)
        read = notes(paths or (".",), fields, sys.stdin.buffer, flags["stdin_name"])
        stored(file)  # what is wrong with it is said before notes are checked
        reports = list(with_progress(check(read, settings), findings, quiet=False))
        with alone(file):
            fresh = not file.exists()
            done = update(stored(file), reports, allow_growth=allow_growth or fresh)
            save(done.store, file)
    for report in reports:
        complain(report)
    if fresh:
        click.echo(f"{file}: {many(done.added, 'finding')} recorded.")
    else:
        click.echo(f"{file}: {done.kept:,} kept, {done.mended:,} mended and dropped, {done.added:,} added.")
    if done.left_out:
        click.echo(f"{many(done.left_out, 'finding')} not in the baseline; add with --allow-growth, or mend.")
    if done.elsewhere:
        click.echo(f"{many(done.elsewhere, 'entry', 'entries')} of notes that were not checked now, kept as they were.")
    return COULD_NOT if any(report.error for report in reports) else 0
