"""The VS Code extension offers the server's settings, all of them, with the same values and defaults."""

import json
from pathlib import Path

import pytest
from fsm_language_lsp.features.commands import COMMANDS
from fsm_language_lsp.settings.preferences import KEYS, MODES, SEVERITIES, Preferences

from fsm_language.rule import LEVELS
from fsm_language.settings import AUDIENCES, PROFILES, Settings
from fsm_language.settingsfile import SHAPING

ROOT = Path(__file__).parents[2]
MANIFEST = json.loads((ROOT / "editors" / "vscode" / "package.json").read_text(encoding="utf-8"))
SETTINGS = {
    name.removeprefix("fsm-language."): setting
    for name, setting in MANIFEST["contributes"]["configuration"]["properties"].items()
}
OWN = {"enable", "server.path", "documents"}


def test_every_setting_of_the_server_is_offered_and_no_other():
    groups = {f"settings.{key}" for key in SHAPING}
    assert set(SETTINGS) - OWN == set(KEYS) - {"settings"} | groups


def test_what_is_not_chosen_is_left_to_the_settings_file():
    left = [name for name in SETTINGS if name.startswith("settings.")]
    assert {name for name in left if SETTINGS[name]["default"] is not None} == set()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("settings.audience", AUDIENCES),
        ("settings.profile", PROFILES),
        ("settings.level", LEVELS),
        ("diagnostics.mode", MODES),
    ],
)
def test_a_choice_has_the_values_that_the_server_knows(name, values):
    assert {value for value in SETTINGS[name]["enum"] if value is not None} == set(values)


def test_severities_are_those_that_the_server_knows():
    levels = SETTINGS["diagnostics.severity"]["properties"]
    assert set(levels) == set(LEVELS)
    assert {value for level in levels.values() for value in level["enum"]} == set(SEVERITIES)


def test_defaults_are_those_of_the_server():
    usual = Preferences()
    told = {name: SETTINGS[name]["default"] for name in set(SETTINGS) - OWN if not name.startswith("settings.")}
    assert told == {
        "configuration": usual.configuration or None,
        "diagnostics.delay": usual.delay * 1000,
        "diagnostics.mode": usual.mode,
        "diagnostics.severity": usual.severity,
        "diagnostics.workspace": usual.workspace,
        "inlayHints": usual.inlay_hints,
        "codeLens": usual.code_lens,
        "rulePages": usual.rule_pages or None,
        "longest": usual.longest,
    }


@pytest.mark.parametrize("key", ["sentence_words", "paragraph_words"])
def test_numbers_told_in_words_are_right(key):
    assert f"own choice is {getattr(Settings(), key)}." in SETTINGS[f"settings.{key}"]["markdownDescription"]


def test_the_extension_has_no_command_of_the_servers():
    assert {command["command"] for command in MANIFEST["contributes"]["commands"]} & set(COMMANDS) == set()


def test_the_extension_has_the_version_of_the_program():
    from fsm_language import __version__

    assert MANIFEST["version"] == __version__
