"""The settings file: finds `.fsm-language.yaml` upward, reads it with errors that help, and fits it to a path."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any

import yaml

from fsm_language.rule import LEVELS
from fsm_language.rulefile import nearest
from fsm_language.settings import AUDIENCES, PROFILES, Settings, SettingsError

FILE_NAMES = (".fsm-language.yaml", ".fsm-language.yml")
FAIL_ON = (*LEVELS, "never")


@dataclass(frozen=True, slots=True)
class Override:
    """Settings that hold for some paths only."""

    paths: tuple[str, ...]
    settings: Mapping[str, Any]

    def concerns(self, path: str) -> bool:
        """Whether `path`, with slashes and counted from the settings file's folder, fits one of the patterns."""
        return any(_pattern(glob).fullmatch(path) for glob in self.paths)


@dataclass(frozen=True, slots=True)
class Configuration:
    """All that a settings file and flags say.

    `settings` shape what is found; the rest says how notes are read and what comes of findings. `flags` were given
    by hand for this run and win over everything in `file`.
    """

    settings: Settings = field(default_factory=Settings)
    file: Path | None = None
    fail_on: str = "warning"
    text_field: str = "text"
    id_field: str = "id"
    jobs: int = 0
    baseline: Path | None = None
    ignores: Path | None = None
    overrides: tuple[Override, ...] = ()
    flags: Mapping[str, Any] = field(default_factory=dict)

    def with_flags(self, **given: object) -> "Configuration":
        """Return this configuration with flags laid over it; a flag that is None was not given.

        `packs` and `ignore` add to what the file says, every other flag takes its place.
        """
        flags = {key: value for key, value in given.items() if value is not None}
        own: dict[str, Any] = {key: value for key, value in flags.items() if key in OWN}
        return replace(self, flags={**self.flags, **{k: v for k, v in flags.items() if k not in OWN}}, **own)

    def for_path(self, name: str) -> Settings:
        """Return the settings for the note or file `name`: the file's, its overrides' in order, then the flags."""
        settings = self.settings
        for override in self.overrides:
            if override.concerns(self.relative(name)):
                settings = replace(settings, **override.settings)
        added = {key: (*getattr(settings, key), *self.flags[key]) for key in ("packs", "ignore") if key in self.flags}
        return replace(settings, **{**self.flags, **added})

    def relative(self, name: str) -> str:
        """Return a path as overrides see it: with slashes, from the folder of the settings file."""
        path = Path(name)
        if self.file is not None:
            folder = self.file.parent.resolve()
            resolved = path.resolve()
            path = resolved.relative_to(folder) if resolved.is_relative_to(folder) else path
        return path.as_posix()


def _pattern(glob: str) -> re.Pattern[str]:
    """Return what a pattern stands for: `*` within a name, `**` across folders; no slash means in any folder."""
    glob = PurePath(glob).as_posix() + ("/**" if glob.endswith("/") else "")
    parts = re.split(r"(\*\*/?|\*|\?)", glob if "/" in glob else f"**/{glob}")
    signs = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(signs.get(part, re.escape(part)) for part in parts), re.DOTALL)


def find(start: Path) -> Path | None:
    """Return the settings file in `start` or the nearest folder above it, None if there is none."""
    for folder in (start.resolve(), *start.resolve().parents):
        for name in FILE_NAMES:
            if (folder / name).is_file():
                return folder / name
    return None


def load(file: Path) -> Configuration:
    """Read a settings file. Raises `SettingsError` naming the file, the line, the key and the likely fix."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"{file}: cannot be read: {reason}") from None
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise SettingsError(f"{file}{line}: not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise SettingsError(f"{file}: not YAML: {error}") from None
    if tree is None:
        return Configuration(file=file)
    values = _mapping(tree, file, KEYS)
    shaping = {key: value for key, value in values.items() if key not in OWN}
    own = {key: value for key, value in values.items() if key in OWN}
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
        value: object = yaml.SafeLoader("").construct_document(self.node)
        return value

    def error(self, message: str, node: yaml.Node | None = None) -> SettingsError:
        """Return an error that names file, line and key."""
        return SettingsError(f"{self.file}:{(node or self.node).start_mark.line + 1}: {self.key}: {message}")


Read = Callable[[Place], Any]


def _mapping(node: yaml.Node, file: Path, keys: Mapping[str, Read]) -> dict[str, Any]:
    if not isinstance(node, yaml.MappingNode):
        raise SettingsError(f"{file}:{node.start_mark.line + 1}: settings are written “key: value”, one a line")
    values: dict[str, Any] = {}
    for named, value in node.value:
        key, line = str(named.value), named.start_mark.line + 1
        if key not in keys:
            raise SettingsError(f"{file}:{line}: unknown key “{key}”{nearest(key.replace('-', '_'), keys)}")
        if key in values:
            raise SettingsError(f"{file}:{line}: “{key}” is given twice; keep one")
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
        if not path.exists():
            raise place.error(f"there is no file or folder {path}")
    return paths


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
    "jobs": _count,
    "baseline": _path,
    "ignores": _path,
    "overrides": _overrides,
}
KEYS: dict[str, Read] = {**SHAPING, **OWN}
