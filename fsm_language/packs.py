"""Reading rule packs: the shipped one, and local folders that extend it, override it by id, or switch rules off."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from fsm_language.checks import CHECKS
from fsm_language.glossary import Acronym
from fsm_language.guards import GUARDS
from fsm_language.phrases import Phrase
from fsm_language.rule import CATEGORIES, LEVELS, PRINCIPLES, TAGS, Example, Rule, RuleError, Source
from fsm_language.wording import slots_used

FILE_KEYS = ("topic", "about", "defaults", "words", "sources", "rules", "glossary")
RULE_KEYS = tuple(field.name for field in fields(Rule) if field.name not in ("topic", "file", "line"))
LISTS = (
    "phrases",
    "suggest",
    "ask",
    "exceptions",
    "within",
    "without",
    "unless",
    "only",
    "tags",
    "audiences",
    "sources",
)
TEXTS = ("id", "category", "level", "message", "why", "principle", "check")
REQUIRED = ("category", "level", "message", "why", "principle")
CLOSED: Mapping[str, Sequence[str]] = {
    "category": CATEGORIES,
    "level": LEVELS,
    "principle": PRINCIPLES,
    "tags": TAGS,
    "unless": tuple(GUARDS),
    "only": tuple(GUARDS),
    "check": tuple(CHECKS),
}
RULE_ID = re.compile(r"[a-z]+\.[a-z0-9][a-z0-9-]*")
SOURCE_KEYS = ("title", "publisher", "url")

Row = dict[str, Any]  # a rule as written, before it is known to be right


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that rule files say: rules, word lists, sources and the glossary."""

    rules: tuple[Rule, ...]
    words: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, Source]
    glossary: tuple[Acronym, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a rule file something stands, for errors that help."""

    path: Path
    text: str
    rule: str = ""

    def line(self, key: str = "") -> int:
        """Return the line (from 1) of the rule, or of `key` within it."""
        start = 0
        if self.rule and (
            found := re.search(rf"^\s*-?\s*id:\s*[\"']?{re.escape(self.rule)}\b", self.text, re.MULTILINE)
        ):
            start = found.start()
        if key and (found := re.compile(rf"^\s*-?\s*{re.escape(key)}\s*:", re.MULTILINE).search(self.text, start)):
            start = found.end()
        return self.text.count("\n", 0, start + 1 if self.text[start : start + 1] == "\n" else start) + 1

    def error(self, message: str, key: str = "") -> RuleError:
        """Return an error that names file, line and rule."""
        rule = f"rule {self.rule}: " if self.rule else ""
        return RuleError(f"{self.path}:{self.line(key)}: {rule}{message}")


def shipped() -> Path:
    """Return the folder of the rules that come with the library."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


def rule_files(paths: Iterable[Path]) -> list[Path]:
    """Return the YAML files of packs, folders read in order of name. Raises `RuleError` when one is missing."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(file for file in path.iterdir() if file.suffix in (".yaml", ".yml") and file.name[0] != ".")
        elif path.is_file():
            files.append(path)
        else:
            raise RuleError(f"{path}: no such rule file or folder")
    return files


def load(paths: Sequence[Path] = ()) -> Pack:
    """Read the shipped rules and then each of `paths`, a later rule with the same id changing an earlier one.

    Raises `RuleError`, which names file, line, rule and the likely fix.
    """
    rows: dict[str, tuple[Row, Place]] = {}
    words: dict[str, tuple[str, ...]] = {}
    sources: dict[str, Source] = {}
    glossary: dict[str, Acronym] = {}
    for pack in ([shipped()], *([path] for path in paths)):
        here: dict[str, Path] = {}
        for file in rule_files(pack):
            place, content = _read(file)
            words.update(_words(content.get("words") or {}, place))
            sources.update(_sources(content.get("sources") or {}, place))
            for acronym in _glossary(content.get("glossary") or [], place):
                glossary[acronym.acronym] = acronym
            for row, where in _rows(content, place):
                if row["id"] in here:
                    raise where.error(f"clashes with the rule of the same id in {here[row['id']]}", "id")
                here[row["id"]] = file
                earlier = rows.get(row["id"])
                rows[row["id"]] = ({**earlier[0], **row}, where) if earlier else (row, where)
    rules = tuple(_rule(row, place, words, sources) for row, place in rows.values())
    return Pack(rules, words, sources, tuple(glossary.values()))


def nearest(wrong: str, right: Iterable[str]) -> str:
    """Return `; did you mean ...?` for the nearest right word, or the right words when they are few."""
    known = list(right)
    close = difflib.get_close_matches(wrong, known, 1)
    if close:
        return f"; did you mean “{close[0]}”?"
    return f"; it may be {', '.join(known)}" if len(known) <= 12 else ""


def _read(file: Path) -> tuple[Place, Row]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{file}: cannot be read: {error}") from error
    place = Place(file, text)
    try:
        content = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else str(file)
        raise RuleError(f"{where}: not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise RuleError(f"{file}: not YAML: {error}") from error
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


def _words(content: object, place: Place) -> dict[str, tuple[str, ...]]:
    if not isinstance(content, dict):
        raise place.error("“words” maps names to lists of words", "words")
    return {str(name): _strings(entries, str(name), place) for name, entries in content.items()}


def _sources(content: object, place: Place) -> dict[str, Source]:
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


def _glossary(content: object, place: Place) -> Iterable[Acronym]:
    known = [field.name for field in fields(Acronym)]
    if not isinstance(content, list):
        raise place.error("“glossary” is a list of acronyms", "glossary")
    for row in content:
        if not isinstance(row, dict) or not isinstance(row.get("acronym"), str):
            raise place.error("each entry of “glossary” needs an “acronym”, in quotes", "glossary")
        where = Place(place.path, place.text[place.text.find(row["acronym"]) :], "")
        for key in row:
            if key not in known:
                raise where.error(f"acronym {row['acronym']}: unknown key “{key}”{nearest(str(key), known)}")
        if not row.get("expansions") or not row.get("plain"):
            raise where.error(f"acronym {row['acronym']} needs “expansions” and “plain”")
        lists = {key: tuple(map(str, row[key])) for key in ("expansions", "variants") if key in row}
        yield Acronym(**{**row, **lists})


def _rows(content: Row, place: Place) -> Iterable[tuple[Row, Place]]:
    defaults = content.get("defaults") or {}
    rules = content.get("rules") or []
    if not isinstance(defaults, dict) or not isinstance(rules, list):
        raise place.error("“defaults” is a mapping and “rules” is a list", "rules")
    for key in defaults:
        if key not in RULE_KEYS:
            raise place.error(f"defaults: unknown key “{key}”{nearest(str(key), RULE_KEYS)}", str(key))
    for row in rules:
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            raise place.error("each rule needs an “id”", "rules")
        where = Place(place.path, place.text, row["id"])
        for key in row:
            if key not in RULE_KEYS:
                raise where.error(f"unknown key “{key}”{nearest(str(key), RULE_KEYS)}", str(key))
        yield {**defaults, "topic": content.get("topic", place.path.stem), **row}, where


def _rule(row: Row, place: Place, words: Mapping[str, Sequence[str]], sources: Mapping[str, Source]) -> Rule:
    values: Row = {key: _strings(row[key], key, place) for key in LISTS if row.get(key) is not None}
    for key in TEXTS:
        if row.get(key) is not None:
            if not isinstance(row[key], str):
                raise place.error(f"“{key}” is a text", key)
            values[key] = " ".join(row[key].split())
    if not RULE_ID.fullmatch(values["id"]):
        raise place.error("an id is a category, a full stop and a name in small letters: blaming.failed-to", "id")
    for key in REQUIRED:
        if not values.get(key):
            raise place.error(f"needs “{key}”", key)
    for key, allowed in CLOSED.items():
        for value in (
            (values.get(key) or ()) if isinstance(values.get(key), tuple) else [values[key]] if key in values else []
        ):
            if value not in allowed:
                raise place.error(f"unknown {key} “{value}”{nearest(value, allowed)}", key)
    if not values.get("sources"):
        raise place.error("needs at least one source", "sources")
    for key in values["sources"]:
        if key not in sources:
            raise place.error(f"unknown source “{key}”{nearest(key, sources)}", "sources")
    values["sources"] = tuple(sources[key] for key in values["sources"])
    if bool(values.get("phrases")) == bool(values.get("check")):
        raise place.error("needs either “phrases” or a “check”")
    values["examples"] = tuple(_example(example, place) for example in row.get("examples") or ())
    if not isinstance(row.get("options", {}), dict) or not isinstance(row.get("enabled", True), bool):
        raise place.error("“options” is a mapping and “enabled” is true or false")
    rule = Rule(
        **values,
        options=row.get("options", {}),
        enabled=row.get("enabled", True),
        topic=str(row["topic"]),
        file=place.path.name,
        line=place.line(),
    )
    _prove_phrases(rule, place, words)
    return rule


def _prove_phrases(rule: Rule, place: Place, words: Mapping[str, Sequence[str]]) -> None:
    """Raise `RuleError` when a phrase cannot be read or a suggestion asks for what no phrase of the rule has."""
    for key in ("phrases", "exceptions", "within", "without"):
        for source in getattr(rule, key):
            try:
                phrase = Phrase(source, words)
            except RuleError as error:
                raise place.error(str(error), key) from error
            if key != "phrases":
                continue
            for template in rule.suggest:
                slot, bend = slots_used(template)
                if slot > phrase.slots or bend > phrase.braces:
                    raise place.error(
                        f"suggestion “{template}” asks for a part that phrase “{source}” does not have", "suggest"
                    )


def _example(row: object, place: Place) -> Example:
    if isinstance(row, str):
        return Example(row)
    if not isinstance(row, dict) or not isinstance(row.get("note"), str) or not set(row) <= {"note", "becomes", "fine"}:
        raise place.error("an example has a “note”, and “becomes” or “fine”", "examples")
    return Example(row["note"], row.get("becomes"), row.get("fine"))
