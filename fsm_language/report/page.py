"""The report as one page: no scripts, nothing fetched, whatever came from a record escaped."""

from collections.abc import Iterator, Sequence
from importlib.resources import files

from fsm_language.formats.terminal import safe
from fsm_language.formats.wording import many
from fsm_language.report.charts import chart
from fsm_language.report.compare import Before
from fsm_language.report.figures import MONTH, Figures, Group
from fsm_language.report.rates import Estimate, changed, mean, rate, share
from fsm_language.report.tables import BY, Table

SHOWN = 25  # rows of a long table; the workbook has them all
VERDICT = {
    "lower": "That is clearly lower.",
    "higher": "That is clearly higher.",
    "no clear change": "That is no clear change.",
}
KINDS = {
    "blaming": "lays blame where it may not belong",
    "judgemental": "judges or labels a person",
    "jargon": "only those who work here know",
    "acronym": "is letters that the note does not explain",
    "readability": "is hard to read",
}


def page(figures: Figures, found: Sequence[Table], before: Before | None = None) -> str:
    """Return the report's HTML: `found` are the tables of `figures`."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("fsm_language.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["safe_text"] = _text
    whole = rate(figures.whole.hits, figures.whole.size)
    drawn = {table.name: chart(table, whole, _in_words(table)) for table in found}
    template = environment.get_template("page.html")
    return template.render(
        style=Markup(_style()),  # noqa: S704  # our own
        opening=list(_opening(figures)),
        contents=[(table.name, table.title) for table in found],
        tables={table.name: table for table in found},
        titles={table.name: table.title for table in found},
        charts={name: Markup(svg) for name, svg in drawn.items()},  # noqa: S704  # escaped where it is drawn
        groups=[table for table in found if table.name.startswith(BY)],
        changes=_changes(figures, before),
        otherwise=before.otherwise if before else (),
        trend=_trend(figures),
        age=_age(figures),
        figures=figures,
        brief=figures.brief,
        withheld=sorted(figures.withheld),
        kinds=KINDS,
        shown=SHOWN,
        interval=_interval,
    )


def _style() -> str:
    parts = (("fsm_language.formats", "report.css"), ("fsm_language.report", "page.css"))
    return "".join(files(package).joinpath(name).read_text(encoding="utf-8") for package, name in parts)


def _text(value: object) -> str:
    return safe(str(value))


def _interval(estimate: Estimate, kind: str) -> str:
    if kind == "share":
        return f"{estimate.low * 100:.0f} to {estimate.high * 100:.0f}"
    return f"{estimate.low:.1f} to {estimate.high:.1f}"


def _opening(figures: Figures) -> Iterator[str]:
    whole = figures.whole
    if not whole.size.notes:
        yield "No note was checked."
    else:
        often, with_any = rate(whole.hits, whole.size), share(whole.hits.notes, whole.size.notes)
        yield (
            f"{many(whole.size.notes, 'note')} with {whole.size.words:,.0f} words were checked. There is something to "
            f"look at in {with_any.value * 100:.0f} of 100 notes: {often.value:.1f} findings in 1,000 words."
        )
    if most := [name for name in _by_number(whole) if whole.categories[name].findings][:2]:
        kinds = " and ".join(f"{name} ({rate(whole.categories[name], whole.size).value:.1f})" for name in most)
        yield f"Most often found, in 1,000 words: {kinds}."
    if figures.failed:
        yield f"{many(figures.failed, 'note')} could not be read or checked; findings.jsonl says why."
    if figures.empty:
        yield f"{many(figures.empty, 'note')} held no words."
    if figures.hidden:
        yield f"{many(figures.hidden, 'finding')} kept quiet by a baseline or ignores, and not counted."


def _by_number(group: Group) -> list[str]:
    return sorted(group.categories, key=lambda name: -group.categories[name].findings)


def _trend(figures: Figures) -> str:
    """Return in words whether the last period differs from the first."""
    groups = list(figures.shown(MONTH, figures.labels().get(MONTH, {})).items())
    dated = [(name, group) for name, group in groups if "no date" not in name]
    if len(dated) <= 1:
        return ""
    (start, first), (end, last) = dated[0], dated[-1]
    verdict = changed((first.hits, first.size), (last.hits, last.size))
    was, now = rate(first.hits, first.size).value, rate(last.hits, last.size).value
    return f"{start}: {was:.1f} in 1,000 words. {end}: {now:.1f}. {VERDICT[verdict]}"


def _changes(figures: Figures, before: Before | None) -> str:
    if before is None:
        return ""
    old, new = before.figures.whole, figures.whole
    verdict = changed((old.hits, old.size), (new.hits, new.size))
    was, now = rate(old.hits, old.size).value, rate(new.hits, new.size).value
    notes = many(old.size.notes, "note")
    return f"Last time ({notes}): {was:.1f} findings in 1,000 words. Now: {now:.1f}. {VERDICT[verdict]}"


def _age(figures: Figures) -> str:
    typical = mean(figures.whole.ages)
    return f"On average {typical.value:.1f} ({_interval(typical, 'age')})." if typical else ""


def _in_words(table: Table) -> str:
    """Return what a chart shows, for those who do not see it; the table after it has the rest."""
    names = [str(row[0]) for row in table.rows]
    return f"{table.title}: {', '.join(names[:SHOWN])}. The table below holds the same figures."
