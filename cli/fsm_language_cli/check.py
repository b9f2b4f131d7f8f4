"""`fsm-language check`: the main job, from paths to findings and an exit status."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from fsm_language import __version__
from fsm_language.batch import check, notes
from fsm_language.configuration import FAIL_ON, Configuration
from fsm_language.finding import Report
from fsm_language.formats import FORMATS, Options
from fsm_language.formats.wording import fails, many
from fsm_language.readers import Fields
from fsm_language.rule import LEVELS
from fsm_language.suppress import Silence, load
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
from fsm_language_cli.output import complain, findings, output, width, with_progress
from fsm_language_cli.run import COULD_NOT, FINDINGS

IGNORES = Path(".fsm-language-ignores.json")


@click.command()
@paths_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    metavar="FORMAT",
    help=f"One of {', '.join(FORMATS)}.",
)
@click.option("--output", "file", type=FILE, metavar="FILE", help="Write there instead of to the screen.")
@click.option("--diff", is_flag=True, help="Show the suggested wording as a diff; nothing is written.")
@click.option("--level", type=click.Choice(LEVELS), help="Lowest level to show. [default: suggestion]")
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="Lowest level that gives exit status 1. [default: warning]")
@click.option("--all", "everything", is_flag=True, help="Also show findings that another on the same words covers.")
@reading_options
@settings_options
@click.option("--baseline", type=FILE, metavar="FILE", help="Keep quiet about the findings recorded there.")
@click.option("--ignores", type=FILE, metavar="FILE", help=f"File of ignores. [default: {IGNORES}, if there is one]")
@click.option("-q", "--quiet", is_flag=True, help="Only the summary; no notices.")
@click.option("-v", "--verbose", is_flag=True, help="Also why, who says so, and notes without findings.")
@click.option(
    "--color",
    "--colour",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="When to use colour.",
)
def command(paths: tuple[str, ...], form: str, file: Path | None, **flags: Any) -> int:
    """Check notes: files, folders, or - for standard input.

    Reads text, Markdown, HTML, e-mail, Word, PDF, RTF, OpenDocument, CSV, Excel, JSON Lines, Parquet and zip files.
    Exit status: 0 nothing at or above --fail-on, 1 findings, 2 something could
    not be checked.
    """
    if not paths and sys.stdin.isatty():
        raise click.UsageError("Say which notes to check: a file, a folder, or - for what you type or paste.")
    paths = paths or ("-",)
    with plain_errors():
        settings = _configuration(paths, flags)
        silences = [Silence(load(store)) for store in (settings.baseline, _ignores(settings)) if store is not None]
        fields = Fields(settings.text_field, settings.id_field)
        read = notes(paths, fields, sys.stdin.buffer, flags["stdin_name"])
        run = Run(settings.fail_on, silences, quiet=flags["quiet"])
        reports = run.watch(check(read, settings, all_findings=flags["everything"]))
        with output(file, colour=flags["color"]) as (write, colour):
            options = Options(colour, width(), flags["quiet"], flags["verbose"], settings.fail_on, __version__)
            shown = with_progress(reports, findings, quiet=flags["quiet"] or write.to_terminal)
            for piece in FORMATS["diff" if flags["diff"] else form](shown, options):
                write(piece)
    run.tell_unused()
    return run.status


def _configuration(paths: Sequence[str], flags: dict[str, Any]) -> Configuration:
    return configuration(
        paths,
        flags["config"],
        **{key: flags[key] for key in SETTINGS},
        select=named(flags["select"]),
        ignore=named(flags["ignore"]),
        **{key: flags[key] for key in ("level", "fail_on", "text_field", "id_field", "jobs", "baseline", "ignores")},
    )


def _ignores(settings: Configuration) -> Path | None:
    beside = settings.file.parent / IGNORES if settings.file else IGNORES
    return settings.ignores or (beside if beside.is_file() else None)


class Run:
    """What a run has come to so far."""

    def __init__(self, fail_on: str, silences: Sequence[Silence], *, quiet: bool) -> None:
        """Begin with nothing found."""
        self._fail_on = fail_on
        self._silences = silences
        self._quiet = quiet
        self._found = False
        self._failed = False

    def watch(self, reports: Iterator[Report]) -> Iterator[Report]:
        """Yield `reports` without what is to be kept silent, telling of errors and notices as they come."""
        for report in reports:
            shown = report
            for silence in self._silences:
                shown = silence.apply(shown)
            self._failed |= shown.error is not None
            self._found |= any(fails(finding.level, self._fail_on) for finding in shown.findings)
            complain(shown, quiet=self._quiet)
            yield shown

    def tell_unused(self) -> None:
        """Say which ignores and baseline entries no longer do anything."""
        for silence in self._silences:
            idle = silence.unused()
            if idle and not self._quiet:
                rules = ", ".join(sorted({entry.rule for entry in idle}))
                entries = many(len(idle), "entry", "entries")
                click.echo(f"{silence.store.file}: {entries} no longer needed ({rules}). Drop them.", err=True)

    @property
    def status(self) -> int:
        """The exit status."""
        return COULD_NOT if self._failed else FINDINGS if self._found else 0
