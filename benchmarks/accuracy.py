"""How right the findings are: precision, recall and traps on the marked notes.

python benchmarks/accuracy.py                       the table for all marked notes of benchmarks/notes/dev.jsonl
python benchmarks/accuracy.py FILE... --errors 50   other notes, and the first 50 mistakes
python benchmarks/accuracy.py --peers               the same measure for other prose linters, where installed
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from marked import Note, read_notes
from scoring import PROBLEMS, Found, Score, score

from fsm_language import Linter, Settings

NOTES = Path(__file__).parent / "notes"
ROW = "{:24} {:>9} {:>8} {:>7} {:>9} {:>7} {:>9}"


def by_linter(settings: Settings) -> Callable[[Note], list[Found]]:
    """Return a function that checks a note as a user's settings would."""
    linter = Linter(settings)

    def check(note: Note) -> list[Found]:
        return [Found(f.start, f.end, f.category, f.rule.id) for f in linter.check(note.text, note.id).findings]

    return check


def row(name: str, result: Score) -> str:
    """Return a line of the table."""
    figures = (result.precision, result.recall, result.traps, result.category)
    counts = (result.counts["problems"], result.counts["good"] + result.counts["bad"])
    return ROW.format(name, *(f"{figure:.3f}" for figure in figures), *counts)


def table(pairs: Sequence[tuple[Note, list[Found]]]) -> str:
    """Return the table: overall, by category, by author, and by phenomenon for the contrast pairs."""
    whole = score(pairs)
    lines = [
        ROW.format("", "precision", "recall", "traps", "category", "marks", "findings"),
        row("all notes", whole),
        "",
    ]
    for category in PROBLEMS:
        figures = f"{whole.precision_of(category):.3f}", f"{whole.recall_of(category):.3f}"
        lines.append(ROW.format(category, *figures, "", "", whole.counts[f"problems {category}"], ""))
    for title, key in (("author", _author), ("phenomenon", _phenomenon)):
        groups: dict[str, list[tuple[Note, list[Found]]]] = defaultdict(list)
        for note, found in pairs:
            groups[key(note)].append((note, found))
        groups.pop("", None)
        if groups:
            lines += ["", *(row(f"{title} {name}", score(groups[name])) for name in sorted(groups))]
    return "\n".join(lines)


def _author(note: Note) -> str:
    return note.id.split("-")[0]


def _phenomenon(note: Note) -> str:
    return note.genre if _author(note) == "w5" else ""


def peers(notes: Sequence[Note]) -> str:
    """Return the overall line for each other prose linter that is installed; any finding counts as any category."""
    lines = [ROW.format("peer", "precision", "recall", "traps", "", "marks", "findings")]
    for name, run in (("proselint", _proselint), ("alex", _alex), ("write-good", _write_good), ("harper", _harper)):
        if shutil.which(name) is None:
            lines.append(f"{name:24} not installed")
            continue
        lines.append(row(name, score([(note, run(note)) for note in notes])))
    return "\n".join(lines)


def _run(command: Sequence[str], text: str, suffix: str = ".txt") -> str:
    with tempfile.NamedTemporaryFile("w", suffix=suffix, encoding="utf-8", delete=False) as file:
        file.write(text)
    try:
        return subprocess.run([*command, file.name], capture_output=True, text=True, check=False).stdout
    finally:
        Path(file.name).unlink()


def _proselint(note: Note) -> list[Found]:
    report = json.loads(_run(["proselint", "check", "-o", "json"], note.text) or "{}")
    results = [result for file in report.get("result", {}).values() for result in file.get("diagnostics", [])]
    return [Found(span[0] - 1, span[1] - 1, "jargon", r["check_path"]) for r in results for span in [r["span"]]]


def _lines(text: str) -> list[int]:
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _alex(note: Note) -> list[Found]:
    starts, found = _lines(note.text), []
    run = subprocess.run(["alex", "--stdin"], input=note.text, capture_output=True, text=True, check=False)
    for place in re.finditer(r"^\s*(\d+):(\d+)-(\d+):(\d+)", run.stderr, re.MULTILINE):
        line, column, last_line, last_column = map(int, place.groups())
        found.append(Found(starts[line - 1] + column - 1, starts[last_line - 1] + last_column - 1, "judgemental"))
    return found


def _write_good(note: Note) -> list[Found]:
    starts, found = _lines(note.text), []
    for line in _run(["write-good", "--parse"], note.text).splitlines():
        place = line.split(":", 3)
        if len(place) == len("abcd") and place[1].isdigit():
            start = starts[int(place[1]) - 1] + int(place[2])
            words = place[3].split('"')
            found.append(Found(start, start + (len(words[1]) if len(words) > 1 else 1), "jargon"))
    return found


def _harper(note: Note) -> list[Found]:
    report = json.loads(_run(["harper", "lint", "--dialect", "uk", "--format", "json"], note.text) or "[]")
    spans = [lint["span"] for file in report for lint in file["lints"]]
    return [Found(span["char_start"], span["char_end"], "jargon") for span in spans]


def main() -> None:
    """Print the table for the notes named on the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("notes", nargs="*", type=Path, default=[NOTES / "dev.jsonl"])
    arguments.add_argument("--errors", type=int, default=0, metavar="N", help="show the first N mistakes")
    arguments.add_argument("--only", default="", help="show only mistakes of this kind, category or rule")
    arguments.add_argument("--select", default="", help="rules, categories or tags to run, comma apart")
    arguments.add_argument("--peers", action="store_true", help="measure other prose linters too")
    chosen = arguments.parse_args()
    notes = [note for path in chosen.notes for note in read_notes(path)]
    check = by_linter(Settings(select=tuple(filter(None, chosen.select.split(",")))))
    pairs = [(note, check(note)) for note in notes]
    mistakes = [m for m in score(pairs).mistakes if chosen.only in f"{m.kind} {m.rule}"]
    for mistake in mistakes[: chosen.errors]:
        print(mistake.line())
    print(table(pairs))
    if chosen.peers:
        print("\n" + peers(notes))


if __name__ == "__main__":
    main()
