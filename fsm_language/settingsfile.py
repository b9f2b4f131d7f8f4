"""Reading a settings file: what a team wrote becomes a configuration, or an error that names the place and the fix."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from fsm_language import yamltext
from fsm_language.configuration import FAIL_ON, OF_THE_RUN, Configuration, Override
from fsm_language.nearest import nearest
from fsm_language.rule import LEVELS
from fsm_language.settings import AUDIENCES, PROFILES, Settings, SettingsError


def load(file: Path) -> Configuration:
    """Read a settings file. Raises `SettingsError` naming the file, the line, the key and the likely fix."""
    yamltext.reject(file, SettingsError)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"cannot be read: {reason}", file) from None
    return parse(text, file)


def parse(text: str, file: Path) -> Configuration:
    """Do as `load` does with `text`, which is or will be in `file`. Raises `SettingsError`."""
    try:
        tree = yamltext.compose(text)
    except yamltext.YamlTextError as error:
        raise SettingsError(error.message, file, error.line) from None
    if tree is None:
        return Configuration(file=file)
    values = _mapping(tree, file, KEYS)
    shaping = {key: value for key, value in values.items() if key not in OF_THE_RUN}
    own = {key: value for key, value in values.items() if key in OF_THE_RUN}
    return Configuration(Settings(**shaping), file, **own)


@dataclass(frozen=True, slots=True)
class Place:
    """A value of a settings file and where it stands, for errors that help."""

    node: yaml.Node
    file: Path
    key: str

    @property
    def value(self) -> object:
        """The value as YAML reads it."""
        try:
            value: object = yaml.SafeLoader("").construct_document(self.node)
        except (yaml.YAMLError, ValueError):
            raise self.error("cannot be read; put it in quotes") from None
        return value

    def error(self, message: str, node: yaml.Node | None = None) -> SettingsError:
        """Return an error that names file, line and key."""
        return SettingsError(f"{self.key}: {message}", self.file, (node or self.node).start_mark.line + 1)


Read = Callable[[Place], Any]


def _mapping(node: yaml.Node, file: Path, keys: Mapping[str, Read]) -> dict[str, Any]:
    if not isinstance(node, yaml.MappingNode):
        raise SettingsError("settings are written “key: value”, one a line", file, node.start_mark.line + 1)
    values: dict[str, Any] = {}
    for named, value in node.value:
        key, line = str(named.value), named.start_mark.line + 1
        if not isinstance(named, yaml.ScalarNode):
            raise SettingsError("a key is a plain word, not a list or a mapping", file, line)
        if key not in keys:
            raise SettingsError(f"unknown key “{key}”{nearest(key.replace('-', '_'), keys)}", file, line)
        if key in values:
            raise SettingsError(f"“{key}” is given twice; keep one", file, line)
        values[key] = keys[key](Place(value, file, key))
    return values


def _texts(place: Place) -> tuple[str, ...]:
    value = place.value
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise place.error("write a list of texts, such as [one, two]")
    return tuple(value)


def _text(place: Place) -> str:
    value = place.value
    if not isinstance(value, str) or not value:
        raise place.error("write a text")
    return value


def _path(place: Place) -> Path:
    return place.file.parent / _text(place)


def _paths(place: Place) -> tuple[Path, ...]:
    paths = tuple(place.file.parent / path for path in _texts(place))
    for path in paths:
        if not _exists(path):
            raise place.error(f"there is no file or folder {path}")
    return paths


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # no file can have such a name
        return False


def _flag(place: Place) -> bool:
    value = place.value
    if not isinstance(value, bool):
        raise place.error("write true or false")
    return value


def _count(place: Place) -> int:
    value = place.value
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise place.error("write a whole number, 0 or more")
    return value


def _one_of(allowed: Iterable[str]) -> Read:
    def read(place: Place) -> str:
        value = _text(place)
        if value not in allowed:
            raise place.error(f"cannot be “{value}”{nearest(value, allowed)}")
        return value

    return read


def _levels(place: Place) -> dict[str, str]:
    node = place.node
    if not isinstance(node, yaml.MappingNode):
        raise place.error("write a rule or category and its level, such as {jargon: suggestion}")
    read = _one_of(LEVELS)
    return {str(name.value): read(Place(level, place.file, f"levels: {name.value}")) for name, level in node.value}


def _overrides(place: Place) -> tuple[Override, ...]:
    node = place.node
    if not isinstance(node, yaml.SequenceNode):
        raise place.error("write a list, each entry with “paths” and the settings that hold there")
    found = []
    for entry in node.value:
        values = _mapping(entry, place.file, {"paths": _texts, **SHAPING})
        if not values.get("paths"):
            raise place.error("each entry needs “paths”, such as [letters/**]", entry)
        found.append(Override(values.pop("paths"), values))
    return tuple(found)


SHAPING: dict[str, Read] = {
    "packs": _paths,
    "select": _texts,
    "ignore": _texts,
    "levels": _levels,
    "audience": _one_of(AUDIENCES),
    "profile": _one_of(PROFILES),
    "level": _one_of(LEVELS),
    "known_acronyms": _texts,
    "strict_acronyms": _flag,
    "sentence_words": _count,
    "paragraph_words": _count,
    "reading_age": _count,
    "contextual": _flag,
    "tone": _flag,
    "model": _text,
}
OWN: dict[str, Read] = {
    "fail_on": _one_of(FAIL_ON),
    "text_field": _text,
    "id_field": _text,
    "date_field": _text,
    "team_field": _text,
    "audience_field": _text,
    "group_by": _texts,
    "jobs": _count,
    "baseline": _path,
    "ignores": _path,
    "overrides": _overrides,
}
KEYS: dict[str, Read] = {**SHAPING, **OWN}
