"""`fsm-language report`: the report of an audit, made again from its rows, perhaps with other things to show."""

from pathlib import Path
from typing import Any

import click

from fsm_language.audit import AuditError, packs
from fsm_language.configuration import Configuration
from fsm_language.packs import load
from fsm_language.report import ALSO, PAGE, Also, Brief, write
from fsm_language_cli.options import FILE, Command, configuration, plain_errors

REPORT = (
    click.option(
        "--compare", type=FILE, metavar="OLD_DIR", help="Say what has changed since the audit in that folder."
    ),
    click.option(
        "--smallest-group",
        type=click.IntRange(min=1),
        default=Brief().smallest,
        show_default=True,
        metavar="N",
        help="Do not show groups of fewer notes.",
    ),
    click.option("--by-worker", metavar="FIELD", help="Also show single workers, by the field that names them."),
    click.option(
        "--also",
        type=click.Choice(list(ALSO)),
        multiple=True,
        help=f"Also write {' or '.join(ALSO.values())}; may be given again.",
    ),
)


def report_options(command: Command) -> Command:
    """Take the flags that say what a report shows."""
    for flag in reversed(REPORT):
        command = flag(command)
    return command


def write_report(folder: Path, settings: Configuration, flags: dict[str, Any]) -> None:
    """Write the report of the audit in `folder` as `flags` ask. Raises as `report.write` does."""
    brief = Brief(flags["smallest_group"], flags["by_worker"])
    write(
        folder,
        load(packs(settings)),
        brief,
        flags["compare"],
        Also(flags["also"], flags.get("fail_on") or settings.fail_on),
    )


@click.command()
@click.argument("folder", type=FILE, metavar="DIR")
@report_options
@click.option("--config", type=FILE, metavar="FILE", help="Settings file, instead of the one found upward.")
@click.option("--pack", "packs", type=FILE, multiple=True, metavar="PATH", help="A folder or file of local rules.")
def command(folder: Path, **flags: Any) -> None:
    """Make the report of an audit again from DIR/findings.jsonl; no note is read.

    Writes report.html, report.xlsx, tables/*.csv, findings.csv and findings.parquet into DIR, and what --also names.
    """
    with plain_errors(AuditError):
        write_report(folder, configuration((), flags["config"], packs=flags["packs"]), flags)
    click.echo(f"Read {folder / PAGE}.")
