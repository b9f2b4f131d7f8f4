"""What the rows of an audit come to: counted once, as they go by, and never more in memory than there are groups."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from fsm_language.audit import Row
from fsm_language.packs import Pack
from fsm_language.report.groups import NOT_SAID, OTHERS, Labels, folded, periods, tells
from fsm_language.report.rates import Ages, Hits, Size, ages_of, hits_of, size_of
from fsm_language.report.records import Records
from fsm_language.rule import CATEGORIES

MONTH, TEAM = "month", "team"
FIELD = "field "  # before the name of a field that was asked for with `--group-by`
UNKNOWN = "not known (the rule is not among those of today)"
# fields by which a service would be looking at single workers
OF_WORKERS = frozenset(
    "author authored_by created_by entered_by initials practitioner recorded_by recorder social_worker staff user "
    "username worker worker_id worker_name written_by".split()
)


@dataclass(slots=True)
class Group:
    """Some notes: how much they hold, what was found in them by category, and the ages they ask for."""

    size: Size = field(default_factory=Size)
    hits: Hits = field(default_factory=Hits)
    categories: dict[str, Hits] = field(default_factory=lambda: {name: Hits() for name in CATEGORIES})
    ages: Ages = field(default_factory=Ages)

    def add(self, row: Row) -> None:
        """Count a row."""
        words = row["measures"]["words"]
        self.size.add(words)
        self.hits.add(len(row["findings"]), words)
        for name, times in Counter(finding["category"] for finding in row["findings"]).items():
            self.categories[name].add(times, words)
        if (age := row["measures"].get("reading_age")) is not None:
            self.ages.add(age)


def together(groups: Iterable[Group]) -> Group:
    """Return groups as one."""
    found = list(groups)
    return Group(
        size_of(group.size for group in found),
        hits_of(group.hits for group in found),
        {name: hits_of(group.categories[name] for group in found) for name in CATEGORIES},
        ages_of(group.ages for group in found),
    )


@dataclass(frozen=True, slots=True)
class Brief:
    """What a report is asked for.

    smallest   how many notes a group must have to be shown
    by_worker  the field that says who wrote a note, where single workers are to be shown
    records    how many notes worth reading to name; `shortest` how many words such a note must have
    """

    smallest: int = 10
    by_worker: str | None = None
    records: int = 20
    shortest: int = 80


class Figures:
    """The figures of one audit."""

    def __init__(self, pack: Pack, brief: Brief | None = None) -> None:
        """Begin with nothing counted; the rules of `pack` say which principle a finding is about."""
        self.rules = {rule.id: rule for rule in pack.rules}
        self.glossary = pack.glossary
        self.brief = brief or Brief()
        self.whole = Group()
        self.failed = self.empty = self.hidden = 0
        self.by_rule: defaultdict[str, Hits] = defaultdict(Hits)
        self.by_principle: defaultdict[str, Hits] = defaultdict(Hits)
        self.by_wording: defaultdict[tuple[str, str], Hits] = defaultdict(Hits)  # of a rule
        self.ages: Counter[int] = Counter()
        self.months: Counter[str] = Counter()
        self.groups: defaultdict[str, defaultdict[str, Group]] = defaultdict(lambda: defaultdict(Group))
        self.withheld: set[str] = set()
        self.records = Records(self.brief.records, self.brief.shortest)
        self._pairs: defaultdict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)

    def add(self, row: Row) -> None:
        """Count `row`. A note that could not be checked, or holds no words, is counted as that and no more."""
        self.failed += row["error"] is not None
        self.empty += row["error"] is None and not row["measures"]["words"]
        if row["error"] is not None or not row["measures"]["words"]:
            return
        self.hidden += len(row["hidden"])
        self.whole.add(row)
        self.records.add(row)
        self._count_findings(row)
        if (age := row["measures"].get("reading_age")) is not None:
            self.ages[round(age)] += 1
        named = self._named(row)
        for key, name in named.items():
            self.groups[key][name].add(row)
        for one, other in combinations(named, 2):
            self._pairs[one, other][named[one], named[other]] += 1

    def _count_findings(self, row: Row) -> None:
        words = row["measures"]["words"]
        ids = Counter(finding["rule"] for finding in row["findings"])
        principles: Counter[str] = Counter()
        for rule, times in ids.items():
            self.by_rule[rule].add(times, words)
            principles[self.rules[rule].principle if rule in self.rules else UNKNOWN] += times
        for principle, times in principles.items():
            self.by_principle[principle].add(times, words)
        phrases = Counter((f["rule"], f["wording"]) for f in row["findings"] if f["wording"])
        for phrase, times in phrases.items():
            self.by_wording[phrase].add(times, words)

    def _named(self, row: Row) -> dict[str, str]:
        """Return the groups that a row is in, by what they are groups of."""
        fields = {FIELD + name: value for name, value in row["groups"].items() if self._may_group_by(name)}
        self.withheld |= {name for name in row["groups"] if not self._may_group_by(name)}
        values = {MONTH: (row["date"] or "")[:7], TEAM: row["team"], **fields}
        return {key: (value or "").strip() or NOT_SAID for key, value in values.items()}

    def _may_group_by(self, name: str) -> bool:
        plain = name.strip().casefold().replace(" ", "_").replace("-", "_")
        return name == self.brief.by_worker or plain not in OF_WORKERS

    def labels(self) -> dict[str, Labels]:
        """Return, by what groups are groups of, what to call each; empty where it must not be shown.

        A table that, with one before it, would tell of a small group is not shown.
        """
        shown: dict[str, Labels] = {}
        for key, groups in self.groups.items():
            sizes = {name: group.size.notes for name, group in groups.items()}
            labels = (periods if key == MONTH else folded)(sizes, self.brief.smallest)
            leaks = labels and any(self._tells(before, key, {**shown, key: labels}) for before in shown)
            shown[key] = {} if leaks else labels
        return shown

    def _tells(self, one: str, other: str, labels: Mapping[str, Labels]) -> bool:
        pairs = self._pairs[one, other]
        return bool(labels[one]) and tells(pairs, labels[one], labels[other], self.brief.smallest)

    def shown(self, key: str, labels: Labels) -> dict[str, Group]:
        """Return the groups of `key` by their `labels`, in that order, others last."""
        parts: dict[str, list[Group]] = {}
        for name, label in labels.items():
            parts.setdefault(label, []).append(self.groups[key][name])
        last = sorted(parts, key=lambda label: label == OTHERS)
        return {label: together(parts[label]) for label in last}


def figures_of(rows: Iterable[Row], pack: Pack, brief: Brief | None = None) -> Figures:
    """Return the figures of `rows`."""
    figures = Figures(pack, brief)
    for row in rows:
        figures.add(row)
    return figures
