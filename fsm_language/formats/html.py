"""Findings as one page to read, print or send: no scripts, nothing fetched, everything from a note escaped."""

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from fsm_language.finding import Finding, Report
from fsm_language.formats.excerpt import excerpts
from fsm_language.formats.options import Options
from fsm_language.formats.terminal import safe
from fsm_language.formats.wording import (
    Summary,
    many,
    note_name,
    offers,
    opening,
    questions,
    reading_age,
    summarise,
)

WIDTH = 240
HEAD = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#notes">Skip to the notes</a>
<header><p>fsm-language</p></header>
<main>
<h1>{title}</h1>
"""
FOOT = """</main>
<footer><p>This page holds words from case notes: keep it as safe as the notes. Suggestions are offered; you decide.</p>
</footer>
</body>
</html>
"""


def render(reports: Iterable[Report], _options: Options) -> Iterator[str]:
    """Yield the page, once every report is in: it begins with the summary."""
    everything = list(reports)
    title = "The language of " + (_said(note_name(everything[0])) if len(everything) == 1 else "these notes")
    style = files("fsm_language.formats").joinpath("report.css").read_text(encoding="utf-8")
    yield HEAD.format(title=title, style=style)
    yield from _summary(summarise(everything))
    shown = [report for report in everything if report.findings or report.error]
    if len(shown) > 1:
        yield from _contents(shown)
    yield '<div id="notes">\n'
    for number, report in enumerate(shown, 1):
        yield from _note(report, number)
    yield "</div>\n" + FOOT


def _said(text: str) -> str:
    return escape(safe(text))


def _summary(summary: Summary) -> Iterator[str]:
    if summary.notes or not summary.failed:
        yield f'<p class="lead">{escape(opening(summary))}</p>\n'
    if summary.categories:
        yield "<table>\n<caption>What there is to look at</caption>\n"
        yield '<thead><tr><th scope="col">Kind</th><th scope="col" class="number">How many</th></tr></thead>\n<tbody>\n'
        for category, count in summary.categories.items():
            yield f'<tr><th scope="row">{escape(category.capitalize())}</th><td class="number">{count:,}</td></tr>\n'
        yield "</tbody>\n</table>\n"
    if age := reading_age(summary):
        yield f"<p>{escape(age)}</p>\n"
    if summary.hidden:
        yield f"<p>{many(summary.hidden, 'finding')} kept quiet by your baseline or ignores.</p>\n"
    if summary.failed:
        yield f"<p>{many(summary.failed, 'note')} could not be checked.</p>\n"


def _contents(reports: list[Report]) -> Iterator[str]:
    yield '<nav aria-labelledby="contents">\n<h2 id="contents">Notes</h2>\n<ul>\n'
    for number, report in enumerate(reports, 1):
        what = "could not be checked" if report.error else many(len(report.findings), "thing") + " to look at"
        yield f'<li><a href="#note-{number}">{_said(note_name(report))}</a>: {what}</li>\n'
    yield "</ul>\n</nav>\n"


def _note(report: Report, number: int) -> Iterator[str]:
    yield f'<section aria-labelledby="note-{number}">\n<h2 id="note-{number}">{_said(note_name(report))}</h2>\n'
    if report.error is not None:
        yield f'<p class="error"><strong>Could not be checked.</strong> {_said(report.error)}</p>\n'
    if report.findings:
        yield "<ol>\n"
        for finding in report.findings:
            yield from _finding(finding, report)
        yield "</ol>\n"
    yield "</section>\n"


def _finding(finding: Finding, report: Report) -> Iterator[str]:
    yield f'<li class="finding {escape(finding.level)}">\n<blockquote>'
    for place, part in enumerate(excerpts(report.document, finding.start, finding.end, WIDTH)):
        number = f'<span class="line">Line {part.line}</span> ' if place == 0 else "<br>"
        yield f"{number}{_said(part.before)}<mark>{_said(part.found)}</mark>{_said(part.after)}"
    yield f"</blockquote>\n<p>{escape(finding.message)}</p>\n"
    if wordings := offers(finding):
        tried = " <span>or</span> ".join(f"<em>{_said(wording)}</em>" for wording in wordings)
        yield f"<p><strong>Try:</strong> {tried}</p>\n"
    for question in questions(finding):
        yield f"<p><strong>Ask:</strong> {_said(question)}</p>\n"
    yield f"<details>\n<summary>Why, and who says so</summary>\n<p>{escape(finding.rule.why)}</p>\n"
    if finding.rule.sources:
        yield "<ul>\n"
        for source in finding.rule.sources:
            publisher, title, url = escape(source.publisher), escape(source.title), escape(source.url)
            link = f'<a href="{url}">{title}</a>' if source.url.startswith(("https://", "http://")) else title
            yield f"<li>{publisher}, {link}</li>\n"
        yield "</ul>\n"
    yield "</details>\n"
    yield f'<p class="rule"><code>{escape(finding.rule.id)}</code> · {escape(finding.level)}</p>\n</li>\n'
