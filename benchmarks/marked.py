"""Read case notes whose wording problems are marked inline, the form in which people write and reread them.

    python benchmarks/marked.py notes.txt            check a file and count its marks
    python benchmarks/marked.py notes.txt --jsonl    print one JSON object a note, with code point spans

A file holds notes parted by header lines, `=== id | genre | role`. Within a note
`[[b:words]]` is blaming, `[[j:words]]` judgemental, `[[g:words]]` jargon, `[[a:words]]` an unexplained acronym
(a better wording may follow, `[[b:failed to attend=>did not attend]]`), `((words))` is not scored and
`{{words}}` is right where it stands and must not be flagged.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

LABELS = {"b": "blaming", "j": "judgemental", "g": "jargon", "a": "acronym"}
HEADER = re.compile(r"^=== *(?P<id>[^|\n]+?) *\| *(?P<genre>[^|\n]+?) *\| *(?P<role>[^|\n]+?) *$", re.MULTILINE)
MARK = re.compile(
    r"\[\[(?P<label>[bjga]):(?P<problem>[^\[\]{}]+?)(?:=>(?P<preferred>[^\[\]{}]*))?\]\]"
    r"|\{\{(?P<trap>[^{}\[\]]+)\}\}"
    r"|\(\((?P<grey>[^\[\]{}]+?)\)\)(?!\))",
)
LEFTOVER = re.compile(r"\[\[|\]\]|\{\{|\}\}|=>")


class MarkError(ValueError):
    """A mark or a header that cannot be read; the message names the file, the note and the place."""


@dataclass(frozen=True)
class Span:
    """Marked words: `start` and `end` are code points of the note's text, half open."""

    start: int
    end: int
    label: str
    preferred: str | None = None


@dataclass(frozen=True)
class Note:
    """A case note, plain text, with its marks."""

    id: str
    genre: str
    role: str
    text: str
    spans: tuple[Span, ...]


def unmark(marked: str, where: str) -> tuple[str, tuple[Span, ...]]:
    """Return the plain text of a marked note and its spans; `where` names it in errors."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = last = 0
    for mark in MARK.finditer(marked):
        before = marked[last : mark.start()]
        words = mark["problem"] or mark["trap"] or mark["grey"]
        label = LABELS[mark["label"]] if mark["label"] else "trap" if mark["trap"] else "grey"
        start = length + len(before)
        length = start + len(words)
        spans.append(Span(start, length, label, mark["preferred"]))
        pieces += before, words
        last = mark.end()
    text = "".join([*pieces, marked[last:]])
    if left := LEFTOVER.search(text):
        around = text[max(0, left.start() - 30) : left.end() + 30]
        raise MarkError(f"{where}: unreadable mark near {around!r} (marks do not nest, and each must close)")
    return text, tuple(spans)


def read(path: Path) -> Iterator[Note]:
    """Yield the notes of a marked file; raises `MarkError`."""
    source = path.read_text(encoding="utf-8")
    headers = list(HEADER.finditer(source))
    if not headers:
        raise MarkError(f"{path}: no '=== id | genre | role' line")
    ends = [header.start() for header in headers[1:]] + [len(source)]
    for header, end in zip(headers, ends, strict=True):
        text, spans = unmark(source[header.end() : end].strip("\n"), f"{path}: {header['id']}")
        yield Note(header["id"], header["genre"], header["role"], text, spans)


def read_notes(path: Path) -> Iterator[Note]:
    """Yield the notes of a marked text file, or of a JSON lines file with spans. Raises `MarkError`."""
    if path.suffix != ".jsonl":
        yield from read(path)
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans = tuple(Span(s["start"], s["end"], s["label"], s.get("preferred")) for s in row["spans"])
        yield Note(row["id"], row["genre"], row["role"], row["text"], spans)


def main() -> None:
    """Check or convert a file named on the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("path", type=Path)
    arguments.add_argument("--jsonl", action="store_true")
    chosen = arguments.parse_args()
    try:
        notes = list(read(chosen.path))
    except MarkError as error:
        sys.exit(str(error))
    if chosen.jsonl:
        for note in notes:
            print(json.dumps(asdict(note), ensure_ascii=False))
        return
    repeated = [name for name, count in Counter(note.id for note in notes).items() if count > 1]
    if repeated:
        sys.exit(f"{chosen.path}: ids used twice: {', '.join(repeated)}")
    marks = Counter(span.label for note in notes for span in note.spans)
    print(len(notes), "notes", sum(len(note.text.split()) for note in notes), "words", dict(marks))


if __name__ == "__main__":
    main()
