"""The anchors of all phrases of a pack, found by phrase and by the word that they begin with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fsm_language.anchors import Anchors

BAR = "|"  # between the stretches of a phrase: no word holds one


@dataclass(frozen=True)
class AnchorBook:
    """Anchors written down as texts, each read when first asked for: a note needs few of a pack's. Safe to share.

    `lines` says for each phrase how many words come before its stretches, at the least and at the most, and what
    these are. `beginnings` says for each word which stretches begin with it: the number of a line, the words before,
    and the words that follow.
    """

    lines: Mapping[str, str]
    beginnings: Mapping[str, str]
    _read: dict[str, Anchors] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, anchors: Mapping[str, Anchors]) -> AnchorBook:
        """Write down the `anchors` of phrases."""
        lines, beginnings = {}, defaultdict(list)
        for number, (phrase, found) in enumerate(anchors.items()):
            before = f"{found.least} {found.most}"
            lines[phrase] = f"{before} {BAR.join(found.stretches)}"
            for stretch in found.stretches:
                word, _, further = stretch.partition(" ")
                beginnings[word].append(f"{number} {before} {further}".rstrip())
        return cls(lines, {word: BAR.join(rows) for word, rows in beginnings.items()})

    def find(self, phrase: str) -> Anchors | None:
        """Return the anchors of a phrase, or None."""
        known = self._read.get(phrase)
        if known is None and phrase in self.lines:
            least, most, stretches = self.lines[phrase].split(" ", 2)
            known = self._read[phrase] = Anchors(tuple(stretches.split(BAR)), int(least), int(most))
        return known

    def beginning(self, word: str) -> Iterator[list[str]]:
        """Yield what is written of each stretch that begins with `word`, one of `beginnings`, in the order of lines."""
        for row in self.beginnings[word].split(BAR):
            yield row.split(" ")
