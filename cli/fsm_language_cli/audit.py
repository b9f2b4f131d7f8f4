"""`fsm-language audit`: a whole service's records, into a folder that a stopped run goes on from."""

import datetime as dt
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from fsm_language.audit import Audit, AuditError, Choice, Row, Showing, date_of, run
from fsm_language.audit.auditing import Engine
from fsm_language.audit.sources import identity
from fsm_language.batch import check, notes
from fsm_language.configuration import FAIL_ON, Configuration
from fsm_language.readers import Fields, Meter, Note, database
from fsm_language.suppress import Silence, load
from fsm_language_cli.options import (
    FILE,
    SETTINGS,
    configuration,
    named,
    plain_errors,
    reading_options,
    settings_options,
)
from fsm_language_cli.output import with_progress, written_to
from fsm_language_cli.report import report_options, write_report
from fsm_language_cli.tally import Tally

SHORTEST_KEY = 16  # bytes


def _since(_context: click.Context, _option: click.Parameter, given: str | None) -> dt.date | None:
    if given is None:
        return None
    day = date_of(given)
    if day is None:
        raise click.BadParameter("write a day as 2026-01-31.")
    return dt.date.fromisoformat(day)


def _where(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    wanted: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise click.BadParameter(f"“{pair}” is no FIELD=VALUE.")
        wanted[name.strip()] += (value,)
    return dict(wanted)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", envvar="FSM_LANGUAGE_DATABASE")
@click.option("--output", "folder", type=FILE, required=True, metavar="DIR", help="The folder to write to.")
@click.option("--query", metavar="SQL", help="What to ask of a database, with ORDER BY so that --resume can go on.")
@click.option("--resume", is_flag=True, help="Go on with the audit in DIR where it was stopped.")
@click.option("--anew", is_flag=True, help="Replace the audit in DIR.")
@click.option("--date-field", metavar="NAME", help="Field that says when a note was written. [default: date]")
@click.option("--team-field", metavar="NAME", help="Field that says whose it is. [default: team]")
@click.option("--audience-field", metavar="NAME", help="Field that says who will read it; each by its own rules.")
@click.option("--group-by", multiple=True, metavar="FIELD", help="Another field to group notes by; may be given again.")
@click.option("--since", callback=_since, metavar="DATE", help="Only notes written on that day or later.")
@click.option(
    "--where",
    multiple=True,
    callback=_where,
    metavar="FIELD=VALUE",
    help="Only notes with that value; may be given again, and the same field twice means either.",
)
@click.option("--sample", type=click.IntRange(min=1), default=None, metavar="N", help="Only N notes, drawn at random.")
@click.option("--seed", type=int, default=0, show_default=True, metavar="N", help="Another seed draws another sample.")
@click.option("--with-text", is_flag=True, help="Keep the notes' own words in DIR too.")
@click.option("--pseudonymise", type=FILE, metavar="KEYFILE", help="Hide names and ids behind the key in that file.")
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="Lowest level that gives exit status 1. [default: never]")
@reading_options
@settings_options
@click.option("--baseline", type=FILE, metavar="FILE", help="Count only what is not recorded there.")
@click.option("--ignores", type=FILE, metavar="FILE", help="Leave out what this file of ignores names.")
@report_options
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True, help="Who checks.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
def command(paths: tuple[str, ...], folder: Path, **flags: Any) -> int:
    """Check the records of a whole service: files, folders, zip files, - for standard input, or a database.

    A database is named by its SQLAlchemy URL. Rather than type a password, put the URL into FSM_LANGUAGE_DATABASE.

    DIR/findings.jsonl gets a line for each note, as it is checked, without the note's words; DIR/report.html and tables
    are made from it at the end. A run that was stopped goes on with --resume and loses nothing. Exit status: 0 done, 1
    findings at or above --fail-on, 2 something could not be checked.
    """
    if not paths:
        raise click.UsageError(
            "Say which notes to check: a file, a folder, - for standard input, or the URL of a database."
        )
    told = [database.shown(path) if database.is_url(path) else path for path in paths]
    with plain_errors(AuditError), written_to(folder):
        settings = _configuration(told, flags)
        audit = Audit(
            settings, _choice(settings, flags), _showing(flags), _silences(settings), identity(told, flags["query"])
        )
        meter = Meter()
        read = _notes(paths, settings, flags, meter)
        rows = run(audit, read, folder, resume=flags["resume"], anew=flags["anew"], engine=_engine(flags["engine"]))
        tally = Tally(flags["fail_on"] or "never")
        total = audit.input["bytes"] or 1
        for row in with_progress(rows, findings, quiet=flags["quiet"], share=lambda: min(1, meter.read / total)):
            tally.add(row)
        write_report(folder, settings, flags)
    for line in tally.told(folder, quiet=flags["quiet"]):
        click.echo(line, err=True)
    return tally.status


def _engine(name: str) -> Engine:
    if name == "local":
        return check
    from fsm_language.spark import check_notes

    return check_notes


def _configuration(paths: Sequence[str], flags: dict[str, Any]) -> Configuration:
    of_the_run = ("text_field", "id_field", "date_field", "team_field", "audience_field")
    return configuration(
        paths,
        flags["config"],
        **{key: flags[key] for key in (*SETTINGS, *of_the_run, "jobs", "baseline", "ignores")},
        select=named(flags["select"]),
        ignore=named(flags["ignore"]),
        group_by=named([*flags["group_by"], *([flags["by_worker"]] if flags["by_worker"] else [])]),
    )


def _notes(paths: Sequence[str], settings: Configuration, flags: dict[str, Any], meter: Meter) -> Iterator[Note]:
    """Yield the notes to check: of files, or of a database when a query is given."""
    fields = Fields(settings.text_field, settings.id_field)
    urls = [path for path in paths if database.is_url(path)]
    if not urls and flags["query"] is None:
        return notes(paths, fields, sys.stdin.buffer, flags["stdin_name"], meter)
    if len(paths) != 1 or not urls or flags["query"] is None:
        raise click.UsageError("A database is audited by itself: its URL, and --query with a SELECT.")
    return database.read(urls[0], flags["query"], fields)


def _choice(settings: Configuration, flags: dict[str, Any]) -> Choice:
    return Choice(flags["since"], settings.date_field, flags["where"], flags["sample"] or 0, flags["seed"])


def _showing(flags: dict[str, Any]) -> Showing:
    file = flags["pseudonymise"]
    key = None if file is None else file.read_bytes().strip()
    if key is not None and len(key) < SHORTEST_KEY:
        raise click.UsageError(f"{file}: the key is too short; write at least {SHORTEST_KEY} random characters there.")
    return Showing(flags["with_text"], key)


def _silences(settings: Configuration) -> list[Silence]:
    return [Silence(load(store)) for store in (settings.baseline, settings.ignores) if store is not None]


def findings(row: Row) -> int:
    """Return how many findings a row has."""
    return len(row["findings"])
