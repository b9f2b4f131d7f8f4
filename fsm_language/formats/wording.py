"""How findings are put into words and grouped, the same in every format that a person reads."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fsm_language.finding import Finding, Report
from fsm_language.rule import CATEGORIES, LEVELS

LONGEST_LABEL = 200


def fails(level: str, fail_on: str) -> bool:
    """Whether a finding of `level` makes a run fail."""
    return fail_on in LEVELS and LEVELS.index(level) >= LEVELS.index(fail_on)


def offers(finding: Finding) -> tuple[str, ...]:
    """Return the better wordings that a finding offers, ready to read."""
    return tuple(_short(s.label) for s in finding.suggestions if not s.is_question)


def questions(finding: Finding) -> tuple[str, ...]:
    """Return what the writer might ask themself."""
    return tuple(s.label for s in finding.suggestions if s.is_question)


def advice(finding: Finding) -> str:
    """Return message, offers and questions as plain lines."""
    lines = [finding.message]
    if wordings := offers(finding):
        lines.append("Try: " + " / ".join(wordings))
    lines += (f"Ask: {question}" for question in questions(finding))
    return "\n".join(lines)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[:LONGEST_LABEL].rstrip() + " …"


def note_name(report: Report) -> str:
    """Return how a note is called: its file, and its id where the file holds many."""
    return report.document.name if report.id is None else f"{report.document.name} · {report.id}"


def many(number: int, one: str, more: str | None = None) -> str:
    """Return "1 note", "2 notes"."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


class Summary(NamedTuple):
    """A run in figures. `ages` are the notes' reading ages, in years, in order."""

    notes: int
    with_findings: int
    failed: int
    hidden: int
    categories: dict[str, int]
    levels: dict[str, int]
    ages: Sequence[float]

    @property
    def findings(self) -> int:
        """How many findings are shown."""
        return sum(self.levels.values())


class Tally:
    """Counts reports as they go by."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self._figures: Counter[str] = Counter()
        self._categories: Counter[str] = Counter()
        self._levels: Counter[str] = Counter()
        self._ages: list[float] = []

    def add(self, report: Report) -> None:
        """Count `report`."""
        self._figures["failed" if report.error else "notes"] += 1
        self._figures["with_findings"] += bool(report.findings)
        self._figures["hidden"] += len(report.hidden)
        self._categories.update(finding.category for finding in report.findings)
        self._levels.update(finding.level for finding in report.findings)
        if (age := report.measures.get("reading_age")) is not None:
            self._ages.append(age)

    def summary(self) -> Summary:
        """Return the figures so far, in the order in which categories and levels are listed."""
        return Summary(
            self._figures["notes"],
            self._figures["with_findings"],
            self._figures["failed"],
            self._figures["hidden"],
            {name: self._categories[name] for name in CATEGORIES if self._categories[name]},
            {name: self._levels[name] for name in LEVELS if self._levels[name]},
            sorted(self._ages),
        )


def summarise(reports: Iterable[Report]) -> Summary:
    """Return `reports` in figures."""
    tally = Tally()
    for report in reports:
        tally.add(report)
    return tally.summary()


def opening(summary: Summary) -> str:
    """Return the sentence that a summary begins with."""
    if not summary.notes:
        return "No note was checked."
    where = "" if summary.notes == 1 else f" in {many(summary.with_findings or summary.notes, 'note')}"
    if not summary.findings:
        return f"Nothing to suggest{where}."
    of_all = f" of {summary.notes:,}" if summary.notes > summary.with_findings else ""
    return f"{many(summary.findings, 'thing')} to look at{where}{of_all}."


def reading_age(summary: Summary) -> str:
    """Return the reading age of the notes in words, empty where it is not known."""
    ages = [round(age) for age in summary.ages]
    if not ages:
        return ""
    if len(ages) == 1:
        return f"Reading age: about {ages[0]}."
    typical = ages[len(ages) // 2]
    return f"Reading age: from {ages[0]} to {ages[-1]}, typically {typical}."


def sentence(text: str) -> str:
    """Return `text` with a full stop, unless it has an end already."""
    return text if text.endswith((".", "?", "!")) else f"{text}."
