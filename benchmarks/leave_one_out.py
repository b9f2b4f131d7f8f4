"""How right the findings are on notes by an author whom the learned tier has never read, rules and guards on too.

    python benchmarks/leave_one_out.py --weights DIR            trains once for each author of dev.jsonl (minutes each)
    python benchmarks/leave_one_out.py n4 n5 --weights DIR      other authors

For each author the learned tier is trained on everybody else's notes; DIR keeps the weights for another run. The rules
were written with the notes of the authors w1 to w8, and n1 to n3, in view, and with n4 and n5 out of sight.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from accuracy import table
from marked import Note, read_notes
from scoring import Found
from train_tone import NOTES, train

from fsm_language import Linter, Settings
from fsm_language.tone import Tone

AUTHORS = ("w1", "w2", "w6", "w7", "w8")


def author(note: Note) -> str:
    """Return who wrote a note."""
    return note.id.split("-")[0]


def unseen(name: str, notes: list[Note], weights: Path) -> list[tuple[Note, list[Found]]]:
    """Return the findings on an author's notes with a model that never saw them."""
    file = weights / f"{name}.bin"
    if not file.exists():
        file.write_bytes(train([note for note in notes if author(note) != name]).to_bytes())
    linter = Linter(Settings(tone=True))
    linter.tone = Tone(file)
    return [
        (note, [Found(f.start, f.end, f.category, f.rule.id) for f in linter.check(note.text, note.id).findings])
        for note in notes
        if author(note) == name
    ]


def main() -> None:
    """Print the table over the authors named on the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("authors", nargs="*", default=AUTHORS)
    arguments.add_argument("--weights", type=Path, required=True, metavar="DIR", help="where weights are kept")
    chosen = arguments.parse_args()
    chosen.weights.mkdir(parents=True, exist_ok=True)
    notes = [note for file in sorted(NOTES.iterdir()) for note in read_notes(file)]
    print(table([pair for name in chosen.authors for pair in unseen(name, notes, chosen.weights)]))


if __name__ == "__main__":
    main()
