"""What the learned tier learns from: marked notes, and the rules' own examples, as lessons and batches of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from marked import Note, Span

from fsm_language import Linter, Settings
from fsm_language.document import Document
from fsm_language.hints import CATEGORIES
from fsm_language.wordpieces import Stretch, Wordpieces

WORDS_DROPPED = 0.08
CASE_DROPPED = 0.1
TRAP_WEIGHT = 2.0
LENGTHS = (16, 24, 40, 96)  # pieces; each batch holds stretches of about one length
PIECES_A_BATCH = 960


@dataclass(frozen=True, slots=True)
class Lesson:
    """A stretch, the column that is right for each of its pieces, and how much each piece weighs."""

    stretch: Stretch
    right: np.ndarray
    weight: np.ndarray

    @property
    def holds_something(self) -> bool:
        """Whether the gate should let the stretch through; acronyms are another check's business."""
        return bool(((self.right > 0) & (self.right < 1 + 2 * CATEGORIES.index("acronym"))).any())


def lessons(pieces: Wordpieces, note: Note) -> Iterator[Lesson]:
    """Yield a lesson for each sentence of a marked note."""
    document = Document(note.text)
    for sentence in document.sentences:
        for stretch in pieces.stretches(note.text, *sentence):
            right = np.zeros(len(stretch.pieces), dtype=np.int32)
            weight = np.zeros(len(stretch.pieces), dtype=np.float32)
            before: Span | None = None
            for first, (start, end) in zip(stretch.firsts, stretch.tokens, strict=True):
                span = next((span for span in note.spans if span.start < end and start < span.end), None)
                right[first] = _column(span, before)
                weight[first] = {"grey": 0, "trap": TRAP_WEIGHT}.get(span.label if span else "", 1)
                before = span
            yield Lesson(stretch, right, weight)


def _column(span: Span | None, before: Span | None) -> int:
    if span is None or span.label not in CATEGORIES:
        return 0
    return 1 + 2 * CATEGORIES.index(span.label) + (span is before)


def from_rules() -> list[Note]:
    """Return the rules' own examples, marked as the rules find them; what they become or let be is right."""
    linter = Linter(Settings(tone=False))
    notes: dict[str, Note] = {}
    for example in (example for rule in linter.rules if rule.phrases for example in rule.examples):
        for text, right in ((example.note, example.fine is not None), (example.becomes, True)):
            if text is None or text in notes:
                continue
            found = linter.check(text).findings
            spans = tuple(Span(f.start, f.end, f.category) for f in found if f.category in CATEGORIES)
            if right and not spans:
                spans = (Span(0, len(text), "trap"),)
            elif right:
                continue
            notes[text] = Note(f"rules-{len(notes)}", "example", "", text, spans)
    return list(notes.values())


def batches(course: Sequence[Lesson], random: np.random.Generator) -> Iterator[tuple[int, list[Lesson]]]:
    """Yield all lessons in an order by chance, in batches of about one length, each with the length it needs."""
    waiting: dict[int, list[Lesson]] = {length: [] for length in LENGTHS}
    for at in random.permutation(len(course)):
        length = next(length for length in LENGTHS if len(course[at].stretch.pieces) <= length)
        waiting[length].append(course[at])
        if len(waiting[length]) == PIECES_A_BATCH // length:
            yield length, waiting[length]
            waiting[length] = []
    yield from ((length, batch) for length, batch in waiting.items() if batch)


def arrays(
    pieces: Wordpieces, length: int, batch: Sequence[Lesson], random: np.random.Generator
) -> tuple[np.ndarray, ...]:
    """Return numbers, shapes, presence, right columns, weights and the gate's answers, all of one size a length."""
    size = (PIECES_A_BATCH // length, length)
    numbers, shapes, right = (np.zeros(size, dtype=np.int32) for _ in range(3))
    present, weight = (np.zeros(size, dtype=np.float32) for _ in range(2))
    something = np.full(size[0], -1, dtype=np.float32)  # no stretch, no lesson
    for row, lesson in enumerate(batch):
        inside = slice(len(lesson.right))
        numbers[row, inside], shapes[row, inside] = lesson.stretch.pieces, lesson.stretch.shapes
        present[row, inside], right[row, inside], weight[row, inside] = 1, lesson.right, lesson.weight
        something[row] = lesson.holds_something
    dropped = (random.random(size) < WORDS_DROPPED) & (shapes + weight > 0)
    small = (random.random((size[0], 1)) < CASE_DROPPED) & (shapes > 0)
    return np.where(dropped, pieces.unknown, numbers), np.where(small, 1, shapes), present, right, weight, something
