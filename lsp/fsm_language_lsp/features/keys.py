"""Completion in rule files and settings files: keys, and the words that a key may hold."""

import re
from collections.abc import Iterator, Mapping, Sequence

from lsprotocol import types as lsp

from fsm_language import Document
from fsm_language.configuration import FAIL_ON
from fsm_language.glossary import Acronym
from fsm_language.guards import GUARDS
from fsm_language.packs import Pack
from fsm_language.rule import LEVELS
from fsm_language.rule_schema import MEANINGS
from fsm_language.rulefile import CLOSED, FILE_KEYS, RULE_KEYS
from fsm_language.settings import AUDIENCES, PROFILES
from fsm_language.settingsfile import KEYS as SETTINGS_KEYS
from fsm_language_lsp.notes.rulefiles import is_settings

KEY = re.compile(r"^(?P<indent>[ \t]*(?:-[ \t]+)?)(?P<typed>[\w-]*)\Z")
VALUE = re.compile(r"^[ \t{-]*(?:.*[{,][ \t]*)?(?P<key>[\w-]+):[ \t]*(?:\[(?:[^\]]*,)?[ \t]*)?(?P<typed>[\w.-]*)\Z")
ENTRY = re.compile(r"^[ \t]*-[ \t]+(?P<typed>[\w.-]*)\Z")
OWNER = re.compile(r"^[ \t]*(?:-[ \t]+)?(?P<key>[\w-]+):[ \t]*\Z")
EXAMPLES = ("note", "becomes", "fine")
FLAGS = ("true", "false")


def completions(document: Document, pack: Pack, at: int) -> Iterator[lsp.CompletionItem]:
    """Yield what may stand at a code point of a file, given the rules and sources there are."""
    line, column = document.position(at)
    before = document.line_text(line)[: column - 1]
    above = [document.line_text(number) for number in range(line - 1, 0, -1)]
    settings = is_settings(document)
    if (
        (entry := ENTRY.match(before))
        and (owner := _owner(above, before))
        and owner in _values(pack, settings=settings)
    ):
        yield from _words(_values(pack, settings=settings)[owner], entry["typed"])
    elif key := KEY.match(before):
        yield from _keys(_known(settings=settings, top=not key["indent"]), key["typed"])
    elif value := VALUE.match(before):
        yield from _words(_values(pack, settings=settings).get(value["key"], ()), value["typed"])


def _owner(above: Sequence[str], line: str) -> str | None:
    """Return the key whose list a line with a dash belongs to."""
    indent = len(line) - len(line.lstrip())
    for text in above:
        if (found := OWNER.match(text)) and len(text) - len(text.lstrip()) <= indent:
            return found["key"]
        if text.strip() and not ENTRY.match(text):
            return None
    return None


def _known(*, settings: bool, top: bool) -> Mapping[str, str]:
    if settings:
        return dict.fromkeys(SETTINGS_KEYS, "")
    if top:
        return dict.fromkeys(FILE_KEYS, "")
    acronym = dict.fromkeys(Acronym.__slots__, "")
    return {**acronym, **dict.fromkeys(EXAMPLES, ""), **{key: MEANINGS.get(key, "") for key in RULE_KEYS}}


def _values(pack: Pack, *, settings: bool) -> Mapping[str, Sequence[str]]:
    if not settings:
        return {**CLOSED, "sources": tuple(pack.sources), "fine": tuple(GUARDS), "enabled": FLAGS}
    rules = tuple(sorted({name for rule in pack.rules for name in (rule.id, rule.category)}))
    return {
        **dict.fromkeys(("select", "ignore"), rules),
        **dict.fromkeys(("contextual", "tone", "strict_acronyms"), FLAGS),
        "audience": AUDIENCES,
        "profile": PROFILES,
        "level": LEVELS,
        "fail_on": FAIL_ON,
        "known_acronyms": tuple(acronym.acronym for acronym in pack.glossary),
    }


def _keys(known: Mapping[str, str], typed: str) -> Iterator[lsp.CompletionItem]:
    for key, meaning in known.items():
        if key.startswith(typed):
            yield lsp.CompletionItem(
                label=key,
                kind=lsp.CompletionItemKind.Property,
                documentation=meaning or None,
                insert_text=f"{key}: ",
            )


def _words(words: Sequence[str], typed: str) -> Iterator[lsp.CompletionItem]:
    for word in words:
        if word.startswith(typed):
            meaning = GUARDS[word].meaning if word in GUARDS else None
            yield lsp.CompletionItem(label=word, kind=lsp.CompletionItemKind.Value, documentation=meaning)
