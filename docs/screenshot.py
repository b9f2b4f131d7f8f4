"""Draws what a terminal shows: the real output of the real command, with its colours, as an SVG picture."""
# ruff: noqa: INP001, T201  # a script, and it says what it wrote

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from fsm_language.formats.terminal import COLOURS, columns

DOCS = Path(__file__).parent
FILE = "images/check.svg"
COMMAND = ("check", "--fail-on", "never", "docs/examples/visit.txt")
SHOWN = 5  # findings; dots stand for the others
WIDTH = 92  # columns
CELL, LINE, MARGIN = 8.0, 18, 20  # pixels
COLOUR = re.compile(r"\x1b\[([\d;]*)m")
BLANK = re.compile(r"\n(?:\x1b\[0m)?\n")
NAMES = {code: name for name, code in COLOURS.items()}
STYLE = """\
rect { fill: #1b1f24 }
text { fill: #e6edf3; font: 13px ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  white-space: pre }
.bold { font-weight: bold } .dim { fill: #9aa4af } .red { fill: #ff8f87 } .green { fill: #7ee787 }
.yellow { fill: #f0c14b } .blue { fill: #79c0ff } .cyan { fill: #6fdce4 }"""


class Run(NamedTuple):
    """Words of one look, and the column they begin at."""

    column: int
    text: str
    styles: tuple[str, ...]


def output() -> str:
    """Return what the command prints for a person at a terminal."""
    paths = os.pathsep.join(str(DOCS.parent / folder) for folder in ("", "cli"))
    environment = {**os.environ, "PYTHONPATH": paths, "COLUMNS": str(WIDTH), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "fsm_language_cli", *COMMAND[:1], "--color", "always", *COMMAND[1:]]
    done = subprocess.run(  # noqa: S603  # our own command
        command, cwd=DOCS.parent, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def runs(line: str) -> Iterator[Run]:
    """Yield the words of a line with their looks, as the terminal's colour codes say."""
    column = 0
    styles: tuple[str, ...] = ()
    # a split by a group gives words and codes in turn
    for at, part in enumerate(COLOUR.split(line)):
        if at % 2:
            styles = tuple(NAMES[code] for code in part.split(";") if code in NAMES)
        elif part:
            if part.strip():
                indent = len(part) - len(part.lstrip())
                yield Run(column + indent, part.strip(), styles)
            column += columns(part)


def picture() -> str:
    """Return the picture: the command as it is typed, and what it prints, the first findings of many."""
    name, *findings, summary = BLANK.split(output())
    more = [f"  \x1b[2m⋮ and {len(findings) - SHOWN} more\x1b[0m"] if len(findings) > SHOWN else []
    typed = f"\x1b[1m$ fsm-language {' '.join(COMMAND)}\x1b[0m"
    lines = "\n\n".join([typed, name, *findings[:SHOWN], *more, summary]).splitlines()
    width, height = WIDTH * CELL + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height}" width="{width:g}" role="img">',
            "<title>fsm-language check in a terminal</title>",
            f"<style>\n{STYLE}\n</style>",
            '<rect width="100%" height="100%" rx="8"/>',
            *(_text(run, row) for row, line in enumerate(lines) for run in runs(line)),
            "</svg>\n",
        ]
    )


def _text(run: Run, row: int) -> str:
    x, y = MARGIN + run.column * CELL, MARGIN + row * LINE + 13
    look = f' class="{" ".join(run.styles)}"' if run.styles else ""
    # the length keeps every font on the terminal's grid
    length = f'textLength="{columns(run.text) * CELL:g}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{x:g}" y="{y}" {length}{look}>{escape(run.text, quote=False)}</text>'


if __name__ == "__main__":
    (DOCS / FILE).write_text(picture(), encoding="utf-8", newline="\n")
    print(f"docs/{FILE} written")
