"""Reading one rule file: what a practice lead wrote becomes rules, lists and sources, or an error that helps."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from fsm_language import checks, yamltext
from fsm_language.glossary import Acronym
from fsm_language.guards import GUARDS
from fsm_language.nearest import nearest
from fsm_language.rule import CATEGORIES, LEVELS, LISTS, PRINCIPLES, TAGS, Example, Rule, RuleError, Source

FILE_KEYS = ("topic", "about", "defaults", "words", "sources", "rules", "glossary")
RULE_KEYS = tuple(field.name for field in fields(Rule) if field.name not in ("topic", "file", "line"))
TEXTS = ("id", "category", "level", "message", "why", "principle", "check")
REQUIRED = ("category", "level", "message", "why", "principle", "sources")
CLOSED: Mapping[str, Sequence[str]] = {
    "category": CATEGORIES,
    "level": LEVELS,
    "principle": PRINCIPLES,
    "tags": TAGS,
    "unless": tuple(GUARDS),
    "only": tuple(GUARDS),
    "check": checks.NAMES,
}
RULE_ID = re.compile(r"[a-z]+\.[a-z0-9][a-z0-9-]*")
ID = re.compile(r"^[ \t{-]*id:[ \t]*[\"']?([^\"'\n,}#]*)", re.MULTILINE)
SOURCE_KEYS = ("title", "publisher", "url")

Row = dict[str, Any]  # a rule as written, before it is known to be right


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a rule file something stands, for errors that help."""

    path: Path
    text: str
    rule: str = ""
    start: int = 0
    end: int | None = None

    def line(self, key: str = "") -> int:
        """Return the line (from 1) of the rule, or of `key` within it."""
        start, end = self.start, len(self.text) if self.end is None else self.end
        if key and (
            found := re.compile(rf"^[ \t{{-]*{re.escape(key)}[ \t]*:", re.MULTILINE).search(self.text, start, end)
        ):
            start = found.end()
        return self.text.count("\n", 0, start) + 1

    def error(self, message: str, key: str = "") -> RuleError:
        """Return an error that names file, line and rule."""
        rule = f"rule {self.rule}: " if self.rule else ""
        return RuleError(f"{rule}{message}", self.path, self.line(key))


def read(file: Path) -> tuple[Place, Row]:
    """Return the content of a rule file, its keys known to be right, and where it stands. Raises `RuleError`."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise RuleError(f"cannot be read: {reason}", file) from error
    return parse(text, file)


def parse(text: str, file: Path) -> tuple[Place, Row]:
    """Do as `read` does with `text`, which is or will be in `file`. Raises `RuleError`."""
    place = Place(file, text)
    try:
        content = yamltext.load(text)
    except yamltext.YamlTextError as error:
        raise RuleError(error.message, file, error.line, error.column) from error
    if content is None:
        return place, {}
    if not isinstance(content, dict):
        raise place.error(f"a rule file is a mapping with the keys {', '.join(FILE_KEYS)}")
    for key in content:
        if key not in FILE_KEYS:
            raise place.error(f"unknown key “{key}”{nearest(str(key), FILE_KEYS)}", str(key))
    return place, content


def _strings(value: object, key: str, place: Place) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise place.error(f"“{key}” is a list of texts (put words such as no, yes and dates in quotes)", key)
    return tuple(value)


def read_words(content: object, place: Place) -> dict[str, tuple[str, ...]]:
    """Return the word lists of a file. Raises `RuleError`."""
    if not isinstance(content, dict):
        raise place.error("“words” maps names to lists of words", "words")
    return {str(name): _strings(entries, str(name), place) for name, entries in content.items()}


def read_sources(content: object, place: Place) -> dict[str, Source]:
    """Return the sources of a file by key. Raises `RuleError`."""
    if not isinstance(content, dict):
        raise place.error("“sources” maps keys to title, publisher and url", "sources")
    found = {}
    for key, row in content.items():
        if (
            not isinstance(row, dict)
            or set(row) != set(SOURCE_KEYS)
            or not all(isinstance(v, str) for v in row.values())
        ):
            raise place.error(f"source “{key}” needs {', '.join(SOURCE_KEYS)}, and nothing else", str(key))
        found[str(key)] = Source(str(key), row["title"], row["publisher"], row["url"])
    return found


def read_glossary(content: object, place: Place) -> Iterable[Acronym]:
    """Yield the acronyms of a file. Raises `RuleError`."""
    known = [field.name for field in fields(Acronym)]
    if not isinstance(content, list):
        raise place.error("“glossary” is a list of acronyms", "glossary")
    for row in content:
        if not isinstance(row, dict) or not isinstance(row.get("acronym"), str):
            raise place.error("each entry of “glossary” needs an “acronym”, in quotes", "glossary")
        for key in row:
            if key not in known:
                wrong = f"acronym {row['acronym']}: unknown key “{key}”{nearest(str(key), known)}"
                raise _of_acronym(row["acronym"], place).error(wrong)
        if not row.get("expansions") or not row.get("plain"):
            raise _of_acronym(row["acronym"], place).error(f"acronym {row['acronym']} needs “expansions” and “plain”")
        yield Acronym(**_of_kind(row, _of_acronym(row["acronym"], place)))


def _of_kind(row: Row, place: Place) -> Row:
    """Return the keys of an acronym that hold what they should."""
    for key, value in row.items():
        flag = key in ("ambiguous", "common")
        if key not in ("expansions", "variants") and not isinstance(value, bool if flag else str):
            raise place.error(f"“{key}” is {'true or false' if flag else 'a text'}", key)
    lists: Row = {key: _strings(row[key], key, place) for key in ("expansions", "variants") if key in row}
    return {**row, **lists}


def _of_acronym(acronym: str, place: Place) -> Place:
    found = re.search(rf"acronym:[ \t]*[\"']?{re.escape(acronym)}(?!\w)", place.text)
    return replace(place, start=found.start() if found else 0)


def _of_rules(place: Place) -> dict[str, Place]:
    """Return the place of each rule of a file, by id."""
    ids = list(ID.finditer(place.text))
    ends = [*(found.start() for found in ids[1:]), len(place.text)]  # one too many when there are no rules
    rules = ((found[1].strip(), found.end(), end) for found, end in zip(ids, ends, strict=False))
    return {rule: replace(place, rule=rule, start=start, end=end) for rule, start, end in rules}


def _entry(acronym: str, place: Place) -> Place:
    """Return where the glossary's entry for `acronym` stands."""
    found = re.search(rf"acronym:[ \t]*[\"']?{re.escape(acronym)}(?!\w)", place.text)
    return Place(place.path, place.text, start=found.start() if found else 0)


def read_rows(content: Row, place: Place) -> Iterable[tuple[Row, Row, Place]]:
    """Yield each rule of a file as written, its file's defaults, and its place. Raises `RuleError`."""
    defaults = content.get("defaults") or {}
    rules = content.get("rules") or []
    if not isinstance(defaults, dict) or not isinstance(rules, list):
        raise place.error("“defaults” is a mapping and “rules” is a list", "rules")
    for key in defaults:
        if key not in RULE_KEYS:
            raise place.error(f"defaults: unknown key “{key}”{nearest(str(key), RULE_KEYS)}", str(key))
    topic = content.get("topic", place.path.stem)
    if not isinstance(topic, str):
        raise place.error("“topic” is a text", "topic")
    places = _of_rules(place)
    for row in rules:
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            raise place.error("each rule needs an “id”", "rules")
        where = places.get(row["id"]) or replace(place, rule=row["id"])
        yield row, {**defaults, "topic": topic}, where


def prove_keys(row: Row, place: Place) -> None:
    """Raise `RuleError` when a rule as written has a key that rules do not have."""
    for key in row:
        if key not in RULE_KEYS:
            raise place.error(f"unknown key “{key}”{nearest(str(key), RULE_KEYS)}", str(key))


def read_rule(row: Row, place: Place, sources: Mapping[str, Source]) -> Rule:
    """Return the rule that `row` describes. Raises `RuleError`."""
    values = _values(row, place)
    if not RULE_ID.fullmatch(values.get("id", "")):
        raise place.error("an id is a category, a full stop and a name in small letters: blaming.failed-to", "id")
    for key in REQUIRED:
        if not values.get(key):
            raise place.error(f"needs “{key}”", key)
    for key, allowed in CLOSED.items():
        given = values.get(key) or ()
        for value in (given,) if isinstance(given, str) else given:
            if value not in allowed:
                raise place.error(f"unknown {key} “{value}”{nearest(value, allowed)}", key)
    for key in values["sources"]:
        if key not in sources:
            raise place.error(f"unknown source “{key}”{nearest(key, sources)}", "sources")
    if bool(values.get("phrases")) == bool(values.get("check")):
        raise place.error("needs either “phrases” or a “check”")
    return Rule(
        **{**values, "sources": tuple(sources[key] for key in values["sources"])},
        examples=tuple(_example(example, place) for example in _list(row.get("examples"), "examples", place)),
        topic=row["topic"],
        file=place.path.name,
        line=place.line(),
    )


def _values(row: Row, place: Place) -> Row:
    """Return the keys of `row` that hold what they should."""
    values: Row = {key: _strings(row[key], key, place) for key in LISTS if row.get(key) is not None}
    for key in TEXTS:
        if row.get(key) is not None:
            if not isinstance(row[key], str):
                raise place.error(f"“{key}” is a text", key)
            if text := " ".join(row[key].split()):
                values[key] = text
    kinds: Mapping[str, tuple[type, str]] = {"options": (dict, "a mapping"), "enabled": (bool, "true or false")}
    for key, (kind, meaning) in kinds.items():
        if key in row:
            if not isinstance(row[key], kind):
                raise place.error(f"“{key}” is {meaning}", key)
            values[key] = row[key]
    return values


def _list(value: object, key: str, place: Place) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise place.error(f"“{key}” is a list", key)
    return value


def _example(row: object, place: Place) -> Example:
    if isinstance(row, str):
        return Example(row)
    if (
        not isinstance(row, dict)
        or not set(row) <= {"note", "becomes", "fine"}
        or not isinstance(row.get("note"), str)
        or not all(value is None or isinstance(value, str) for value in row.values())
    ):
        raise place.error("an example has a “note”, and “becomes” or “fine”", "examples")
    return Example(row["note"], row.get("becomes"), row.get("fine"))
