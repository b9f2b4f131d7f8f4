"""Findings on the same words: one is shown, the others are covered by it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import attrgetter

from fsm_language.finding import Finding
from fsm_language.rule import LEVELS
from fsm_language.spans import Span

RANKS = {level: -rank for rank, level in enumerate(LEVELS)}
IN_ORDER = attrgetter("start", "end", "rule.id")


def resolve(found: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings to show, one for each stretch of words, and those that they cover.

    The longest wins, then the higher level, then the one that comes first by rule id.
    """
    by_start = sorted(found, key=attrgetter("start"))
    shown = [finding for finding in by_start if finding.category == "readability"]
    covered: list[Finding] = []
    for rivals in _rivals(finding for finding in by_start if finding.category != "readability"):
        if len(rivals) > 1:
            _decide(rivals, shown, covered)
        else:
            shown += rivals
    return tuple(sorted(shown, key=IN_ORDER)), tuple(sorted(covered, key=IN_ORDER))


def _rivals(by_start: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Yield findings in groups that have no words in common: those of most groups are one, and nothing covers it."""
    group: list[Finding] = []
    end = 0
    for finding in by_start:
        if finding.start >= end:
            yield group
            group = []
        group.append(finding)
        end = max(end, finding.end)
    yield group


def _decide(rivals: Iterable[Finding], shown: list[Finding], covered: list[Finding]) -> None:
    """Add each of a group of findings to those that are shown or to those that are covered."""
    taken: list[Span] = []  # in order, and none overlapping another
    for finding in sorted(rivals, key=lambda f: (f.start - f.end, RANKS[f.level], f.start, f.rule.id, f.message)):
        at = bisect_left(taken, (finding.start,))
        if (at < len(taken) and taken[at].start < finding.end) or (at and finding.start < taken[at - 1].end):
            covered.append(finding)
        else:
            taken.insert(at, Span(finding.start, finding.end))
            shown.append(finding)
