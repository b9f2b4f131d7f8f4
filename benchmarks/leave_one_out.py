"""How right the findings are on notes by authors whom the learned tier has never read, rules and guards on too.

    python benchmarks/leave_one_out.py --weights DIR                  four folds of authors, trained in turn (long)
    python benchmarks/leave_one_out.py n4,n5 w1 --weights DIR         other folds, authors of one fold comma apart

For each fold the learned tier is trained on everybody else's notes; DIR keeps the weights for another run. The rules
were written with the notes of the authors w1 to w8, and n1 to n3, in view, and with n4 and n5 out of sight. First
come the figures of the learned tier alone, by how sure it must be, then everything together.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from accuracy import row, table
from marked import Note, read_notes
from scoring import Found, score
from train_tone import NOTES, train

from fsm_language import Linter, Settings
from fsm_language.document import Document
from fsm_language.tone import Tone
from fsm_language.waiting import alone
from fsm_language.weights import write

FOLDS = ("n4,n5", "w1,w6,n1", "w2,w7,n2", "w8,n3")
CUTS = (0.5, 0.6, 0.7, 0.8, 0.9)
Pairs = list[tuple[Note, list[Found]]]


def author(note: Note) -> str:
    """Return who wrote a note."""
    return note.id.split("-")[0]


def unseeing(fold: str, notes: Sequence[Note], weights: Path) -> Tone:
    """Return the learned tier as trained without the authors of a fold."""
    file = weights / f"{fold.replace(',', '-')}.npz"
    if not file.exists():
        write(file, *train([note for note in notes if author(note) not in fold.split(",")]))
    return Tone(file)


def by_itself(tone: Tone, notes: Sequence[Note], least: float) -> Pairs:
    """Return what the learned tier alone points at when it must be at least so sure."""
    pairs = []
    for note in notes:
        hints = [hint for hint in alone(tone.hints(Document(note.text))) if hint.confidence >= least]
        pairs.append((note, [Found(hint.start, hint.end, hint.category) for hint in hints]))
    return pairs


def together(tone: Tone, notes: Sequence[Note]) -> Pairs:
    """Return what rules and learned tier find together, as a user would see it."""
    linter = Linter(Settings(tone=True))
    linter.tone = tone
    return [
        (note, [Found(f.start, f.end, f.category, f.rule.id) for f in linter.check(note.text, note.id).findings])
        for note in notes
    ]


def main() -> None:
    """Print the tables over the folds named on the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folds", nargs="*", default=FOLDS)
    arguments.add_argument("--weights", type=Path, required=True, metavar="DIR", help="where weights are kept")
    chosen = arguments.parse_args()
    chosen.weights.mkdir(parents=True, exist_ok=True)
    notes = [note for file in sorted(NOTES.iterdir()) for note in read_notes(file)]
    folds = [
        (unseeing(fold, notes, chosen.weights), [note for note in notes if author(note) in fold.split(",")])
        for fold in chosen.folds
    ]
    for cut in CUTS:
        print(row(f"learned tier, sure {cut}", score(pair for fold in folds for pair in by_itself(*fold, cut))))
    print()
    print(table([pair for fold in folds for pair in together(*fold)]))


if __name__ == "__main__":
    main()
