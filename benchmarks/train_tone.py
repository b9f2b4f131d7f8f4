"""Train the learned tier from the marked notes, from scratch and always to the same weights.

    python benchmarks/train_tone.py                       all notes; writes fsm_language/tone.bin
    python benchmarks/train_tone.py --leave-out w1        measure on an author the model never saw; writes nothing

Every sentence of every marked note is a lesson. Grey words are not scored, and traps weigh double: a false alarm
costs more trust than a miss. What the rules' own examples become, and let be, is a lesson in wording that is right.
The seed fixes the order of sentences, the first weights and the dropout.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
from marked import Note, Span, read_notes
from scoring import Found, score
from spacy.tokens import Doc
from thinc.api import Adam, Model, fix_random_seed, set_dropout_rate

from fsm_language import Linter, Settings
from fsm_language.document import Document
from fsm_language.tone import CATEGORIES, COLUMNS, WEIGHTS, Tone, architecture, tokens

NOTES = Path(__file__).parent / "notes"
SEED = 7
ROUNDS = 12
DROPOUT = 0.3
TOKENS_A_BATCH = 800
TRAP_WEIGHT = 2.0
CUTS = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence, the column that is right for each of its tokens, and how much each token weighs."""

    doc: Doc
    right: np.ndarray
    weight: np.ndarray


def lessons(note: Note) -> Iterator[Lesson]:
    """Yield a lesson for each sentence of a marked note."""
    document = Document(note.text)
    sentences = document.sentences
    for (start, _), doc in zip(sentences, tokens([note.text[a:b] for a, b in sentences]), strict=True):
        right = np.zeros((len(doc), COLUMNS), dtype="f")
        weight = np.ones((len(doc), 1), dtype="f")
        before: Span | None = None
        for at, token in enumerate(doc):
            first, after = start + token.idx, start + token.idx + len(token)
            span = next((span for span in note.spans if span.start < after and first < span.end), None)
            right[at, _column(span, before)] = 1
            if span is not None and span.label in ("grey", "trap"):
                weight[at] = TRAP_WEIGHT if span.label == "trap" else 0
            before = span
        if len(doc):
            yield Lesson(doc, right, weight)


def _column(span: Span | None, before: Span | None) -> int:
    if span is None or span.label not in CATEGORIES:
        return 0
    return 1 + 2 * CATEGORIES.index(span.label) + (span is before)


def right_wording() -> list[Note]:
    """Return the sentences of the rules' own examples in which no rule finds anything."""
    linter = Linter(Settings(tone=False))
    examples = [example for rule in linter.rules if rule.phrases for example in rule.examples]
    sentences = dict.fromkeys(e.becomes or e.note for e in examples if e.becomes is not None or e.fine is not None)
    clean = [sentence for sentence in sentences if not linter.check(sentence).findings]
    whole = [(sentence, Span(0, len(sentence), "trap")) for sentence in clean]
    return [Note(f"rules-{n}", "example", "", sentence, (span,)) for n, (sentence, span) in enumerate(whole)]


def train(notes: Sequence[Note], *, rounds: int = ROUNDS, seed: int = SEED) -> Model:
    """Return the model trained on `notes`."""
    fix_random_seed(seed)
    order = random.Random(seed)  # noqa: S311  # the order of lessons is no secret
    course = [lesson for note in notes for lesson in lessons(note)]
    model = architecture()
    model.initialize(X=[lesson.doc for lesson in course[:20]], Y=[lesson.right for lesson in course[:20]])
    optimizer = Adam(0.001, L2=0.01, grad_clip=1.0, use_averages=True)
    set_dropout_rate(model, DROPOUT)
    for _ in range(rounds):
        order.shuffle(course)
        for batch in _batches(course):
            _learn(model, optimizer, batch)
    model.use_params(optimizer.averages).__enter__()  # the averaged weights stay
    set_dropout_rate(model, 0.0)
    return model


def _batches(course: Sequence[Lesson]) -> Iterator[list[Lesson]]:
    batch: list[Lesson] = []
    for lesson in course:
        batch.append(lesson)
        if sum(len(one.doc) for one in batch) >= TOKENS_A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _learn(model: Model, optimizer: Adam, batch: Sequence[Lesson]) -> None:
    scale = sum(len(lesson.doc) for lesson in batch) ** 0.5
    guessed, backward = model.begin_update([lesson.doc for lesson in batch])
    backward([(g - one.right) * one.weight / scale for g, one in zip(guessed, batch, strict=True)])
    model.finish_update(optimizer)


def measure(tone: Tone, notes: Sequence[Note]) -> None:
    """Print precision, recall and traps of the model alone, by how sure it must be."""
    for cut in CUTS:
        pairs = []
        for note in notes:
            hints = tone.hints(Document(note.text), cut)
            pairs.append((note, [Found(hint.start, hint.end, hint.category) for hint in hints]))
        result = score(pairs)
        by = " ".join(f"{c} {result.precision_of(c):.2f}/{result.recall_of(c):.2f}" for c in CATEGORIES)
        print(f"sure {cut}: precision {result.precision:.3f} recall {result.recall:.3f} traps {result.traps:.3f}  {by}")


def main() -> None:
    """Train, and write the weights or measure them."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("notes", nargs="*", type=Path, help="marked notes (default: all of benchmarks/notes)")
    arguments.add_argument("--leave-out", metavar="AUTHOR", help="measure on this author's notes instead")
    arguments.add_argument("--output", type=Path, default=WEIGHTS)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = arguments.parse_args()
    files = chosen.notes or sorted(NOTES.iterdir())
    notes = [note for file in files for note in read_notes(file)]
    kept = [note for note in notes if not chosen.leave_out or note.id.split("-")[0] != chosen.leave_out]
    began = time.perf_counter()
    model = train([*kept, *right_wording()], rounds=chosen.rounds)
    print(f"{len(kept)} notes, {time.perf_counter() - began:.0f} s")
    if chosen.leave_out:
        tone = Tone()
        tone._model = model  # noqa: SLF001  # the model just trained, in place of the one on disk
        measure(tone, [note for note in notes if note not in kept])
    else:
        chosen.output.write_bytes(model.to_bytes())


if __name__ == "__main__":
    main()
