"""The measure: how findings meet the marks of notes that people have marked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from marked import Note, Span

PROBLEMS = ("blaming", "judgemental", "jargon", "acronym")
LONGER_BY = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as the measure sees it: code points, half open."""

    start: int
    end: int
    category: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mark that was missed, a trap that was met, or a finding where nothing is marked."""

    kind: str
    note: Note
    start: int
    end: int
    rule: str = ""

    def line(self) -> str:
        """Return the mistake on one line, its words in square brackets."""
        text = self.note.text
        before, after = text[max(0, self.start - 45) : self.start], text[self.end : self.end + 35]
        around = " ".join(f"{before}[{text[self.start : self.end]}]{after}".split())
        return f"{self.kind:18} {self.note.id} {self.rule}  {around}"


@dataclass(slots=True)
class Score:
    """Counts over notes, and the ratios they make."""

    counts: Counter[str] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)

    def _ratio(self, one: str, *rest: str) -> float:
        whole = sum(self.counts[key] for key in rest)
        return self.counts[one] / whole if whole else 0.0

    @property
    def precision(self) -> float:
        """The share of findings that meet a problem, those that only meet grey marks left out."""
        return self._ratio("good", "good", "bad")

    @property
    def recall(self) -> float:
        """The share of problems that a finding meets."""
        return self._ratio("met", "problems")

    @property
    def category(self) -> float:
        """The share of problems met that a finding of their own category meets."""
        return self._ratio("own", "met")

    @property
    def traps(self) -> float:
        """The share of traps that a finding meets which meets no problem: lower is better."""
        return self._ratio("traps met", "traps")

    def precision_of(self, category: str) -> float:
        """Precision of the findings of one category."""
        return self._ratio(f"good {category}", f"good {category}", f"bad {category}")

    def recall_of(self, category: str) -> float:
        """Recall of the problems of one category."""
        return self._ratio(f"met {category}", f"problems {category}")


def meets(text: str, one: Found | Span, other: Span) -> bool:
    """Whether a finding meets a mark: they share half of the shorter, and it is at most 12 words longer."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    words = len(text[one.start : one.end].split()) - len(text[other.start : other.end].split())
    return shared > 0 and 2 * shared >= shorter and words <= LONGER_BY


def score(pairs: Iterable[tuple[Note, Sequence[Found]]]) -> Score:
    """Return the score of findings, each note with its own."""
    result = Score()
    for note, found in pairs:
        findings = [finding for finding in found if finding.category in PROBLEMS]
        result.mistakes += [*_findings(note, findings, result.counts), *_marks(note, findings, result.counts)]
    return result


def _findings(note: Note, findings: Sequence[Found], counts: Counter[str]) -> Iterator[Mistake]:
    for finding in findings:
        met = [span for span in note.spans if meets(note.text, finding, span)]
        labels = {span.label for span in met}
        if labels & set(PROBLEMS):
            counts.update(["good", f"good {finding.category}"])
            continue
        counts["traps met"] += sum(span.label == "trap" for span in met)
        if "grey" not in labels:
            counts.update(["bad", f"bad {finding.category}"])
            kind = "trap met" if "trap" in labels else "false alarm"
            yield Mistake(kind, note, finding.start, finding.end, finding.rule)


def _marks(note: Note, findings: Sequence[Found], counts: Counter[str]) -> Iterator[Mistake]:
    for span in note.spans:
        counts["traps"] += span.label == "trap"
        if span.label not in PROBLEMS:
            continue
        met = {finding.category for finding in findings if meets(note.text, finding, span)}
        counts.update(["problems", f"problems {span.label}"])
        if met:
            counts.update(["met", f"met {span.label}"])
            counts["own"] += span.label in met
        else:
            yield Mistake(f"missed {span.label}", note, span.start, span.end)
