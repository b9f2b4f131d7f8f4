"""How often something is found, and how sure that is: rates per 1,000 words and shares of notes, with 95% intervals."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

PER = 1000  # words
Z = 1.96  # standard deviations on either side that hold 95 of 100 draws
NONE_FOUND = -math.log(0.025)  # the highest mean of a Poisson count that is nought once in forty times (Garwood 1936)


class Estimate(NamedTuple):
    """A figure, and from where to where it may well lie (95%)."""

    value: float
    low: float
    high: float


@dataclass(slots=True)
class Size:
    """How much there is to find things in. `squares` adds up the squares of the notes' words."""

    notes: int = 0
    words: float = 0.0
    squares: float = 0.0

    def add(self, words: float) -> None:
        """Count a note of `words` words."""
        self.notes += 1
        self.words += words
        self.squares += words * words


@dataclass(slots=True)
class Hits:
    """How often something was found. Notes without it change nothing, so that only those with it need be counted.

    `squares` adds up the squares of the notes' findings, `products` findings times words.
    """

    notes: int = 0
    findings: int = 0
    squares: float = 0.0
    products: float = 0.0

    def add(self, findings: int, words: float) -> None:
        """Count a note of `words` words that has `findings` of it; none change nothing."""
        self.notes += findings > 0
        self.findings += findings
        self.squares += findings * findings
        self.products += findings * words


@dataclass(slots=True)
class Ages:
    """The reading ages of notes, in years."""

    notes: int = 0
    total: float = 0.0
    squares: float = 0.0

    def add(self, age: float) -> None:
        """Count a note's reading age."""
        self.notes += 1
        self.total += age
        self.squares += age * age


def size_of(parts: Iterable[Size]) -> Size:
    """Return the size of all parts together."""
    found = list(parts)
    return Size(sum(p.notes for p in found), sum(p.words for p in found), sum(p.squares for p in found))


def hits_of(parts: Iterable[Hits]) -> Hits:
    """Return the hits of all parts together."""
    found = list(parts)
    return Hits(
        sum(p.notes for p in found),
        sum(p.findings for p in found),
        sum(p.squares for p in found),
        sum(p.products for p in found),
    )


def ages_of(parts: Iterable[Ages]) -> Ages:
    """Return the ages of all parts together."""
    found = list(parts)
    return Ages(sum(p.notes for p in found), sum(p.total for p in found), sum(p.squares for p in found))


def rate(hits: Hits, size: Size) -> Estimate:
    """Return findings per 1,000 words.

    A note's findings come together, so the notes are what is drawn: the standard error is that of a ratio of two
    totals over notes (Cochran, Sampling Techniques, 1977, chapter 6), never less than that of a Poisson count. The
    interval is taken on the logarithm, so that it never goes below nought.
    """
    if not size.words:
        return Estimate(0.0, 0.0, 0.0)
    scale = PER / size.words
    if not hits.findings:
        return Estimate(0.0, 0.0, NONE_FOUND * scale)
    factor = math.exp(Z * _relative_error(hits, size))
    value = hits.findings * scale
    return Estimate(value, value / factor, value * factor)


def _relative_error(hits: Hits, size: Size) -> float:
    """Return the standard error of a rate, as a share of the rate; there must be a finding."""
    by_chance = 1 / hits.findings
    if size.notes == 1:
        return math.sqrt(by_chance)
    ratio = hits.findings / size.words
    spread = hits.squares - 2 * ratio * hits.products + ratio * ratio * size.squares
    between_notes = size.notes / (size.notes - 1) * max(spread, 0.0) / hits.findings**2
    return math.sqrt(max(by_chance, between_notes))


def share(part: int, whole: int) -> Estimate:
    """Return `part` of `whole` as a share from 0 to 1, with the score interval of Wilson (1927)."""
    if not whole:
        return Estimate(0.0, 0.0, 0.0)
    value, z2 = part / whole, Z * Z
    middle = (value + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z / (1 + z2 / whole) * math.sqrt(value * (1 - value) / whole + z2 / (4 * whole * whole))
    low = 0.0 if not part else max(0.0, middle - half)
    high = 1.0 if part == whole else min(1.0, middle + half)
    return Estimate(value, low, high)


def mean(ages: Ages) -> Estimate | None:
    """Return the mean reading age, by the normal interval; None where there are fewer than two notes."""
    if ages.notes <= 1:
        return None
    value = ages.total / ages.notes
    variance = max(0.0, ages.squares - ages.total * value) / (ages.notes - 1)
    half = Z * math.sqrt(variance / ages.notes)
    return Estimate(value, value - half, value + half)


def changed(old: tuple[Hits, Size], new: tuple[Hits, Size]) -> str:
    """Return whether a rate is lower or higher than it was, or whether the difference may be chance.

    The two are compared as if they had no note in common. Where they do, what is known is surer: this then says "no
    clear change" too often, never too seldom.
    """
    before, after = rate(*old), rate(*new)
    if before.value and after.value:
        error = math.hypot(_relative_error(*old), _relative_error(*new))
        apart = abs(math.log(after.value / before.value)) > Z * error
    else:
        apart = after.low > before.high or before.low > after.high
    if not apart:
        return "no clear change"
    return "lower" if after.value < before.value else "higher"
