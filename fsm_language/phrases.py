"""The phrase language: what a practice lead writes, read into words, braces, alternatives, options and gaps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Literal

from fsm_language.inflect import NOUN_FORMS, VERB_FORMS, noun_forms, verb_forms
from fsm_language.rule import RuleError
from fsm_language.words import words_of

MAX_GAP = 8
WORDS_KEPT = 16_384  # the same words stand in many phrases
LISTS_KEPT = 512
DEEPEST = 40  # brackets within brackets
MOST_LISTS = 4  # within each other: a chain of lists that each hold the next one twice doubles with every list
ROW = re.compile(
    r"\s*(?:(?P<brace>\{(?P<lemma>[^{}/]+)(?:/(?P<forms>[a-z,]+))?\})|(?P<gap><(?P<most>\d+)>)|(?P<list>@[\w-]+)"
    r"|(?P<star>\*)|(?P<mark>\^)|(?P<plain>\([a-z]+(?:\|[a-z]+)*\)|\[[a-z]+(?:\|[a-z]+)*\])|(?P<open>[(\[])"
    r"|(?P<close>[)\]])|(?P<bar>\|)|(?P<word>[^\s()\[\]|^*<>{}@]+))"
)

Form = tuple[str, str]  # a lemma and one of its forms


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a phrase as it was written."""

    kind: Literal["word", "brace", "star", "gap", "any_of", "maybe", "mark"]
    keys: Mapping[str, tuple[Form, ...]] = field(default_factory=dict)
    branches: tuple[tuple[Item, ...], ...] = ()
    most: int = 0


def parse(phrase: str, words: Mapping[str, Sequence[str]]) -> tuple[Item, ...]:
    """Read a phrase; `words` holds the lists that `@name` stands for. Raises `RuleError` with the place."""
    rows: list[re.Match[str]] = []
    at, end = 0, len(phrase.rstrip())
    while at < end:
        row = ROW.match(phrase, at)
        if row is None:
            raise RuleError(f"cannot read phrase “{phrase}” at “{phrase[at:].strip()[:12]}”")
        rows.append(row)
        at = row.end()
    opened = phrase.count("(") + phrase.count("[")
    if opened > DEEPEST and (deepest := _depth(phrase)) > DEEPEST:
        raise RuleError(f"a phrase has {deepest} brackets within brackets: {DEEPEST} are the most")
    items, rest = _sequence(phrase, rows, 0, words, frozenset())
    if rest != len(rows):
        raise RuleError(f"phrase “{phrase}” has a closing bracket too many")
    marks = sum(item.kind == "mark" for item in items)
    if marks not in (0, 2) or marks != phrase.count("^"):
        raise RuleError(f"phrase “{phrase}” needs two carets or none, outside brackets")
    return items


def _depth(phrase: str) -> int:
    """Return how many brackets stand within each other."""
    return max(accumulate((char in "([") - (char in ")]") for char in phrase))


def _sequence(
    phrase: str, rows: Sequence[re.Match[str]], at: int, words: Mapping[str, Sequence[str]], within: frozenset[str]
) -> tuple[tuple[Item, ...], int]:
    items: list[Item] = []
    while at < len(rows):
        row = rows[at]
        if row.lastgroup in ("bar", "close"):
            break
        at += 1
        match row.lastgroup:
            case "open":
                branches, at = _branches(phrase, rows, at, words, within, "]" if row["open"] == "[" else ")")
                items.append(Item("maybe" if row["open"] == "[" else "any_of", branches=branches))
            case "plain":  # most brackets hold a word or alternatives of one word each
                keys = dict.fromkeys(row["plain"][1:-1].split("|"), ())
                items.append(Item("maybe" if row["plain"][0] == "[" else "any_of", branches=((Item("word", keys),),)))
            case "list":
                items.append(_word_list(phrase, row["list"][1:], words, within))
            case "brace":
                items.append(_brace(phrase, row))
            case "gap":
                if int(row["most"]) > MAX_GAP:
                    raise RuleError(f"phrase “{phrase}” has a gap of more than {MAX_GAP} words")
                items.append(Item("gap", most=int(row["most"])))
            case "star":
                items.append(Item("star"))
            case "mark":
                items.append(Item("mark"))
            case _:
                plain = _words(row["word"])
                if not plain:
                    raise RuleError(f"phrase “{phrase}”: “{row['word']}” holds no word")
                items += plain
    return tuple(items), at


@lru_cache(maxsize=WORDS_KEPT)
def _words(written: str) -> tuple[Item, ...]:
    if written.isascii() and written.isalpha():
        return (Item("word", keys={written.lower(): ()}),)
    return tuple(Item("word", keys={word.key: ()}) for word in words_of(written))


def _branches(
    phrase: str,
    rows: Sequence[re.Match[str]],
    at: int,
    words: Mapping[str, Sequence[str]],
    within: frozenset[str],
    closing: str,
) -> tuple[tuple[tuple[Item, ...], ...], int]:
    branches: list[tuple[Item, ...]] = []
    while True:
        branch, at = _sequence(phrase, rows, at, words, within)
        branches.append(branch)
        if at >= len(rows):
            raise RuleError(f"phrase “{phrase}” has no “{closing}” for an opening bracket")
        at += 1
        if rows[at - 1]["close"]:
            if rows[at - 1]["close"] != closing:
                raise RuleError(f"phrase “{phrase}” closes a bracket with the wrong one")
            return tuple(branches), at


def _word_list(phrase: str, name: str, words: Mapping[str, Sequence[str]], within: frozenset[str]) -> Item:
    if name not in words:
        raise RuleError(f"phrase “{phrase}” uses an unknown list @{name}")
    if name in within:
        raise RuleError(f"the word list @{name} holds itself")
    if len(within) == MOST_LISTS:
        raise RuleError(f"@{name} is a word list in more than {MOST_LISTS} others within each other")
    entries = tuple(words[name])
    if any("@" in entry for entry in entries):
        return _any_of(_entry(entry, words, within | {name}) for entry in entries)
    return _plain_list(entries)


@lru_cache(maxsize=LISTS_KEPT)
def _plain_list(entries: tuple[str, ...]) -> Item:
    """Return what a list stands for that names no other; many phrases name the same."""
    return _any_of(_entry(entry, {}, frozenset()) for entry in entries)


def _any_of(entries: Iterable[tuple[Item, ...]]) -> Item:
    single: dict[str, tuple[Form, ...]] = {}
    branches: list[tuple[Item, ...]] = []
    for items in entries:
        if len(items) == 1 and items[0].kind == "word":
            single.update(items[0].keys)
        elif len(items) == 1 and items[0].kind == "any_of":
            branches += items[0].branches
        else:
            branches.append(items)
    if single:
        branches.append((Item("word", keys=single),))
    return Item("any_of", branches=tuple(sorted(branches, key=len, reverse=True)))


def _entry(entry: str, words: Mapping[str, Sequence[str]], within: frozenset[str]) -> tuple[Item, ...]:
    if entry.isalpha():
        return _words(entry)
    if "^" in entry:
        raise RuleError(f"list entry “{entry}” has a caret, which is for phrases only")
    rows = list(ROW.finditer(entry))
    items, rest = _sequence(entry, rows, 0, words, within)
    if rest != len(rows):
        raise RuleError(f"cannot read list entry “{entry}”")
    return items


def _brace(phrase: str, row: re.Match[str]) -> Item:
    wanted = set((row["forms"] or "").split(",")) - {""}
    keys: dict[str, list[Form]] = defaultdict(list)
    for lemma in row["lemma"].split("|"):
        noun = bool(wanted & {"n", *NOUN_FORMS})
        table: Mapping[str, tuple[str, ...]] = noun_forms(lemma) if noun else verb_forms(lemma)  # type: ignore[assignment]
        # reason: both tables map literal form names to spellings
        known = NOUN_FORMS if noun else VERB_FORMS
        unknown = wanted - {*known, "n", "v"}
        if unknown:
            raise RuleError(f"phrase “{phrase}”: no form “{', '.join(sorted(unknown))}”; forms are {', '.join(known)}")
        for form, spellings in table.items():
            if not wanted & set(known) or form in wanted:
                for spelling in spellings:
                    if len(parts := words_of(spelling)) != 1:
                        raise RuleError(f"phrase “{phrase}”: braces hold one word, not “{lemma}”")
                    keys[parts[0].key].append((lemma, form))
    return Item("brace", keys={key: tuple(forms) for key, forms in keys.items()})


def braces(items: Sequence[Item]) -> int:
    """Return how many words in braces every match of `items` has at the least."""
    count = 0
    for item in items:
        if item.kind == "brace":
            count += 1
        elif item.kind == "any_of":
            count += min(braces(branch) for branch in item.branches)
    return count
