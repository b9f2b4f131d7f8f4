"""Markdown: front matter, code, HTML tags, link targets and addresses are not prose. Blocks as CommonMark has them."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from fsm_language.document import Document
from fsm_language.prose import html
from fsm_language.prose.plain import ADDRESS
from fsm_language.prose.sourcemap import HOLE, Piece

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

FRONT_MATTER = re.compile(
    r"\A---[ \t]*\r?\n(?:(?:[\w-]+:.*|[ \t].*|-[ \t].*|#.*|)\r?\n){1,200}?(?:---|\.\.\.)[ \t]*(?=\r|\n|\Z)"
)
INLINE = re.compile(
    r"(?P<code>(?<![\w`])(?P<ticks>`{1,9})(?!`)(?:[^\r\n]|\r?\n(?!\s*\n)){1,1000}?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<tag><!--[\s\S]{0,2000}?-->|</?[A-Za-z][^<>]{0,1000}>)"
    r"|(?P<target>(?<=\])\((?:[^()\s]|\([^()\s]{0,500}\)){0,2000}(?:\s{1,9}(?:\"[^\"]{0,500}\"|'[^']{0,500}'))?\s{0,9}\)"
    r"|(?<=\])\[[^\]\r\n]{0,500}\])"
    rf"|(?P<address>{ADDRESS.pattern})",
    re.IGNORECASE,
)


@cache
def _blocks() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable("inline")


def markup(source: str) -> Iterator[Piece]:
    """Yield what is not prose in `source`."""
    front = FRONT_MATTER.match(source)
    body = front.end() if front else 0
    whole = [Piece(0, body, "")] if front else []
    pieces = [*whole, *_of_blocks(source, body), *_inline(source, body)]
    done = 0
    for piece in sorted(pieces, key=lambda piece: (piece.start, -piece.end)):
        if piece.start >= done:
            yield piece
            done = piece.end


def _of_blocks(source: str, body: int) -> Iterator[Piece]:
    text = source[body:]
    starts = (*Document(text).line_starts, len(text))
    references: dict[str, dict[str, dict[str, Sequence[int]]]] = {}
    for token in _blocks().parse(text, references):
        if token.map is None or token.type not in ("fence", "code_block", "html_block"):
            continue
        start, end = _lines(text, starts, token.map)
        if token.type == "html_block":
            yield from (
                piece._replace(start=body + start + piece.start, end=body + start + piece.end)
                for piece in html.markup(text[start:end])
            )
        else:
            yield Piece(body + start, body + end, "")
    for reference in references.get("references", {}).values():
        start, end = _lines(text, starts, reference["map"])
        yield Piece(body + start, body + end, "")


def _lines(text: str, starts: Sequence[int], lines: Sequence[int]) -> tuple[int, int]:
    """Return where the lines `lines[0]` to before `lines[1]` stand, without the last one's end."""
    start, end = starts[lines[0]], starts[min(lines[1], len(starts) - 1)]
    return start, start + len(text[start:end].rstrip("\r\n"))


def _inline(source: str, body: int) -> Iterator[Piece]:
    for found in INLINE.finditer(source, body):
        yield Piece(*found.span(), HOLE if found["code"] or found["address"] else "")
