"""The anchors of all phrases of a pack, found by phrase and by the word that they begin with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from fsm_language.anchors import Anchors

BAR = "|"  # between the stretches of a phrase: no word holds one


@dataclass(frozen=True)
class AnchorBook:
    """Anchors written down as texts, each read when first asked for: a note needs few of a pack's. Safe to share.

    `lines` says for each phrase how many words come before its stretches, at the least and at the most, and what
    these are; `beginnings` for each word the numbers of the lines with a stretch that begins with it.
    """

    lines: Mapping[str, str]
    beginnings: Mapping[str, str]
    _read: dict[str, Anchors] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, anchors: Mapping[str, Anchors]) -> AnchorBook:
        """Write down the `anchors` of phrases."""
        lines, beginnings = {}, defaultdict(list)
        for number, (phrase, found) in enumerate(anchors.items()):
            lines[phrase] = f"{found.least} {found.most} {BAR.join(found.stretches)}"
            for word in sorted({stretch.partition(" ")[0] for stretch in found.stretches}):
                beginnings[word].append(str(number))
        return cls(lines, {word: " ".join(numbers) for word, numbers in beginnings.items()})

    @cached_property
    def _phrases(self) -> tuple[str, ...]:
        return tuple(self.lines)

    def find(self, phrase: str) -> Anchors | None:
        """Return the anchors of a phrase, or None."""
        known = self._read.get(phrase)
        if known is None and phrase in self.lines:
            least, most, stretches = self.lines[phrase].split(" ", 2)
            known = self._read[phrase] = Anchors(tuple(stretches.split(BAR)), int(least), int(most))
        return known

    def beginning(self, word: str) -> Iterator[str]:
        """Yield the phrases with a stretch that begins with `word`, in the order in which they were written down."""
        for number in self.beginnings.get(word, "").split():
            yield self._phrases[int(number)]
