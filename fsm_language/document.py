"""A note as text: its lines, blocks, sentences and words, and where each of them stands."""

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Literal, NamedTuple, TypeVar

from fsm_language.kept import Kept
from fsm_language.units import Encoding, Units

Kind = Literal["prose", "heading", "list", "table", "quote"]
Unit = Literal["code-points", "utf-8", "utf-16"]
Value = TypeVar("Value")

BLANK_LINES = re.compile(r"(?>\r\n?|\n)\s*[\r\n]")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
LIST_ITEM = re.compile(r"[ \t]*(?:[-*•·–▪○]|\(?\d{1,3}[.)]|\(?[A-Za-z]\)|[a-z]\.)[ \t]+")  # "J. Khan" is a name
MARKDOWN_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]")
BLOCK_QUOTE = re.compile(r"[ \t]*>")
TABLE_ROW = re.compile(r"[^|\t]*(?:\|[^|]*\||\t[^\t]+\t)")
RUNS_ON = re.compile(r"[.!?:;…|][\"'”’)\]]*\s*\Z")
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)")
# of a text in small letters with straight apostrophes
WORD = re.compile(
    r"[^\W_]+n't\b"  # didn't: one word
    r"|'(?:s|ll|re|ve|d|m)\b"  # mum's, she'll: the ending is a word of its own
    r"|[^\W_]+(?:(?:'(?!(?:s|ll|re|ve|d|m)\b)|[\u0300-\u036f]+)[^\W_]+)*[\u0300-\u036f]*"
)
JOINED = re.compile(
    r"[-‐‑\u00ad]?|[^\S\r\n\v\f\x85\u2028\u2029]+|[^\S\r\n]*(?:\r\n|[\r\n\v\f\x85\u2028\u2029])[^\S\r\n]*"
)
PLAINLY_JOINED = frozenset({"", " ", "-"})
ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr prof rev st sgt dc pc insp cllr eg e.g ie i.e etc vs v approx ca tel ext "
    "dept govt jan feb apr jun jul aug sep sept oct nov tue tues wed thur thurs fri "
    "hrs mins yr yrs wk wks mth mths appt incl esp s ss reg cl sch rd".split()
)
# "Dad said no." ends a sentence, "No. 4" does not
ABBREVIATIONS_BEFORE_NUMBERS = frozenset("no nos ref re para fig vol mar dec mon sat sun min sec art p pp".split())
DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]")
# a note without full stops is worked on in pieces, so that no sentence costs more than it should
SENTENCES_KEPT = 1000  # of a note whose words are kept: it is worked through from beginning to end
LONGEST_SENTENCE = 2400
LONG_GAP = re.compile(r"\s+")
WORDS_PART = re.compile(r"(?<=[^\w\s])(?=\w)")  # where they may be parted if need be
LONG_LINE = 60
HEADING_WORDS = 8


class Span(NamedTuple):
    """A stretch of a note's text in code points, half open."""

    start: int
    end: int


class Spans(tuple[Span, ...]):
    """Stretches of a note in order, none of which overlaps another."""

    __slots__ = ()

    def overlapping(self, start: int, end: int) -> Iterator[Span]:
        """Yield what of the stretches lies between two places, in order."""
        for at in range(max(0, bisect_right(self, (start, sys.maxsize)) - 1), len(self)):
            if self[at].start >= end:
                return
            if self[at].end > start:
                yield Span(max(start, self[at].start), min(end, self[at].end))

    def meet(self, start: int, end: int) -> bool:
        """Whether one of the stretches has something between two places."""
        after = bisect_left(self, (end,))
        return after > 0 and self[after - 1].end > start

    def hold(self, start: int, end: int) -> bool:
        """Whether one of the stretches holds all between two places."""
        at = bisect_right(self, (start, sys.maxsize)) - 1
        return at >= 0 and self[at].end > start and self[at].end >= end


def together(spans: Iterable[Span]) -> Spans:
    """Return stretches that may come in any order and overlap as stretches that do not."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return Spans(joined)


class Block(NamedTuple):
    """A paragraph, a heading, a list item or a table row."""

    start: int
    end: int
    kind: Kind


class Word(NamedTuple):
    """A word of a sentence.

    `key` is how phrases know it: lower case, straight apostrophe, `didnt` for `didn't`. `joined` says that only
    white space, a single line break or a hyphen parts it from the word before.
    """

    start: int
    end: int
    key: str
    joined: bool


class Place(NamedTuple):
    """What people call the stretch of text that begins at the code point `start`: "page 3", "Sheet1!C7"."""

    start: int
    name: str


def lowered(text: str) -> str:
    """Return `text` in lower case with straight apostrophes, every character where it was."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    return lower.replace("’", "'")


def key_of(word: str) -> str:
    """Return the form under which phrases know `word`."""
    key = lowered(word)
    return key[:-3] + "nt" if key.endswith("n't") else key


def words_of(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """Return the words of `text[start:end]`; their offsets count from the start of `text`."""
    words: list[Word] = []
    spelt = lowered(text[start:end])
    last = 0
    for found in WORD.finditer(spelt):
        first, after = found.span()
        between = spelt[last:first]
        joined = between in PLAINLY_JOINED or JOINED.fullmatch(between) is not None
        key = found[0]
        if key.endswith("n't"):
            key = key[:-3] + "nt"
        words.append(Word(start + first, start + after, key, joined and bool(words)))
        last = after
    return tuple(words)


@dataclass(frozen=True)
class Document:
    """A note. `text` is kept exactly as given; every offset is a code point of it.

    `places`, in order, say where stretches of the text lie in the file they came from. `kept` is what is known of
    passages of the text already; see `by_passage`.
    """

    text: str
    name: str = "<note>"
    places: tuple[Place, ...] = ()
    kept: Kept[tuple[object, str], Any] = field(default_factory=Kept, repr=False, compare=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Where each line starts. Lines end at CR LF, CR or LF, as editors count them, and nowhere else."""
        return (0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", self.text)))

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of a code point, both counted from 1, the column in code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def place_name(self, offset: int) -> str | None:
        """Return what people call the place of a code point, None where the file has no names for its parts."""
        index = bisect_right(self.places, offset, key=lambda place: place.start)
        return self.places[index - 1].name if index else None

    def line_text(self, line: int) -> str:
        """Return line `line` (from 1) without its line end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    @cached_property
    def _units(self) -> dict[Encoding, Units]:
        return {}

    def units(self, encoding: Encoding) -> Units:
        """Return what counts the text in code units; worked out once."""
        if encoding not in self._units:
            self._units[encoding] = Units(self.text, encoding)
        return self._units[encoding]

    def utf16(self, offset: int) -> int:
        """Return how many UTF-16 code units come before the code point `offset`."""
        return self.units("utf-16").before(offset)

    def place(self, offset: int, encoding: Encoding) -> tuple[int, int]:
        """Return line and column of a code point as editors count: from 0, the column in code units of `encoding`."""
        line = bisect_right(self.line_starts, offset) - 1
        units = self.units(encoding)
        return line, units.before(offset) - units.before(self.line_starts[line])

    def offset(self, line: int, column: int, encoding: Encoding) -> int:
        """Return the code point at a `place`; past the end of its line or of the note, the last one before it."""
        if line >= len(self.line_starts):
            return len(self.text)
        start = self.line_starts[line]
        units = self.units(encoding)
        return min(units.offset(units.before(start) + column), start + len(self.line_text(line + 1)))

    def count(self, offset: int, unit: Unit) -> int:
        """Return how many of `unit` come before the code point `offset`."""
        return offset if unit == "code-points" else self.units(unit).before(offset)

    @cached_property
    def passages(self) -> tuple[tuple[int, str], ...]:
        """What stands between blank lines, in order: where each passage starts, and its text."""
        ends = (found.span() for found in BLANK_LINES.finditer(self.text))
        bounds = [0, *chain.from_iterable(ends), len(self.text)]
        return tuple((start, self.text[start:end]) for start, end in zip(bounds[::2], bounds[1::2], strict=True))

    def by_passage(self, work: Callable[..., Value], *settled: object) -> Iterator[tuple[int, Value]]:
        """Yield where each passage starts and what `work` makes of its text, which is all that it may look at.

        A note that is checked again knows the answers on passages that have stayed. `settled` goes to `work` as well,
        and must be the same at all checks of the note.
        """
        for start, text in self.passages:
            made = self.kept.get((work, text))
            if made is None:
                made = self.kept[work, text] = work(text, *settled)
            yield start, made

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the note, in order. A line that only wraps belongs to the block of the line before it."""
        passages = self.by_passage(_blocks)
        return tuple(Block(start + first, start + end, kind) for start, found in passages for first, end, kind in found)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of the note, in order; no sentence runs over two blocks."""
        passages = self.by_passage(_sentences)
        return tuple(Span(start + first, start + end) for start, found in passages for first, end in found)

    @cached_property
    def _sentence_starts(self) -> tuple[int, ...]:
        return tuple(sentence.start for sentence in self.sentences)

    @cached_property
    def _block_starts(self) -> tuple[int, ...]:
        return tuple(block.start for block in self.blocks)

    def sentences_within(self, start: int, end: int) -> range:
        """Return the indices in `sentences` of the sentences that begin between two places."""
        first = bisect_left(self._sentence_starts, start)
        return range(first, bisect_left(self._sentence_starts, end, first))

    def sentence_index(self, offset: int) -> int:
        """Return the index in `sentences` of the sentence at `offset`, or of the last one before it, or -1."""
        return bisect_right(self._sentence_starts, offset) - 1

    def block_at(self, offset: int) -> Block:
        """Return the block at `offset`, or the last one before it."""
        return self.blocks[max(0, bisect_right(self._block_starts, offset) - 1)]

    @cached_property
    def _words(self) -> dict[int, tuple[Word, ...]]:
        return {}

    def words(self, sentence: int) -> tuple[Word, ...]:
        """Return the words of the sentence with index `sentence`, kept for a while."""
        known = self._words.get(sentence)
        if known is None:
            if len(self._words) >= SENTENCES_KEPT:
                self._words.clear()
            known = self._words[sentence] = words_of(self.text, *self.sentences[sentence])
        return known

    @cached_property
    def _keys(self) -> dict[int, tuple[str, ...]]:
        return {}

    def keys(self, sentence: int) -> tuple[str, ...]:
        """Return the words of a sentence as phrases know them, kept for a while."""
        known = self._keys.get(sentence)
        if known is None:
            if len(self._keys) >= SENTENCES_KEPT:
                self._keys.clear()
            known = self._keys[sentence] = tuple(word.key for word in self.words(sentence))
        return known


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
    shouted = words and len(words) <= HEADING_WORDS and "".join(words).isupper() and words[-1][-1] not in ".!?"
    return "heading" if words and (shouted or (words[-1].endswith(":") and len(words) <= HEADING_WORDS)) else "prose"


def _wraps(text: str, before: Span, line: Span) -> bool:
    """Whether `line` goes on with the sentence that the line before it began."""
    if RUNS_ON.search(text, max(before.start, before.end - 8), before.end):
        return False
    first = text[line.start : line.end].lstrip()[:1]
    return first.islower() or before.end - before.start >= LONG_LINE


def _blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a passage."""
    return tuple(_parted(text))


def _parted(text: str) -> Iterator[Block]:
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
        continues = kind == "prose" and block is not None and before is not None and block.kind in ("prose", "list")
        if block and before and continues and _wraps(text, before, line):
            block = block._replace(end=line.end)
        else:
            if block:
                yield block
            block = Block(line.start, line.end, kind)
        before = line
    if block:
        yield block


def _sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a passage."""
    return tuple(
        Span(block.start + start, block.start + end)
        for block in _parted(text)
        for start, end in _sentences_of(text[block.start : block.end])
    )


def _sentences_of(text: str) -> Iterator[Span]:
    """Yield the sentences of a block that says `text`."""
    item = LIST_ITEM.match(text)
    start = item.end() if item else 0
    for stop in SENTENCE_END.finditer(text, start):
        if _ends_sentence(text, start, stop):
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
    yield from _trimmed(text, start, len(text))


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    after = text[stop.end() : stop.end() + 40].lstrip()
    if not after:
        return False
    mark = stop[0]
    if mark[0] == "." and not mark.startswith(".."):
        before = re.search(r"[\w.]+\Z", text[max(start, stop.start() - 12) : stop.start()])
        word = before[0].lower() if before else ""
        if word in ABBREVIATIONS or (len(word) == 1 and word.isalpha() and not after[0].islower()):
            return False
        if (word in ABBREVIATIONS_BEFORE_NUMBERS and after[0].isdigit()) or (
            DOTTED.fullmatch(word) and after[0].islower()
        ):
            return False
    said_after = len(mark) > 1 and mark[-1] in "\"'”’" and after[0].islower()
    return not said_after


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST_SENTENCE and (gap := _gap(text, start + LONGEST_SENTENCE // 2, end)):
        yield from _stripped(text, start, gap.end())
        start = gap.end()
    yield from _stripped(text, start, end)


def _gap(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return where a sentence too long may be parted: at white space if some is near, or else between words."""
    near = LONG_GAP.search(text, start, min(end, start + LONGEST_SENTENCE // 2))
    return near or WORDS_PART.search(text, start, end) or LONG_GAP.search(text, start, end)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    inner = piece.strip()
    if inner:
        first = start + len(piece) - len(piece.lstrip())
        yield Span(first, first + len(inner))
