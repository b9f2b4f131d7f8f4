"""What a LanguageTool client asks: a note, marked up or not, and which findings it wants."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from fsm_language import Rule
from fsm_language.prose import Piece, Prose
from fsm_language_lsp.http.languagetool.categories import CATEGORY_IDS, of_whole_text
from fsm_language_lsp.http.problem import Problem
from fsm_language_lsp.http.request import whole

Parameters = Mapping[str, str]
MOST_PARAMETERS = 200
YES = ("true", "yes", "1")
# LibreOffice 7 writes a form without encoding it: a space or a letter beyond ASCII gives that away
BARE = re.compile(
    r"text=(?P<text>(?=[\s\S]*[^!-~])[\s\S]*)&language=(?P<language>[\w-]*)(?:&username=(?P<username>.*)&apiKey=.*)?"
)
MODES = ("all", "textLevelOnly", "allButTextLevelOnly")


@dataclass(frozen=True, slots=True)
class Asked:
    """A note, and which of its findings are wanted.

    `source` is the text as the client counts it, markup and all; `markup` what of it is not read as it stands.
    `mode` is one of `MODES`; `known` are acronyms explained in paragraphs before this one.
    """

    source: str
    markup: tuple[Piece, ...] = ()
    mode: str = "all"
    picky: bool = False
    enabled: frozenset[str] = frozenset()
    disabled: frozenset[str] = frozenset()
    enabled_only: bool = False
    known: frozenset[str] = frozenset()

    @property
    def prose(self) -> Prose:
        """What is read of the source."""
        return Prose(self.source, self.markup)

    def wants(self, rule: Rule) -> bool:
        """Whether findings of `rule` are wanted."""
        if self.mode != "all" and of_whole_text(rule) is not (self.mode == "textLevelOnly"):
            return False
        names = {rule.id, rule.category, CATEGORY_IDS[rule.category]}
        return bool(names & self.enabled) if self.enabled_only else not names & self.disabled


def parameters(query: str, body: bytes) -> dict[str, str]:
    """Return what a request gives, in its address and in a body of a form or of JSON. Raises `Problem`."""
    content = body.decode("utf-8", "replace")
    try:
        given = _form(query)
        if content.lstrip().startswith("{"):
            given |= {key: _as_text(value) for key, value in json.loads(content).items()}
        elif bare := BARE.fullmatch(content):
            given |= bare.groupdict(default="")
        else:
            given |= _form(content)
    except (ValueError, RecursionError):
        raise Problem(400, "The request can be read neither as a form nor as JSON.") from None
    return given


def _form(content: str) -> dict[str, str]:
    return dict(parse_qsl(content, keep_blank_values=True, max_num_fields=MOST_PARAMETERS))


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def asked(given: Parameters) -> Asked:
    """Return what is asked. Raises `Problem`."""
    if ("text" in given) is ("data" in given):
        raise Problem(400, "Missing 'text' or 'data' parameter" if "text" not in given else "Set only 'text' or 'data'")
    only = given.get("enabledOnly", "").lower() in YES
    enabled = _names(given, "enabledRules") | _names(given, "enabledCategories")
    disabled = _names(given, "disabledRules") | _names(given, "disabledCategories")
    if only and (disabled or not enabled):
        raise Problem(400, "'enabledOnly' needs enabled rules or categories, and no disabled ones")
    source, markup = _data(given["data"]) if "data" in given else (given["text"], ())
    mode = given.get("mode", "all")
    return Asked(
        whole(source),
        tuple(piece._replace(text=whole(piece.text)) for piece in markup),
        mode=mode if mode in MODES else "all",
        picky=given.get("level", "").lower() == "picky",
        enabled=enabled,
        disabled=disabled,
        enabled_only=only,
    )


def _names(given: Parameters, key: str) -> frozenset[str]:
    return frozenset(name.strip() for name in given.get(key, "").split(",") if name.strip())


def _data(given: str) -> tuple[str, tuple[Piece, ...]]:
    """Return the source of a note that came as `{"text": ...}` or `{"annotation": [...]}`, and its markup."""
    try:
        data = json.loads(given)
        if isinstance(data.get("text"), str):
            return data["text"], ()
        parts = list(_parts(data["annotation"]))
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise Problem(400, "'data' must be JSON with a 'text', or with an 'annotation' of texts and markup") from None
    return "".join(source for source, _ in parts), tuple(_pieces(parts))


def _parts(annotation: list[dict[str, Any]]) -> Iterator[tuple[str, str | None]]:
    """Yield each part of the source, and for markup what it is read as. Raises `LookupError` or `TypeError`."""
    for part in annotation:
        source, read_as = (part["text"], None) if "text" in part else (part["markup"], part.get("interpretAs") or "")
        if not isinstance(source, str) or not isinstance(read_as, str | None):
            raise TypeError
        yield source, read_as


def _pieces(parts: list[tuple[str, str | None]]) -> Iterator[Piece]:
    at = 0
    for source, read_as in parts:
        if read_as is not None:
            yield Piece(at, at + len(source), read_as)
        at += len(source)
