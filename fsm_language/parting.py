"""How a text parts into blocks, and blocks into sentences."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from fsm_language.spans import Span

Kind = Literal["prose", "heading", "list", "table", "quote"]
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
LIST_ITEM = re.compile(r"[ \t]*(?:[-*•·–▪○]|\(?\d{1,3}[.)]|\(?[A-Za-z]\)|[a-z]\.)[ \t]+")  # "J. Khan" is a name
MARKDOWN_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]")
BLOCK_QUOTE = re.compile(r"[ \t]*>")
TABLE_ROW = re.compile(r"[^|\t]*(?:\|[^|]*\||\t[^\t]+\t)")
RUNS_ON = re.compile(r"[.!?:;…|][\"'”’)\]]*\s*\Z")
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)")
ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr prof rev st sgt dc pc insp cllr eg e.g ie i.e vs v approx ca tel ext "
    "incl esp s ss reg cl sch".split()
)
# "Back in 2 wks. She rang." is two sentences, "seen for 50 mins. Tia's first visit" may be one
ABBREVIATIONS_THAT_MAY_END = frozenset(
    "etc dept govt jan feb apr jun jul aug sep sept oct nov tue tues wed thur thurs fri "
    "hrs mins yr yrs wk wks mth mths appt rd".split()
)
BEGINS = re.compile(r"(?:I|He|She|They|We|It|The|This|That|There|Then|His|Her|Their|Our|Mum|Dad|Mother|Father|No)\b")
# "Dad said no." ends a sentence, "No. 4" does not
ABBREVIATIONS_BEFORE_NUMBERS = frozenset("no nos ref re para fig vol mar dec mon sat sun min sec art p pp".split())
DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]")
LAST_WORD = re.compile(r"[\w.]+\Z")
# a note without full stops is worked on in pieces, so that no sentence costs more than it should
LONGEST_SENTENCE = 2400
LONG_GAP = re.compile(r"\s+")
WORDS_PART = re.compile(r"(?<=[^\w\s])(?=\w)")  # where they may be parted if need be
LONG_LINE = 60
HEADING_WORDS = 8


class Block(NamedTuple):
    """A paragraph, a heading, a list item or a table row."""

    start: int
    end: int
    kind: Kind


class Parts(NamedTuple):
    """The blocks of a passage, and its sentences; no sentence runs over two blocks."""

    blocks: tuple[Block, ...]
    sentences: tuple[Span, ...]


def parts(text: str) -> Parts:
    """Part a passage."""
    blocks = tuple(_blocks(text))
    sentences = (
        Span(block.start + start, block.start + end)
        for block in blocks
        for start, end in _sentences_of(text[block.start : block.end])
    )
    return Parts(blocks, tuple(sentences))


def _lines(text: str) -> Iterator[Span]:
    for line in LINE.finditer(text):
        if line.end() > line.start():
            yield Span(line.start(), line.start() + len(line[0].rstrip("\r\n")))


def _kind(text: str, line: Span) -> Kind:
    if LIST_ITEM.match(text, *line):
        return "list"
    if BLOCK_QUOTE.match(text, *line):
        return "quote"
    if MARKDOWN_HEADING.match(text, *line):
        return "heading"
    if TABLE_ROW.match(text, *line):
        return "table"
    words = text[line.start : line.end].strip(" \t*_").split()
    if not 0 < len(words) <= HEADING_WORDS:
        return "prose"
    last = words[-1][-1]
    return "heading" if last == ":" or (last not in ".!?" and "".join(words).isupper()) else "prose"


def _wraps(text: str, before: Span, line: Span) -> bool:
    """Whether `line` goes on with the sentence that the line before it began."""
    if RUNS_ON.search(text, max(before.start, before.end - 8), before.end):
        return False
    first = text[line.start : line.end].lstrip()[:1]
    return first.islower() or before.end - before.start >= LONG_LINE


def _blocks(text: str) -> Iterator[Block]:
    block: Block | None = None
    before: Span | None = None
    for line in _lines(text):
        stripped = text[line.start : line.end].strip()
        if not stripped:
            if block:
                yield block
            block = before = None
            continue
        kind = _kind(text, line)
        if block and before and kind == "prose" and block.kind in ("prose", "list") and _wraps(text, before, line):
            block = block._replace(end=line.end)
        else:
            if block:
                yield block
            block = Block(line.start, line.end, kind)
        before = line
    if block:
        yield block


def _sentences_of(text: str) -> Iterator[Span]:
    """Yield the sentences of a block that says `text`."""
    item = LIST_ITEM.match(text)
    start = item.end() if item else 0
    for stop in SENTENCE_END.finditer(text, start):
        if _ends_sentence(text, start, stop):
            yield from _pieces(text, start, stop.end())
            start = stop.end()
    yield from _pieces(text, start, len(text))


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    after = text[stop.end() : stop.end() + 40].lstrip()
    if not after:
        return False
    mark = stop[0]
    if mark[0] == "." and not mark.startswith(".."):
        before = LAST_WORD.search(text[max(start, stop.start() - 12) : stop.start()])
        word = before[0].lower() if before else ""
        if word in ABBREVIATIONS or (len(word) == 1 and word.isalpha() and not after[0].islower()):
            return False
        if word in ABBREVIATIONS_THAT_MAY_END:
            return BEGINS.match(after) is not None
        if (word in ABBREVIATIONS_BEFORE_NUMBERS and after[0].isdigit()) or (
            DOTTED.fullmatch(word) and after[0].islower()
        ):
            return False
    said_after = len(mark) > 1 and mark[-1] in "\"'”’" and after[0].islower()
    return not said_after


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence, or one that is too long in pieces."""
    while end - start > LONGEST_SENTENCE and (gap := _gap(text, start + LONGEST_SENTENCE // 2, end)):
        yield from _stripped(text, start, gap.end())
        start = gap.end()
    yield from _stripped(text, start, end)


def _gap(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return where a sentence too long may be parted: at white space if some is near, or else between words."""
    near = LONG_GAP.search(text, start, min(end, start + LONGEST_SENTENCE // 2))
    return near or WORDS_PART.search(text, start, end) or LONG_GAP.search(text, start, end)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a stretch of the text without the white space around it, if that leaves anything."""
    piece = text[start:end]
    inner = piece.strip()
    if inner:
        first = start + len(piece) - len(piece.lstrip())
        yield Span(first, first + len(inner))
