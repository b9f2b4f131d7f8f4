"""Local packs: how they extend, override and switch off, and how their mistakes are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fsm_language import Linter, Pack, RuleError, Settings, cache, load

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = """
sources:
  page: {title: A page, publisher: A council, url: "https://example.org/page"}
"""
RULE = """
rules:
  - id: jargon.biscuit-time
    category: jargon
    level: warning
    principle: purposeful
    message: Say what happened.
    why: Nobody else says so.
    sources: [page]
    phrases: ["biscuit time"]
    suggest: ["a rest"]
"""
SHARED = SOURCES.rstrip("\n") + RULE


def write(folder: Path, content: str, name: str = "local.yaml") -> Path:
    file = folder / name
    file.write_text(content.lstrip("\n"), encoding="utf-8")
    return file


def rule_of(pack: Pack, rule_id: str):
    return next(rule for rule in pack.rules if rule.id == rule_id)


def problem(*paths: Path) -> str:
    with pytest.raises(RuleError) as error:
        load(paths)
    return str(error.value)


# extending, overriding, switching off


def test_a_local_rule_joins_the_shipped_ones(tmp_path, pack):
    local = load([write(tmp_path, SHARED)])
    assert {rule.id for rule in local.rules} == {rule.id for rule in pack.rules} | {"jargon.biscuit-time"}
    rule = rule_of(local, "jargon.biscuit-time")
    assert (rule.file, rule.topic, rule.line) == ("local.yaml", "local", 4)
    assert rule.sources[0].publisher == "A council"


def test_a_folder_is_read_in_order_of_name_and_nothing_but_yaml(tmp_path):
    write(tmp_path, SOURCES, "1.yaml")
    write(tmp_path, RULE, "2.yml")
    write(tmp_path, "not: [yaml", "notes.txt")
    write(tmp_path, "not: [yaml", ".hidden.yaml")
    assert rule_of(load([tmp_path]), "jargon.biscuit-time").file == "2.yml"


def test_a_later_pack_changes_only_what_it_says(tmp_path):
    first = write(tmp_path, SHARED, "first.yaml")
    second = write(
        tmp_path,
        """
topic: Our own
defaults: {why: Our own reason., level: error}
rules:
  - {id: jargon.biscuit-time, message: Our own words.}
""",
        "second.yaml",
    )
    before, after = (rule_of(load(paths), "jargon.biscuit-time") for paths in ([first], [first, second]))
    assert after.message == "Our own words."
    assert (after.why, after.level, after.topic) == (before.why, before.level, before.topic)
    assert (after.phrases, after.suggest, after.sources) == (before.phrases, before.suggest, before.sources)


def test_a_later_pack_switches_a_rule_off(tmp_path):
    first = write(tmp_path, SHARED, "first.yaml")
    second = write(tmp_path, "rules: [{id: jargon.biscuit-time, enabled: false}]", "second.yaml")
    note = "We had biscuit time."
    assert "jargon.biscuit-time" in [f.rule.id for f in Linter(Settings(packs=(first,))).check(note).findings]
    assert "jargon.biscuit-time" not in [r.id for r in Linter(Settings(packs=(first, second))).rules]


def test_a_shipped_rule_can_be_overridden(tmp_path, pack):
    shipped = pack.rules[0]
    local = load([write(tmp_path, f"rules: [{{id: {shipped.id}, message: Our own words.}}]")])
    assert rule_of(local, shipped.id).message == "Our own words."
    assert rule_of(local, shipped.id).phrases == shipped.phrases


def test_a_local_list_of_words_takes_the_place_of_the_shipped_one(tmp_path):
    assert load([write(tmp_path, "words: {child: [tot]}")]).words["child"] == ("tot",)


def test_defaults_hold_for_every_rule_of_their_file(tmp_path):
    content = (
        SOURCES
        + """
defaults: {category: jargon, level: suggestion, principle: purposeful, message: m., why: w., sources: [page]}
rules:
  - {id: jargon.one, phrases: [one two]}
  - {id: jargon.two, phrases: [two three], level: error}
"""
    )
    local = load([write(tmp_path, content)])
    assert [rule_of(local, name).level for name in ("jargon.one", "jargon.two")] == ["suggestion", "error"]


def copy_of(pack_file: Path) -> Path:
    """Return the file in which a pack that was just read is kept."""
    load([pack_file])
    return max(cache.folder().glob("*.json"), key=lambda kept: kept.stat().st_mtime)


def test_a_pack_read_again_is_the_same(tmp_path):
    file = write(tmp_path, SHARED)
    first = load([file])
    kept = copy_of(file)
    assert "biscuit time" in kept.read_text(encoding="utf-8")
    assert load([file]) == first


def test_a_changed_file_is_read_anew(tmp_path):
    load([write(tmp_path, SHARED)])
    changed = load([write(tmp_path, SHARED.replace("a rest", "a break"))])
    assert rule_of(changed, "jargon.biscuit-time").suggest == ("a break",)


@pytest.mark.parametrize("content", ["{", "[]"], ids=repr)
def test_a_damaged_copy_does_no_harm(tmp_path, content):
    file = write(tmp_path, SHARED)
    first = load([file])
    copy_of(file).write_text(content, encoding="utf-8")
    assert load([file]) == first


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"anchors": {"biscuit time": []}}, id="anchors that are none"),
        pytest.param({"rules": [{}]}, id="a rule that is none"),
        pytest.param({"rules": 3}, id="no rules"),
        pytest.param({"name": "another"}, id="another name"),
        pytest.param({"words": ["mum"]}, id="no lists of words"),
    ],
)
def test_a_copy_that_says_something_else_does_no_harm(tmp_path, change):
    file = write(tmp_path, SHARED)
    first = load([file])
    copy = copy_of(file)
    cache.remember(copy.stem, {**cache.recall(copy.stem), **change})
    assert load([file]) == first


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path, monkeypatch):
    taken = tmp_path / "a file, not a folder"
    taken.write_text("")
    monkeypatch.setenv("FSM_LANGUAGE_CACHE", str(taken))
    file = write(tmp_path, SHARED)
    assert load([file]) == load([file])
    assert taken.read_text() == ""


# mistakes


@pytest.mark.parametrize(
    ("old", "new", "line", "parts"),
    [
        pytest.param("suggest:", "sugest:", 12, ["unknown key “sugest”", "did you mean “suggest”"], id="key"),
        pytest.param(
            "phrases:", "unless: [quotd]\n    phrases:", 11, ["unknown unless “quotd”", "“quoted”"], id="guard"
        ),
        pytest.param("phrases:", "only: [self]\n    phrases:", 11, ["unknown only “self”"], id="guard unlike any"),
        pytest.param("    sources: [page]\n", "", 4, ["needs “sources”"], id="no source"),
        pytest.param(
            "sources: [page]", "sources: [pag]", 10, ["unknown source “pag”", "did you mean “page”"], id="source"
        ),
        pytest.param("category: jargon", "category: jargn", 5, ["unknown category “jargn”", "“jargon”"], id="category"),
        pytest.param(
            "level: warning", "level: loud", 6, ["unknown level “loud”", "suggestion, warning, error"], id="level"
        ),
        pytest.param("purposeful", "purposefull", 7, ["unknown principle", "“purposeful”"], id="principle"),
        pytest.param("phrases:", "tags: [doutb]\n    phrases:", 11, ["unknown tags “doutb”", "“doubt”"], id="tag"),
        pytest.param("    message: Say what happened.\n", "", 4, ["needs “message”"], id="no message"),
        pytest.param(
            "message: Say what happened.", "message: [no]", 8, ["“message” is a text"], id="a list for a text"
        ),
        pytest.param('["biscuit time"]', "{a: b}", 11, ["“phrases” is a list of texts"], id="a mapping for a list"),
        pytest.param('["biscuit time"]', "[no, tea]", 11, ["“phrases” is a list of texts"], id="no is not a text"),
        pytest.param("biscuit time", "(biscuit time", 11, ["(biscuit time", "“)”"], id="phrase"),
        pytest.param("biscuit time", "@biscuit time", 11, ["@biscuit"], id="list"),
        pytest.param("biscuit time", "* <2>", 11, ["always there"], id="phrase without a word"),
        pytest.param('phrases: ["biscuit time"]', "check: acronims", 11, ["unknown check “acronims”"], id="check"),
        pytest.param(
            '    phrases: ["biscuit time"]\n', "", 4, ["“phrases” or a “check”"], id="neither phrase nor check"
        ),
        pytest.param("a rest", "$1", 11, ["suggestion “$1”", "biscuit time"], id="a part that is not there"),
        pytest.param("a rest", "{rest}", 11, ["suggestion “{rest}”"], id="a bend that is not there"),
        pytest.param(
            "suggest:", "enabled: maybe\n    suggest:", 12, ["“enabled” is true or false"], id="neither true nor false"
        ),
        pytest.param("suggest:", "options: [1]\n    suggest:", 12, ["“options” is a mapping"], id="options"),
        pytest.param("suggest:", "examples: [{note: A, becoms: B}]\n    suggest:", 12, ["an example"], id="example"),
        pytest.param("jargon.biscuit-time", "Biscuit Time", 4, ["an id is"], id="id"),
    ],
)
def test_a_mistake_in_a_rule_names_file_line_rule_and_the_likely_fix(tmp_path, old, new, line, parts):
    assert old in SHARED
    file = write(tmp_path, SHARED.replace(old, new))
    said = problem(file)
    rule = "Biscuit Time" if new == "Biscuit Time" else "jargon.biscuit-time"
    assert said.startswith(f"{file}:{line}: rule {rule}: "), said
    for part in parts:
        assert part in said


@pytest.mark.parametrize(
    ("content", "line", "part"),
    [
        pytest.param("topic: Tea\nruels: []\n", 2, "did you mean “rules”", id="unknown key of the file"),
        pytest.param("- a\n- b\n", 1, "a rule file is a mapping", id="a list"),
        pytest.param("topic: Tea\nrules: {a: b}\n", 2, "“rules” is a list", id="rules that are no list"),
        pytest.param("topic: Tea\nrules:\n  - {message: m}\n", 2, "needs an “id”", id="a rule without an id"),
        pytest.param("defaults: {levl: error}\n", 1, "did you mean “level”", id="an unknown default"),
        pytest.param("sources:\n  page: {title: A}\n", 2, "source “page” needs", id="half a source"),
        pytest.param("words: [a, b]\n", 1, "“words” maps", id="words without a name"),
        pytest.param("words:\n  say: [yes, tea]\n", 2, "in quotes", id="yes is not a word"),
        pytest.param("glossary:\n  - {plain: a plan}\n", 1, "acronym", id="an entry without an acronym"),
        pytest.param(
            "glossary:\n  - {acronym: TEA, expansion: [t], plain: p}\n", 2, "“expansions”", id="a key of the glossary"
        ),
    ],
)
def test_a_mistake_in_a_file_names_file_and_line(tmp_path, content, line, part):
    file = write(tmp_path, content)
    said = problem(file)
    assert said.startswith(f"{file}:{line}: "), said
    assert part in said


def test_what_is_not_yaml_names_line_and_column(tmp_path):
    file = write(tmp_path, "topic: Tea\nabout: one: two\n")
    assert problem(file).startswith(f"{file}:2:11: not YAML: ")


def test_what_is_not_utf8_names_the_file(tmp_path):
    file = tmp_path / "local.yaml"
    file.write_bytes(b"topic: caf\xe9\n")
    assert problem(file).startswith(f"{file}: cannot be read")


def test_a_missing_pack_is_named(tmp_path):
    assert problem(tmp_path / "none.yaml") == f"{tmp_path / 'none.yaml'}: no such rule file or folder"


def test_an_empty_file_is_an_empty_pack(tmp_path, pack):
    assert load([write(tmp_path, "# nothing yet\n")]).rules == pack.rules


def test_two_rules_of_one_pack_must_not_share_an_id(tmp_path):
    first = write(tmp_path, SHARED, "first.yaml")
    second = write(tmp_path, RULE, "second.yaml")
    said = problem(tmp_path)
    assert said.startswith(f"{second}:2: rule jargon.biscuit-time: clashes")
    assert str(first) in said


def test_a_clash_within_one_file_is_told_too(tmp_path):
    twice = SHARED + RULE.split("rules:\n", 1)[1]
    assert "rule jargon.biscuit-time: clashes" in problem(write(tmp_path, twice))
