"""`fsm-language annotate`: a copy of a document with what was found said where it stands."""

from pathlib import Path
from typing import Any

import click

from fsm_language.annotate import AnnotateError, annotate
from fsm_language.bench import Bench
from fsm_language.formats.wording import many
from fsm_language_cli.options import FILE, SETTINGS, configuration, named, plain_errors, settings_options
from fsm_language_cli.output import complain


@click.command()
@click.argument("source", type=FILE, metavar="IN")
@click.argument("target", type=FILE, metavar="OUT")
@click.option("--replace", is_flag=True, help="Write over OUT if it is there.")
@click.option("--select", multiple=True, metavar="NAMES", help="Only these rules, categories or tags; commas between.")
@click.option("--ignore", multiple=True, metavar="NAMES", help="Leave out these rules, categories or tags.")
@settings_options
def command(source: Path, target: Path, replace: bool, **flags: Any) -> None:  # noqa: FBT001  # click passes flags by name
    """Write a copy of a Word document, a Markdown file or a web page with suggestions in it.

    IN is only read. OUT gets a comment (Word), a footnote (Markdown) or a mark (HTML) at each finding; its words
    stay as they are, and you decide what to change.
    """
    with plain_errors(AnnotateError):
        settings = configuration(
            (str(source),),
            flags["config"],
            **{key: flags[key] for key in SETTINGS},
            select=named(flags["select"]),
            ignore=named(flags["ignore"]),
        )
        report = annotate(source, target, Bench(settings), replace=replace)
    complain(report)
    click.echo(f"{target}: {many(len(report.findings), 'suggestion')}.")
