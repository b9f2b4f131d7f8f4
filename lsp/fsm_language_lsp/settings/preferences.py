"""What an editor's own settings may say: defaults, and reading what was given, a wrong one told and left out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fsm_language.nearest import nearest
from fsm_language.rule import LEVELS
from fsm_language.settings import SettingsError

SECTION = "fsm-language"
SETTLED = "is settled by whoever runs the service"
MODES = ("auto", "push", "pull")
SEVERITIES = ("error", "warning", "information", "hint")
LONGEST = 1_000_000
REMOTE_KEYS = ("audience", "profile")  # of `settings`, what an editor on another machine may choose
LOCAL = frozenset(("configuration", "diagnostics.workspace", "longest"))  # what it may not


@dataclass(frozen=True, slots=True)
class Preferences:
    """The settings of an editor.

    mode            who sends diagnostics: "push" (the server), "pull" (the editor asks), "auto": as the editor can
    workspace       whether notes that are not open are checked too, where diagnostics are pulled
    delay           seconds to wait after a change, in case another follows
    severity        how strongly an editor shows each level
    configuration   a settings file, instead of the one found upward from the note
    settings        settings of `.fsm-language.yaml` by key, laid over the file's
    inlay_hints     whether the long form stands behind each acronym
    code_lens       whether a summary stands above the note
    rule_pages      the address of the pages of rules; without it a finding leads to who recommends it
    longest         characters; longer notes are not checked
    """

    mode: str = "auto"
    workspace: bool = False
    delay: float = 0.2
    severity: Mapping[str, str] = field(
        default_factory=lambda: {"error": "error", "warning": "warning", "suggestion": "information"}
    )
    configuration: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    inlay_hints: bool = False
    code_lens: bool = False
    rule_pages: str = ""
    longest: int = LONGEST


class Wrong(ValueError):  # noqa: N818  # it is the person's
    """A value that cannot be used; the message says what to write instead."""


def read(preferences: Preferences, given: object, *, local: bool = True) -> tuple[Preferences, list[str]]:
    """Return `preferences` with what was `given` laid over, and a sentence on each thing that could not be used.

    `given` is what the protocol calls the section's value: objects within objects, or keys with full stops.
    """
    complaints: list[str] = []
    values: dict[str, Any] = {}
    for name, value in _flat(given):
        if name in LOCAL and not local:
            complaints.append(f"“{SECTION}.{name}” {SETTLED}")
            continue
        if name not in KEYS:
            complaints.append(f"there is no setting “{SECTION}.{name}”{nearest(name, KEYS)}")
            continue
        key, reader = KEYS[name]
        try:
            values[key] = reader(value)
        except Wrong as wrong:
            complaints.append(f"“{SECTION}.{name}” {wrong}")
    if "settings" in values:
        values["settings"], wrong_ones = _settings(values["settings"], local=local)
        complaints += wrong_ones
    if "severity" in values:
        values["severity"] = {**preferences.severity, **values["severity"]}
    return replace(preferences, **values), complaints


def _flat(given: object, before: str = "") -> Iterator[tuple[str, object]]:
    """Yield settings by their full names; what is null was not given."""
    if not isinstance(given, Mapping):
        return
    for key, value in given.items():
        name = f"{before}{key}"
        if name == SECTION or (isinstance(value, Mapping) and any(known.startswith(f"{name}.") for known in KEYS)):
            yield from _flat(value, "" if name == SECTION else f"{name}.")
        elif value is not None:
            yield name, value


def _settings(given: Mapping[str, object], *, local: bool) -> tuple[dict[str, Any], list[str]]:
    """Return settings that are those of a settings file, each read by itself, and what is wrong with the others."""
    import yaml

    from fsm_language.settingsfile import SHAPING, parse

    values: dict[str, Any] = {}
    complaints = []
    for key, value in given.items():
        if value is None:
            continue
        if not local and key not in REMOTE_KEYS:
            complaints.append(f"“{SECTION}.settings.{key}” {SETTLED}")
            continue
        try:
            read_value = parse(yaml.safe_dump({key: value}, allow_unicode=True), Path.cwd() / "settings").settings
            values[key] = getattr(read_value, key) if key in SHAPING else None
        except (SettingsError, yaml.YAMLError) as error:
            problem = str(getattr(error, "message", "write a plain value")).removeprefix(f"{key}: ")
            complaints.append(f"“{SECTION}.settings.{key}”: {problem}")
    return {key: value for key, value in values.items() if value is not None}, complaints


def _one_of(allowed: tuple[str, ...]) -> Callable[[object], str]:
    def reader(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise Wrong(f"cannot be “{value}”{nearest(str(value), allowed)}")
        return value

    return reader


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Wrong("is true or false")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Wrong("is a text")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
        raise Wrong("is a number, 0 or more")
    return int(value)


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise Wrong("is a group of settings, by key")
    return {str(key): entry for key, entry in value.items()}


def _severities(value: object) -> Mapping[str, str]:
    reader = _one_of(SEVERITIES)
    given = _mapping(value)
    for level in given:
        if level not in LEVELS:
            raise Wrong(f"has no level “{level}”{nearest(level, LEVELS)}")
    return {level: reader(severity) for level, severity in given.items() if severity is not None}


KEYS: Mapping[str, tuple[str, Callable[[object], Any]]] = {
    "diagnostics.mode": ("mode", _one_of(MODES)),
    "diagnostics.workspace": ("workspace", _flag),
    "diagnostics.delay": ("delay", lambda value: _number(value) / 1000),
    "diagnostics.severity": ("severity", _severities),
    "configuration": ("configuration", _text),
    "settings": ("settings", _mapping),
    "inlayHints": ("inlay_hints", _flag),
    "codeLens": ("code_lens", _flag),
    "rulePages": ("rule_pages", _text),
    "longest": ("longest", _number),
}
