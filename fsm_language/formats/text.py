"""Findings for a person at a terminal: the words underlined in their line, why, and what to write instead."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from fsm_language.finding import Finding, Report
from fsm_language.formats.excerpt import excerpts
from fsm_language.formats.options import Options
from fsm_language.formats.terminal import columns, painted, safe
from fsm_language.formats.wording import Tally, many, note_name, offers, opening, questions, reading_age

NARROWEST = 40
WIDEST = 100
COLOUR = {"error": "red", "warning": "yellow", "suggestion": "cyan"}
FEW = 3
LINES_KEPT = 1024  # a run says the same of many notes


def render(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """Yield each note's findings in one piece, then a summary."""
    tally = Tally()
    for report in reports:
        tally.add(report)
        if not options.quiet:
            yield "".join(_note(report, options))
    yield from _summary(tally, options)


def _note(report: Report, options: Options) -> Iterator[str]:
    name = painted(safe(note_name(report)), "bold", on=options.colour)
    if report.error is None and (report.findings or options.verbose):
        yield f"{name}\n"
        if not report.findings:
            yield "  Nothing to suggest.\n"
        yield "\n"
        gutter = len(str(len(report.document.line_starts)))
        for finding in report.findings:
            yield from _finding(finding, report, gutter, options)
            yield "\n"


def _finding(finding: Finding, report: Report, gutter: int, options: Options) -> Iterator[str]:
    width = min(max(options.width, NARROWEST), WIDEST)
    colour = COLOUR[finding.level]
    for part in excerpts(report.document, finding.start, finding.end, width - gutter - 5):
        before, found, after = safe(part.before), safe(part.found), safe(part.after)
        edge = painted("│", "dim", on=options.colour)
        number = painted(f"{part.line:>{gutter}}", "dim", on=options.colour)
        yield f"  {number} {edge} {before}{painted(found, 'bold', colour, on=options.colour)}{after}".rstrip() + "\n"
        blank = " " * columns(before)
        under = "^" * (columns(found.rstrip()) or 1)
        yield f"  {'':>{gutter}} {edge} {blank}{painted(under, colour, on=options.colour)}\n"
    indent = " " * (gutter + 5)
    yield from _wrapped(finding.message, indent, width)
    if wordings := offers(finding):
        yield from _wrapped(safe(" / ".join(wordings[:FEW])), indent, width, "Try: ", options)
    for question in questions(finding):
        yield from _wrapped(safe(question), indent, width, "Ask: ", options)
    if options.verbose:
        yield from _wrapped(finding.rule.why, indent, width, "Why: ", options)
        for source in finding.rule.sources:
            yield from _wrapped(f"{source.publisher}, {source.title}", indent, width, "See: ", options)
            yield painted(f"{indent}     {source.url}", "dim", on=options.colour) + "\n"
    place = report.document.place_name(finding.start)
    named = f" · {safe(place)}" if place else ""
    yield painted(f"{indent}{finding.rule.id} ({finding.level}){named}", "dim", on=options.colour) + "\n"


def _wrapped(
    words: str,
    indent: str,
    width: int,
    label: str = "",
    options: Options = Options(),  # noqa: B008  # frozen
) -> Iterator[str]:
    hanging = indent + " " * len(label)
    lines = _lines(words, hanging, max(NARROWEST, width))
    lead = painted(label, "bold" if label != "Try: " else "green", on=options.colour)
    yield indent + lead + lines[0][len(hanging) :] + "\n"
    yield from (line + "\n" for line in lines[1:])


@lru_cache(maxsize=LINES_KEPT)
def _lines(words: str, indent: str, width: int) -> Sequence[str]:
    return textwrap.wrap(words, width, initial_indent=indent, subsequent_indent=indent) or [indent]


def _summary(tally: Tally, options: Options) -> Iterator[str]:
    summary = tally.summary()
    if summary.notes or not summary.failed:
        yield painted(opening(summary), "bold", on=options.colour) + "\n"
    widest = max(map(len, summary.categories), default=0)
    digits = max((len(f"{count:,}") for count in summary.categories.values()), default=0)
    for category, count in summary.categories.items():
        yield f"  {category:<{widest}}  {count:>{digits},}\n"
    if age := reading_age(summary):
        yield age + "\n"
    if summary.hidden:
        yield f"{many(summary.hidden, 'finding')} kept quiet by your baseline or ignores.\n"
    if summary.failed:
        yield f"{many(summary.failed, 'note')} could not be checked.\n"
