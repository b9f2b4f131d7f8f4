"""A note as text: its lines, blocks, sentences and words, and where each of them stands."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Literal, NamedTuple, TypeVar

from fsm_language.kept import Kept
from fsm_language.parting import Block, parts
from fsm_language.spans import Span
from fsm_language.units import Encoding, Units
from fsm_language.words import Word, keys_of, words_of

Unit = Literal["code-points", "utf-8", "utf-16"]
Value = TypeVar("Value")
BLANK_LINES = re.compile(r"(?>\r\n?|\n)\s*[\r\n]")
SENTENCES_KEPT = 1000  # of a note whose words are kept: it is worked through from beginning to end


class Place(NamedTuple):
    """What people call the stretch of text that begins at the code point `start`: "page 3", "Sheet1!C7"."""

    start: int
    name: str


class Passage(NamedTuple):
    """What stands between blank lines: where it starts, its text, and what is known of it by what worked it out."""

    start: int
    text: str
    known: dict[object, Any]


class Sentencewise(dict[int, Value]):
    """What `work` makes of the sentences of a text, by their index, kept for a while: a long note takes no more."""

    def __init__(self, work: Callable[[str, int, int], Value], text: str, sentences: Sequence[Span]) -> None:
        """Begin with nothing worked out."""
        super().__init__()
        self._work = work
        self._text = text
        self._sentences = sentences

    def __missing__(self, sentence: int) -> Value:
        """Return what was not worked out yet, or was let go."""
        if len(self) >= SENTENCES_KEPT:
            self.clear()
        made = self[sentence] = self._work(self._text, *self._sentences[sentence])
        return made


@dataclass(frozen=True)
class Document:
    """A note. `text` is kept exactly as given; every offset is a code point of it.

    `places`, in order, say where stretches of the text lie in the file they came from. `kept` is what is known of
    passages of the text already; see `by_passage`.
    """

    text: str
    name: str = "<note>"
    places: tuple[Place, ...] = ()
    kept: Kept[str, dict[object, Any]] = field(default_factory=Kept, repr=False, compare=False)

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
    def passages(self) -> tuple[Passage, ...]:
        """What stands between blank lines, in order."""
        ends = (found.span() for found in BLANK_LINES.finditer(self.text))
        bounds = [0, *chain.from_iterable(ends), len(self.text)]
        return tuple(map(self._passage, bounds[::2], bounds[1::2]))

    def _passage(self, start: int, end: int) -> Passage:
        text = self.text[start:end]
        known = self.kept.get(text)
        if known is None:
            known = self.kept[text] = {}
        return Passage(start, text, known)

    def by_passage(self, work: Callable[..., Value], *settled: object) -> Iterator[tuple[int, Value]]:
        """Yield where each passage starts and what `work` makes of its text, which is all that it may look at.

        A note that is checked again knows the answers on passages that have stayed. `settled` goes to `work` as well,
        and must be the same at all checks of the note.
        """
        for start, text, known in self.passages:
            made = known.get(work)
            if made is None:
                made = known[work] = work(text, *settled)
            yield start, made

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the note, in order. A line that only wraps belongs to the block of the line before it."""
        passages = self.by_passage(parts)
        return tuple(
            Block(start + at, start + end, kind) for start, found in passages for at, end, kind in found.blocks
        )

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of the note, in order; no sentence runs over two blocks."""
        passages = self.by_passage(parts)
        return tuple(Span(start + at, start + end) for start, part in passages for at, end in part.sentences)

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
    def _words(self) -> Sentencewise[tuple[Word, ...]]:
        return Sentencewise(words_of, self.text, self.sentences)

    def words(self, sentence: int) -> tuple[Word, ...]:
        """Return the words of the sentence with index `sentence`."""
        return self._words[sentence]

    @cached_property
    def _keys(self) -> Sentencewise[tuple[str, ...]]:
        return Sentencewise(keys_of, self.text, self.sentences)

    def keys(self, sentence: int) -> tuple[str, ...]:
        """Return the words of the sentence with index `sentence` as phrases know them."""
        return self._keys[sentence]
