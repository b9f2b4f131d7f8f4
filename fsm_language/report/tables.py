"""The tables of a report: what its page, its workbook and its files all show."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fsm_language.report.compare import Before
from fsm_language.report.figures import FIELD, MONTH, TEAM, Figures, Group
from fsm_language.report.groups import Labels
from fsm_language.report.rates import Estimate, Hits, Size, changed, mean, rate, share
from fsm_language.report.records import Record
from fsm_language.rule import CATEGORIES
from fsm_language.wording import readable

BY = "by-"  # before the name of a table of groups
WORDINGS = 50
MANY_TRIES = 3

Cell = str | float | Estimate | None


class Column(NamedTuple):
    """A column: its heading, and what its cells are: `text`, `count`, `rate`, `share` or `age`.

    A cell of the last three is an `Estimate`, or None where it must not be shown or is not known.
    """

    heading: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the name of its file and sheet, a title, columns, and rows with a cell for each column.

    `chart` names the kind of picture that shows it best, empty where none does.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[tuple[Cell, ...]] = field(default_factory=tuple)
    chart: str = ""


RATE = Column("in 1,000 words", "rate")
NOTES_WITH_IT = Column("notes with it", "share")
NOTES = Column("notes", "count")
WORDS = Column("words", "count")
AGE = Column("reading age", "age")


def tables(figures: Figures, before: Before | None = None) -> list[Table]:
    """Return every table that there is something to show in, in the order of the page."""
    labels = figures.labels()
    usual = rate(figures.whole.hits, figures.whole.size).value
    found = [
        *_compared(figures, before),
        _categories(figures),
        _principles(figures),
        _months(figures, labels.get(MONTH, {})),
        *_grouped(figures, labels),
        _wordings(figures),
        _rules(figures),
        _ages(figures),
        _records(
            "worth-reading", "Records worth reading with a team", figures.records.most(usual), labels.get(TEAM, {})
        ),
        _records("doing-well", "Records that do well", figures.records.good(), labels.get(TEAM, {})),
    ]
    return [table for table in found if table.rows]


def _categories(figures: Figures) -> Table:
    rows = [_often(name, hits, figures.whole.size) for name, hits in figures.whole.categories.items()]
    return Table("categories", "What was found", (Column("kind"), RATE, NOTES_WITH_IT), rows, "bars")


def _often(name: str, hits: Hits, size: Size) -> tuple[Cell, ...]:
    return name, rate(hits, size), share(hits.notes, size.notes)


def _principles(figures: Figures) -> Table:
    found = sorted(figures.by_principle.items(), key=lambda entry: (-entry[1].findings, entry[0]))
    rows = [_often(name, hits, figures.whole.size) for name, hits in found]
    return Table("principles", "By principle", (Column("practice that is"), RATE, NOTES_WITH_IT), rows, "bars")


def _months(figures: Figures, labels: Labels) -> Table:
    kinds = (Column(name, "rate") for name in CATEGORIES)
    columns = (Column("month"), NOTES, WORDS, RATE, AGE, *kinds)
    rows = [
        (*_group(name, group, figures.brief.smallest), *(rate(hits, group.size) for hits in group.categories.values()))
        for name, group in figures.shown(MONTH, labels).items()
    ]
    return Table("months", "Over time", columns, rows, "line")


def _grouped(figures: Figures, labels: Mapping[str, Labels]) -> Iterator[Table]:
    kinds = tuple(Column(name, "rate") for name in CATEGORIES)
    for key, known in labels.items():
        if key == MONTH:
            continue
        name = key.removeprefix(FIELD)
        rows = [
            (
                *_group(label, group, figures.brief.smallest),
                *(rate(hits, group.size) for hits in group.categories.values()),
            )
            for label, group in figures.shown(key, known).items()
        ]
        yield Table(
            f"{BY}{_file_name(name)}", f"By {name}", (Column(name), NOTES, WORDS, RATE, AGE, *kinds), rows, "points"
        )


def _file_name(name: str) -> str:
    """Return the name of a field as a file, a sheet and an element of a page may be called."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "field"


def _group(name: str, group: Group, smallest: int) -> tuple[Cell, ...]:
    age = mean(group.ages) if group.ages.notes >= smallest else None
    return name, group.size.notes, group.size.words, rate(group.hits, group.size), age


def _wordings(figures: Figures) -> Table:
    found = sorted(figures.by_wording.items(), key=lambda entry: (-entry[1].findings, entry[0]))
    rows = [
        (wording, rate(hits, figures.whole.size), hits.notes, *_better(figures, rule, wording), rule)
        for (rule, wording), hits in found[:WORDINGS]
    ]
    columns = (Column("wording"), RATE, NOTES, Column("try"), Column("ask, or what it means"), Column("rule"))
    return Table("wordings", "The most frequent wordings, and better ones", columns, rows)


def _better(figures: Figures, rule: str, wording: str) -> tuple[str, str]:
    """Return what to write instead of a wording, and what to ask oneself."""
    known = figures.rules.get(rule)
    if acronym := figures.glossary.find(wording):
        return " / ".join(acronym.expansions), acronym.plain
    if known is None:
        return "", ""
    return " / ".join(readable(template) for template in known.suggest[:MANY_TRIES]), " ".join(known.ask[:1])


def _rules(figures: Figures) -> Table:
    found = sorted(figures.by_rule.items(), key=lambda entry: (-entry[1].findings, entry[0]))
    rows = [
        (
            rule,
            known.category if (known := figures.rules.get(rule)) else "",
            rate(hits, figures.whole.size),
            share(hits.notes, figures.whole.size.notes),
            known.message if known else "",
        )
        for rule, hits in found
    ]
    columns = (Column("rule"), Column("kind"), RATE, NOTES_WITH_IT, Column("what it says"))
    return Table("rules", "By rule", columns, rows)


def _ages(figures: Figures) -> Table:
    notes = sum(figures.ages.values())
    rows = [(str(age), figures.ages[age], share(figures.ages[age], notes)) for age in sorted(figures.ages)]
    return Table("reading-ages", "Reading age", (Column("years"), NOTES, Column("of all", "share")), rows, "ages")


def _records(name: str, title: str, records: Sequence[Record], teams: Labels) -> Table:
    columns = (
        Column("note"),
        Column("id"),
        Column("team"),
        Column("words", "count"),
        Column("findings", "count"),
        Column("in 1,000 words", "figure"),
        Column("mostly"),
        Column("reading age", "figure"),
    )
    rows = [
        (r.name, r.id, teams.get(r.team, ""), r.words, r.findings, round(r.rate, 1), r.mostly, r.age) for r in records
    ]
    return Table(name, title, columns, rows)


def _compared(figures: Figures, before: Before | None) -> Iterator[Table]:
    if before is None:
        return
    old, new = before.figures.whole, figures.whole
    pairs = {"all": (old.hits, new.hits), **{name: (old.categories[name], new.categories[name]) for name in CATEGORIES}}
    rows: list[tuple[Cell, ...]] = [
        (name, rate(was, old.size), rate(now, new.size), changed((was, old.size), (now, new.size)))
        for name, (was, now) in pairs.items()
    ]
    columns = (Column("kind"), Column("last time, in 1,000 words", "rate"), Column("now", "rate"), Column("change"))
    yield Table("compared", "Since the last audit", columns, rows, "change")
