"""Packs and settings are data: whatever is in them, nothing of it runs, and what is wrong is said in a sentence."""

from __future__ import annotations

import datetime as dt
import os
from itertools import product
from pathlib import Path

import pytest
import yaml

from fsm_language import Linter, RuleError, Settings, SettingsError
from fsm_language.draft import trial
from fsm_language.glossary import Acronym
from fsm_language.packs import rule_files
from fsm_language.rulefile import FILE_KEYS, RULE_KEYS, read
from fsm_language.settingsfile import KEYS
from fsm_language.settingsfile import load as load_settings

GOOD = yaml.safe_load((Path(__file__).parent / "packs/invented.yaml").read_text(encoding="utf-8"))
GLOSSED = {"acronym": "QXZ", "expansions": ["Quite Xtra Zeal"], "plain": "A made-up thing."}
NOTE = "Mum failed to attend the QXZ meeting. Dad kicked off."
WRONG = {
    "nothing": None,
    "a flag": True,
    "a number": 3,
    "not a number": float("nan"),
    "a day": dt.date(2026, 2, 3),
    "an empty text": "",
    "a text": "zz <9> {",
    "an empty list": [],
    "lists in lists": [["a"], [1]],
    "a mapping": {"a": {"b": 1}},
    "a mapping without names": {1: 2, None: [3]},
}
SOMEWHERE = [
    *(("the file", key) for key in FILE_KEYS),
    *(("a rule", key) for key in RULE_KEYS),
    *(("the defaults", key) for key in RULE_KEYS),
    *(("an acronym", key) for key in Acronym.__dataclass_fields__),
    *(("an example", key) for key in ("note", "becomes", "fine")),
    *(("a source", key) for key in ("title", "publisher", "url")),
]


def pack_with(where, key, value):
    """A good pack in which one thing is wrong."""
    pack = {**GOOD, "rules": [dict(GOOD["rules"][0])], "defaults": dict(GOOD["defaults"]), "glossary": [dict(GLOSSED)]}
    pack["sources"] = {"invented": dict(GOOD["sources"]["invented"])}
    pack["rules"][0]["examples"] = [{"note": "Mum failed to come."}]
    places = {
        "the file": pack,
        "a rule": pack["rules"][0],
        "the defaults": pack["defaults"],
        "an acronym": pack["glossary"][0],
        "an example": pack["rules"][0]["examples"][0],
        "a source": pack["sources"]["invented"],
    }
    places[where][key] = value
    return pack


@pytest.mark.parametrize(("where", "key"), SOMEWHERE, ids=str)
def test_a_value_of_any_kind_at_any_key_is_used_or_refused(where, key, pack):
    file, wrong = Path("hostile.yaml"), []
    for value in WRONG.values():
        try:
            found = trial(yaml.safe_dump(pack_with(where, key, value)), file, pack)
            linter = Linter(Settings(contextual=False, tone=False), found)
        except RuleError as error:
            wrong.append(error)
            continue
        report = linter.check(NOTE)
        assert all(finding.message and isinstance(finding.rule.topic, str) for finding in report.findings)
    assert all(error.file == file for error in wrong)


@pytest.mark.parametrize("key", KEYS)
def test_a_setting_of_any_kind_is_used_or_refused(key, tmp_path):
    wrong = []
    file = tmp_path / ".fsm-language.yaml"
    for value, inside in product(WRONG.values(), (False, True)):
        content = {"overrides": [{"paths": ["a/**"], key: value}]} if inside else {key: value}
        file.write_text(yaml.safe_dump(content), encoding="utf-8")
        try:
            load_settings(file).for_path("a/one.txt")
        except SettingsError as error:
            wrong.append(error)
    assert all(error.file == file and error.line for error in wrong)


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
# what is in the file, and what is said of it where it holds rules and where it holds settings
HOSTILE = {
    "code": (
        "topic: !!python/object/apply:os.system ['touch RAN']",
        "could not determine a constructor",
        "unknown key “topic”",
    ),
    "a tag of its own": ("topic: !run x", "could not determine a constructor", "unknown key “topic”"),
    "aliases of aliases": (LAUGHS, "write the words out", "write the words out"),
    "an alias of itself": ("topic: &a [*a]", "write the words out", "write the words out"),
    "brackets without end": ("[" * 200_000, "deep|depth|within", "deep|depth|within"),
    "lists without end": ("- " * 200_000, "within each other", "within each other"),
    "a day that is none": ("topic: 2026-13-45", "in quotes", "unknown key “topic”"),
    "a number without end": ("topic: " + "9" * 5000, "in quotes", "unknown key “topic”"),
    "a key that is a list": ("? [a]\n: b", "unhashable key", "a key is a plain word"),
    "half a character": ('topic: "\\ud800"', "invalid Unicode", "invalid Unicode"),
    "a NUL": ("topic: a\0b", "not YAML", "not YAML"),
}


@pytest.mark.parametrize(("content", "of_rules", "of_settings"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence_and_nothing_of_it_runs(
    content, of_rules, of_settings, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    for name, reading, kind, says in (
        ("a.yaml", read, RuleError, of_rules),
        (".fsm-language.yaml", load_settings, SettingsError, of_settings),
    ):
        file = tmp_path / name
        file.write_text(content, encoding="utf-8")
        with pytest.raises(kind, match=says) as refused:
            reading(file)
        assert refused.value.file == file
        assert "Traceback" not in str(refused.value)
    assert not (tmp_path / "RAN").exists()


def too_long(file):
    file.write_bytes(b"#" * (11 << 20))


def not_utf8(file):
    file.write_bytes(b"topic: caf\xe9\n")


def a_pipe(file):
    os.mkfifo(file)


def endless(file):
    file.symlink_to("/dev/zero")


def leads_out(file):
    outside = file.parents[1] / "secret.yaml"
    outside.write_text("secret: yes", encoding="utf-8")
    file.symlink_to(outside)


FILES = {
    "too long": (too_long, "too long"),
    "not UTF-8": (not_utf8, "not UTF-8"),
    "a pipe": (a_pipe, "no file"),
    "a device": (endless, "out of the pack"),
    "a link that leads out": (leads_out, "out of the pack"),
}


@pytest.mark.parametrize(("make", "says"), FILES.values(), ids=FILES)
def test_a_file_of_a_pack_that_is_no_text_of_its_own_is_not_read(make, says, tmp_path):
    folder = tmp_path / "pack"
    folder.mkdir()
    make(folder / "a.yaml")
    with pytest.raises(RuleError, match=says) as refused:
        list(map(read, rule_files([folder])))
    assert "secret:" not in str(refused.value)


def test_a_link_within_a_pack_is_followed(tmp_path):
    folder = tmp_path / "pack"
    (folder / "..data").mkdir(parents=True)
    (folder / "..data/a.yaml").write_text("topic: ours", encoding="utf-8")
    (folder / "a.yaml").symlink_to("..data/a.yaml")
    (file,) = rule_files([folder])
    assert read(file)[1] == {"topic": "ours"}


@pytest.mark.parametrize(
    "make", [too_long, not_utf8, a_pipe, endless], ids=["too long", "not UTF-8", "a pipe", "a device"]
)
def test_a_settings_file_that_is_no_text_is_not_read(make, tmp_path):
    file = tmp_path / ".fsm-language.yaml"
    make(file)
    with pytest.raises(SettingsError, match=r"cannot be read|too long"):
        load_settings(file)
