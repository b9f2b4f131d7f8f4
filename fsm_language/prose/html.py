"""HTML: tags, comments, scripts and code are not prose; `&amp;` is one character, and a block ends a sentence."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape as _escape
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from typing import NamedTuple

from fsm_language.prose.plain import ADDRESS
from fsm_language.prose.sourcemap import BREAK, HOLE, Piece

BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup option p pre section "
    "select summary table tbody td tfoot th thead title tr ul".split()
)
OPENING = {"li": "- ", "q": "“", **{f"h{level}": "# " for level in range(1, 7)}}
CLOSING = {"q": "”"}
NOT_READ = frozenset("code kbd samp var script style template head svg math noscript iframe object".split())
KEEPS_LINES = frozenset(("pre", "textarea"))
WRAP = re.compile(r"[ \t]*[\r\n]\s*")


def escape(words: str) -> str:
    """Return `words` so that HTML shows them as they are."""
    return _escape(words, quote=False)


class Event(NamedTuple):
    """Where something begins: a tag `open`s or `close`s, a character is `spelt` out, an `aside`, or `data`."""

    start: int
    kind: str
    tag: str = ""


def markup(source: str) -> Iterator[Piece]:
    """Yield what is not prose in `source`, or is spelt out in it (`&rsquo;`)."""
    reader = _Reader(source)
    reader.feed(source)
    reader.close()
    opened: Counter[str] = Counter()
    unread: tuple[str, int] | None = None  # the tag whose content is not read, and where it began
    for event, after in pairwise([*reader.events, Event(len(source), "data")]):
        opened[event.tag] = max(0, opened[event.tag] + (event.kind == "open") - (event.kind == "close"))
        if unread is not None:
            if event.tag == unread[0] and not opened[event.tag]:
                yield Piece(unread[1], after.start, BREAK if event.tag == "head" else HOLE)
                unread = None
        elif event.kind == "open" and event.tag in NOT_READ:
            unread = event.tag, event.start
        else:
            yield from _pieces(source, event, after.start, opened)
    if unread is not None:
        yield Piece(unread[1], len(source), "")


def _pieces(source: str, event: Event, end: int, opened: Mapping[str, int]) -> Iterator[Piece]:
    if event.kind in ("open", "close"):
        mark = (OPENING if event.kind == "open" else CLOSING).get(event.tag, "")
        if event.tag in BLOCKS:
            mark = BREAK + ("> " if opened["blockquote"] else mark)
        yield Piece(event.start, end, mark)
    elif event.kind == "spelt":
        yield Piece(event.start, end, unescape(source[event.start : end]), is_markup=False)
    elif event.kind == "aside":
        yield Piece(event.start, end, "")
    else:
        yield from sorted(_of_data(source, event.start, end, wraps=not any(opened[tag] for tag in KEEPS_LINES)))


def _of_data(source: str, start: int, end: int, *, wraps: bool) -> Iterator[Piece]:
    """Yield the addresses of a stretch of text, and its line breaks if they are only wraps; no address holds one."""
    for address in ADDRESS.finditer(source, start, end):
        yield Piece(*address.span(), HOLE)
    for wrap in WRAP.finditer(source, start, end) if wraps else ():
        yield Piece(*wrap.span(), " ", is_markup=False)


class _Reader(HTMLParser):
    """Notes where each tag, comment, spelling and stretch of text begins; each ends where the next begins."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.events: list[Event] = []
        self._lines = [0, *(found.end() for found in re.finditer("\n", source))]

    def _note(self, kind: str, name: str = "") -> None:
        line, column = self.getpos()
        self.events.append(Event(self._lines[line - 1] + column, kind, name))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # as declared
        self._note("open", tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # as declared
        self._note("close", tag)  # <br/> opens nothing that would have to be closed

    def handle_endtag(self, tag: str) -> None:
        self._note("close", tag)

    def handle_data(self, data: str) -> None:  # noqa: ARG002  # its place says all
        self._note("data")

    def handle_entityref(self, name: str) -> None:  # noqa: ARG002  # likewise
        self._note("spelt")

    def handle_charref(self, name: str) -> None:  # noqa: ARG002  # likewise
        self._note("spelt")

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002  # likewise
        """Take `<![anything>` as browsers do, for a comment; Python's reader fails at words that it does not know."""
        return self.parse_bogus_comment(i)

    def handle_comment(self, data: str) -> None:  # noqa: ARG002  # likewise
        self._note("aside")

    def handle_decl(self, decl: str) -> None:  # noqa: ARG002  # likewise
        self._note("aside")

    def handle_pi(self, data: str) -> None:  # noqa: ARG002  # likewise
        self._note("aside")

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002  # likewise
        self._note("aside")
