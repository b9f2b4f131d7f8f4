"""Findings on the same words: one is shown, the others are covered by it."""

from bisect import bisect_left
from collections.abc import Iterable

from fsm_language.finding import Finding
from fsm_language.rule import LEVELS
from fsm_language.spans import Span

RANKS = {level: -rank for rank, level in enumerate(LEVELS)}


def resolve(found: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings to show, one for each stretch of words, and those that they cover.

    The longest wins, then the higher level, then the one that comes first by rule id.
    """
    ranked = sorted(found, key=lambda f: (f.start - f.end, RANKS[f.level], f.start, f.rule.id, f.message))
    shown: list[Finding] = []
    covered: list[Finding] = []
    taken: list[Span] = []  # in order, and none overlapping another
    for finding in ranked:
        if finding.category != "readability":
            at = bisect_left(taken, (finding.start,))
            if (at < len(taken) and taken[at].start < finding.end) or (at and finding.start < taken[at - 1].end):
                covered.append(finding)
                continue
            taken.insert(at, Span(finding.start, finding.end))
        shown.append(finding)
    order = lambda f: (f.start, f.end, f.rule.id)  # noqa: E731  # a sort key used twice, here only
    return tuple(sorted(shown, key=order)), tuple(sorted(covered, key=order))
