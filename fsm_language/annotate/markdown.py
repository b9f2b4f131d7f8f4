"""Footnotes in a Markdown file: a mark behind each finding, and what it says at the end; not a word is changed."""

from fsm_language.annotate.comment import comment
from fsm_language.annotate.text import decoded, encoded
from fsm_language.finding import Report

LABEL = "fsm"


def annotate(content: bytes, report: Report) -> bytes:
    """Return the Markdown file `content` with a footnote for each finding of `report`."""
    text, encoding = decoded(content)
    newline = "\r\n" if "\r\n" in text else "\n"
    label = _unused(text)
    pieces: list[str] = []
    done = 0
    notes: list[str] = []
    numbered = enumerate(report.findings, 1)
    for number, finding in sorted(numbered, key=lambda entry: (entry[1].end, entry[0])):
        pieces += text[done : finding.end], f"[^{label}-{number}]"
        done = finding.end
    for number, finding in enumerate(report.findings, 1):
        lines = comment(finding).split("\n")
        notes.append(f"[^{label}-{number}]: " + f"\\{newline}    ".join(_plain(line) for line in lines) + newline)
    whole = "".join([*pieces, text[done:]])
    if notes:
        whole += f"{'' if whole.endswith(newline) else newline}{newline}{newline.join(notes)}"
    return encoded(whole, encoding)


def _unused(text: str) -> str:
    """Return a label for footnotes that the text has none of."""
    label = LABEL
    while f"[^{label}-" in text:
        label += "x"
    return label


SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>"})


def _plain(line: str) -> str:
    """Return a line in which nothing is markup."""
    return line.translate(SIGNS)
