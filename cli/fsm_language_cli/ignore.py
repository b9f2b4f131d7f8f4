"""`fsm-language ignore`: leaves a finding as it is, from now on, outside the note."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from fsm_language.batch import check, notes
from fsm_language.finding import Finding, Report
from fsm_language.formats.terminal import safe
from fsm_language.readers import Fields
from fsm_language.suppress import save, stored
from fsm_language.whole import alone
from fsm_language_cli.check import IGNORES
from fsm_language_cli.options import FILE, configuration, plain_errors, settings_options
from fsm_language_cli.output import complain


@click.group()
def command() -> None:
    """Leave findings as they are."""


@command.command("add")
@click.argument("path")
@click.option(
    "--line", type=click.IntRange(min=1), metavar="N", help="The line of the note that the finding begins on."
)
@click.option("--rule", metavar="RULE", help="Only findings of this rule.")
@click.option("--id", "record", metavar="ID", help="Which record, in a file of many notes.")
@click.option(
    "--reason", default="", metavar="TEXT", help="Why, for whoever reads the file of ignores. Leave names out."
)
@click.option("--ignores", "file", type=FILE, metavar="FILE", help=f"The file to add to. [default: {IGNORES}]")
@click.option("--text-field", metavar="NAME", help="Field or column that holds the note. [default: text]")
@click.option("--id-field", metavar="NAME", help="Field or column that names the note. [default: id]")
@settings_options
def add(
    path: str, line: int | None, rule: str | None, record: str | None, reason: str, file: Path | None, **flags: Any
) -> None:
    """Leave what is found in PATH on a line, or of a rule, as it is from now on.

    The finding stays silent wherever the same words stand between the same neighbours. The file of ignores holds
    no words of any note.
    """
    if line is None and rule is None:
        raise click.UsageError("Say which finding: --line, --rule, or both.")
    with plain_errors():
        settings = configuration((path,), **flags)
        file = file or settings.ignores or (settings.file.parent / IGNORES if settings.file else IGNORES)
        stored(file)  # what is wrong with it is said before notes are checked
        fields = Fields(settings.text_field, settings.id_field)
        reports = list(check(notes((path,), fields, sys.stdin.buffer), settings))
        for report in reports:
            complain(report)
        chosen = [(finding, report) for report in reports for finding in _chosen(report, line, rule, record)]
        with alone(file):
            store = stored(file)
            known = {entry.fingerprint for entry in store.entries}
            added = {entry.fingerprint: entry for entry in (store.entry(*one, reason=reason) for one in chosen)}
            new = [entry for fingerprint, entry in added.items() if fingerprint not in known]
            if new:
                save(replace(store, entries=(*store.entries, *new)), file)
        if not new:
            raise click.ClickException("Nothing new is found there. `fsm-language check` shows lines and rules.")
        for finding, _ in chosen:
            click.echo(f"{file}: leaves {finding.rule.id} “{safe(finding.text)}” as it is.")


def _chosen(report: Report, line: int | None, rule: str | None, record: str | None) -> list[Finding]:
    return [
        finding
        for finding in report.findings
        if line in (None, report.document.position(finding.start)[0])
        and rule in (None, finding.rule.id)
        and record in (None, report.id)
    ]
