"""The anchors of all phrases of a pack, found by phrase and by the word that they begin with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fsm_language.anchors import Anchors

BAR = "|"  # between the stretches of a phrase: no word holds one


@dataclass(frozen=True)
class AnchorBook:
    """Anchors written down as texts, each read when first asked for: a note needs few of a pack's. Safe to share.

    `lines` says for each phrase how many words come before its stretches, at the least and at the most, and what
    these are. `beginnings` says for each word, by the word that follows it, which stretches begin with the two: the
    number of a line, the words before, and the words that go on.
    """

    lines: Mapping[str, str]
    beginnings: Mapping[str, str]
    _read: dict[str, Anchors] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, anchors: Mapping[str, Anchors]) -> AnchorBook:
        """Write down the `anchors` of phrases."""
        lines: dict[str, str] = {}
        beginnings: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for number, (phrase, found) in enumerate(anchors.items()):
            before = f"{found.least} {found.most}"
            lines[phrase] = f"{before} {BAR.join(found.stretches)}"
            for stretch in found.stretches:
                word, second, *further = f"{stretch} ".split(" ", 2)
                beginnings[word][second].append(" ".join([str(number), before, *further]).rstrip())
        return cls(lines, {word: _written(seconds) for word, seconds in beginnings.items()})

    def find(self, phrase: str) -> Anchors | None:
        """Return the anchors of a phrase, or None."""
        known = self._read.get(phrase)
        if known is None and phrase in self.lines:
            least, most, stretches = self.lines[phrase].split(" ", 2)
            known = self._read[phrase] = Anchors(tuple(stretches.split(BAR)), int(least), int(most))
        return known

    def seconds(self, word: str) -> dict[str, str]:
        """Return, for each word that follows `word` in a stretch, what is written of these; "" for `word` alone."""
        written = self.beginnings.get(word)
        return dict(each.split(":", 1) for each in written.split("\n")) if written else {}


def rows(written: str) -> Iterator[list[str]]:
    """Yield the number of a line, the words before at the least and at the most, and each word that goes on."""
    for row in written.split(BAR):
        yield row.split(" ")


def _written(seconds: Mapping[str, Sequence[str]]) -> str:
    return "\n".join(f"{second}:{BAR.join(written)}" for second, written in seconds.items())
