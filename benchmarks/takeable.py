"""Draw findings for a person to judge whether a careful practitioner would take the first suggestion.

python benchmarks/takeable.py               150 findings in notes nobody has read, the same ones every time
python benchmarks/takeable.py --number 40   fewer
python benchmarks/takeable.py --seed 2      others

A suggestion that changes the wording is shown as the sentence after it, a question as `? ` and the question.
The verdicts on the draw of the day they were given are in `takeable.md`; new or changed rules change the draw.
"""

import argparse
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from marked import read_notes

from fsm_language import Linter
from fsm_language.document import Document
from fsm_language.finding import Finding, apply

UNREAD = Path(__file__).parent / "unread"


def findings(paths: list[Path]) -> list[tuple[Document, Finding]]:
    """Return what is found in the notes, without readability, by note id and place."""
    linter = Linter()
    found: list[tuple[str, int, int, str, Document, Finding]] = []
    for path in paths:
        for note in read_notes(path):
            report = linter.check(note.text, note.id)
            found += [
                (note.id, finding.start, finding.end, finding.rule.id, report.document, finding)
                for finding in report.findings
                if finding.category != "readability"
            ]
    return [row[4:] for row in sorted(found, key=lambda row: row[:4])]


def shown(number: int, document: Document, finding: Finding) -> str:
    """Return a finding as a reader judges it: its sentence with the words marked, and what comes of them."""
    first = finding.suggestions[0] if finding.suggestions else None
    edits = first.edits if first else ()
    begin = min([finding.start, *(edit.start for edit in edits)])
    finish = max([finding.end, *(edit.end for edit in edits)])
    sentences = [span for span in document.sentences if span.end > begin and span.start < finish]
    start = min([begin, *(span.start for span in sentences)])
    end = max([finish, *(span.end for span in sentences)])
    text = document.text
    marked = f"{text[start : finding.start]}[{text[finding.start : finding.end]}]{text[finding.end : end]}"
    if first is None:
        after = "(no suggestion)"
    elif first.is_question:
        after = f"? {first.label}"
    else:
        after = apply(text[:end], edits)[start:]
    return f"{number} {finding.rule.id} ({finding.category})\n  {_line(marked)}\n  {_line(after)}"


def _line(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    """Print the draw."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--number", type=int, default=150, metavar="N", help="how many findings to draw")
    arguments.add_argument("--seed", type=int, default=1, help="another seed draws others")
    chosen = arguments.parse_args()
    known = findings(sorted(UNREAD.iterdir()))
    drawn = random.Random(chosen.seed).sample(known, min(chosen.number, len(known)))  # noqa: S311  not for secrets
    for number, (document, finding) in enumerate(drawn, 1):
        print(shown(number, document, finding))


if __name__ == "__main__":
    main()
