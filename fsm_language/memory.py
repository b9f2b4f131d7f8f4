"""What was found in the blocks of notes checked lately, so that an edited note costs about the edited block.

A block's findings hold for as long as everything that rules and guards look at stays the same: its own text and kind,
the sentence before it, the quotations and messages it lies in, and what the note explains of its words. All of
that is compared, so that a note checked again gives what it would give to a linter that has never seen it.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fsm_language.document import Document
from fsm_language.finding import Edit, Finding, Suggestion
from fsm_language.kept import Kept
from fsm_language.parting import Block
from fsm_language.spans import Span, Spans
from fsm_language.surroundings import Surroundings
from fsm_language.tone import Seen

NOTES = 8  # whose blocks are kept
LONGEST = 1_000_000  # characters: a longer note is not kept


class View(NamedTuple):
    """All that guards see of a block and around it, except what the whole note explains. Offsets count from it."""

    text: str
    kind: str
    after: str
    sentence_before: str
    quotations: tuple[Span, ...]
    messages: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What was found in a block that began at `start`, with offsets of its note, in code points.

    `judged` are the words that a rule found or a guard let be; `explained` says of words that guards asked about
    whether the note explains them.
    """

    start: int
    findings: tuple[Finding, ...]
    judged: tuple[Span, ...]
    explained: Mapping[str, bool]

    def holds(self, around: Surroundings) -> bool:
        """Whether the note explains of the words asked about what it explained then."""
        return all(around.explains(words) is answer for words, answer in self.explained.items())

    def at(self, start: int) -> Told:
        """Return the same for the block at `start`."""
        by = start - self.start
        if not by:
            return self
        findings = tuple(moved(finding, by) for finding in self.findings)
        return Told(start, findings, tuple(_moved(span, by) for span in self.judged), self.explained)


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a note.

    What was found in each block, what was worked out of each passage, whether acronyms are explained by the words
    beside them, and what the learned tier made of the sentences.
    """

    blocks: Kept[View, Told] = field(default_factory=Kept)
    passages: Kept[str, dict[object, Any]] = field(default_factory=Kept)
    beside: Kept[tuple[str, str, str, str], bool] = field(default_factory=Kept)
    seen: Seen = field(default_factory=Seen)

    def next(self) -> Past:
        """Return it as the next check of the note begins with it."""
        return Past(Kept(self.blocks.now), Kept(self.passages.now), Kept(self.beside.now), self.seen.next())


class Memory:
    """What is known of a few notes, by their names. Safe to share between threads; it is never written anywhere."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._notes: OrderedDict[str, Past] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, name: str) -> Past:
        """Return what was found out about the note called `name` when it was last checked."""
        with self._lock:
            past = self._notes.get(name)
        return past.next() if past else Past()

    def remember(self, document: Document, past: Past) -> None:
        """Keep what was found out about a note, and let go of the one that was kept longest."""
        with self._lock:
            self._notes.pop(document.name, None)
            if len(document.text) <= LONGEST:
                self._notes[document.name] = past
            if len(self._notes) > NOTES:
                self._notes.popitem(last=False)

    def forget(self, name: str) -> None:
        """Let go of the note called `name`."""
        with self._lock:
            self._notes.pop(name, None)


def views(around: Surroundings) -> Iterator[View]:
    """Yield how guards see each block of a note, in order."""
    document = around.document
    text, sentences = document.text, document.sentences
    first = 0
    for block in document.blocks:
        first = bisect_left(sentences, (block.start,), first)
        before = text[slice(*sentences[first - 1])] if first else ""
        yield View(
            text[block.start : block.end],
            block.kind,
            text[block.end : block.end + 1],
            before,
            _within(around.quotations, block),
            _within(around.messages, block),
        )


def _within(spans: Spans, block: Block) -> tuple[Span, ...]:
    if not spans.meet(block.start, block.end):  # as of most blocks, and this is quick to ask
        return ()
    return tuple(_moved(span, -block.start) for span in spans.overlapping(block.start, block.end))


def moved(finding: Finding, by: int) -> Finding:
    """Return a finding with all its places moved by so many code points."""
    return Finding(  # twice as quick as `replace`
        finding.rule,
        finding.start + by,
        finding.end + by,
        finding.text,
        finding.message,
        tuple(
            Suggestion(offer.label, tuple(Edit(edit.start + by, edit.end + by, edit.text) for edit in offer.edits))
            for offer in finding.suggestions
        ),
        tuple((start + by, end + by) for start, end in finding.related),
        finding.level,
        finding.category,
        finding.wording,
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
