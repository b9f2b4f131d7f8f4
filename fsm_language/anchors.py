"""Where a phrase is worth looking for: its rarest stretch of words, of which every match holds one spelling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fsm_language.frequency import weight

if TYPE_CHECKING:
    from fsm_language.phrases import Item

MOST = 256  # spellings of several words: more would cost more to hold than they save
FOLLOWS = 0.02  # how likely a word is to be followed by the one that a phrase has next
A_LETTER = 20.0  # how often a letter or figure by itself is met, likewise
A_SPELLING = 0.1  # what holding one costs, in sightings of a rare word


class Anchors(NamedTuple):
    """Stretches of words (keys parted by spaces), of which every match of a phrase holds at least one.

    At least `least` and at most `most` words of the match come before it.
    """

    stretches: tuple[str, ...]
    least: int = 0
    most: int = 0


def anchors(items: Sequence[Item]) -> Anchors | None:
    """Return the anchors of a phrase that are met least often; None when no word of it is always there."""
    found: list[Anchors] = []
    least = most = 0
    for first, item in enumerate(items):
        stretches = (Anchors(tuple(sorted(spelt))) for spelt in _spelt(items[first:]) if "" not in spelt)
        inside = _inside(item)
        choices = (*stretches, *([inside] if inside else []))
        found += (Anchors(each.stretches, least + each.least, most + each.most) for each in choices)
        fewest, longest = width(item)
        least, most = least + fewest, most + longest
    return min(found, key=_cost, default=None)


def _spelt(items: Sequence[Item]) -> Iterator[frozenset[str]]:
    """Yield the spellings of the first of `items`, of the first two and so on, for as long as they can be told."""
    spelt = frozenset({""})
    for item in items:
        words = spellings(item)
        if words is None or (len(spelt) > 1 and len(spelt) * len(words) > MOST):
            return
        spelt = frozenset(f"{before} {after}".strip() for before in spelt for after in words)
        yield spelt


def _inside(item: Item) -> Anchors | None:
    """Return what one or another alternative of `item` always holds."""
    if item.kind != "any_of":
        return None
    found = [anchors(branch) for branch in item.branches]
    parts = [part for part in found if part is not None]
    if len(parts) < len(found):
        return None
    stretches = {stretch for part in parts for stretch in part.stretches}
    return Anchors(tuple(sorted(stretches)), min(part.least for part in parts), max(part.most for part in parts))


def spellings(item: Item) -> frozenset[str] | None:
    """Return all that `item` may stand for, "" for nothing; None when that is anything, or too much to tell."""
    if item.kind in ("word", "brace"):
        return frozenset(item.keys)
    if item.kind in ("star", "gap"):
        return None
    every = {""} if item.kind in ("mark", "maybe") else set()
    for branch in item.branches:
        spelt = [frozenset({""}), *_spelt(branch)]
        if len(spelt) <= len(branch):
            return None
        every |= spelt[-1]
    return frozenset(every)


def width(item: Item) -> tuple[int, int]:
    """Return how many words `item` stands for, at the least and at the most."""
    if item.kind in ("word", "brace", "star"):
        return 1, 1
    if item.kind in ("gap", "mark"):
        return 0, item.most
    widths = [[width(part) for part in branch] for branch in item.branches]
    least = 0 if item.kind == "maybe" else min(sum(low for low, _ in branch) for branch in widths)
    return least, max(sum(high for _, high in branch) for branch in widths)


def _cost(found: Anchors) -> float:
    return sum(_sightings(stretch.split(" ")) + A_SPELLING for stretch in found.stretches)


def _sightings(words: Sequence[str]) -> float:
    """Return roughly how often a stretch of words is met, as a multiple of a rare word."""
    rarest = min(weight(word) if len(word) > 1 else A_LETTER for word in words)
    return rarest * FOLLOWS ** (len(words) - 1)
