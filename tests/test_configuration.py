"""The settings file: found upward, read strictly, fitted to paths, and under the flags."""

from pathlib import Path

import pytest

from fsm_language.configuration import Configuration, find
from fsm_language.selection import check_names
from fsm_language.settings import Settings, SettingsError
from fsm_language.settingsfile import load


def written(tmp_path, text):
    file = tmp_path / ".fsm-language.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_nearest_file_upward_is_found(tmp_path):
    outer = written(tmp_path, "")
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find(deep) == outer
    inner = deep.parent / ".fsm-language.yml"
    inner.write_text("")
    assert find(deep) == inner


def test_all_settings_are_read(tmp_path):
    (tmp_path / "ours").mkdir()
    file = written(
        tmp_path,
        "packs: [ours]\nselect: blaming\nignore: [jargon.contact]\nlevels: {jargon: suggestion}\nlevel: warning\n"
        "known_acronyms: [MASH, LAC]\nstrict_acronyms: true\nsentence_words: 30\nparagraph_words: 200\n"
        "reading_age: 12\ncontextual: false\nmodel: en_core_web_md\nfail_on: never\ntext_field: note\nid_field: ref\n"
        "jobs: 2\nbaseline: b.json\nignores: i.json\n",
    )
    read = load(file)
    assert read.settings == Settings(
        packs=(tmp_path / "ours",),
        select=("blaming",),
        ignore=("jargon.contact",),
        levels={"jargon": "suggestion"},
        level="warning",
        known_acronyms=("MASH", "LAC"),
        strict_acronyms=True,
        sentence_words=30,
        paragraph_words=200,
        reading_age=12,
        contextual=False,
        model="en_core_web_md",
    )
    assert (read.fail_on, read.text_field, read.id_field, read.jobs) == ("never", "note", "ref", 2)
    assert (read.baseline, read.ignores) == (tmp_path / "b.json", tmp_path / "i.json")


def test_an_empty_file_changes_nothing(tmp_path):
    assert load(written(tmp_path, "# nothing yet\n")).settings == Settings()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("level: warning\nsentance_words: 30\n", ":2: unknown key “sentance_words”; did you mean “sentence_words”?"),
        ("fail-on: error\n", ":1: unknown key “fail-on”; did you mean “fail_on”?"),
        ("level: warnings\n", ":1: level: cannot be “warnings”; did you mean “warning”?"),
        ("\nsentence_words: many\n", ":2: sentence_words: write a whole number"),
        ("sentence_words: -1\n", ":1: sentence_words: write a whole number"),
        ("contextual: 1\n", ":1: contextual: write true or false"),
        ("ignore: [no]\n", ":1: ignore: write a list of texts"),
        ("levels:\n  jargon: eror\n", ":2: levels: jargon: cannot be “eror”; did you mean “error”?"),
        ("packs: [nowhere]\n", ":1: packs: there is no file or folder"),
        ("level: warning\nlevel: error\n", ":2: “level” is given twice"),
        ("- level\n", ":1: settings are written “key: value”"),
        ("level: [\n", ": not YAML"),
        ("overrides:\n  - ignore: [jargon]\n", ":2: overrides: each entry needs “paths”"),
        ("overrides:\n  - paths: [a]\n    jobs: 2\n", ":3: unknown key “jobs”"),
    ],
    ids=lambda value: None if value.startswith(":") else value.replace("\n", " ").strip(),
)
def test_a_wrong_file_says_where_and_what_is_nearest(tmp_path, text, says):
    file = written(tmp_path, text)
    with pytest.raises(SettingsError) as raised:
        load(file)
    assert says in str(raised.value)
    assert str(raised.value).startswith(str(file))


@pytest.mark.parametrize(
    ("glob", "path", "fits"),
    [
        ("letters/**", "letters/a.txt", True),
        ("letters/**", "letters/b/a.txt", True),
        ("letters/", "letters/b/a.txt", True),
        ("letters/*", "letters/b/a.txt", False),
        ("*.csv", "deep/down/a.csv", True),
        ("**/drafts/*.txt", "drafts/a.txt", True),
        ("**/drafts/*.txt", "x/drafts/a.txt", True),
        ("a?.txt", "ab.txt", True),
        ("a?.txt", "a/.txt", False),
        ("letters/**", "other/letters.txt", False),
    ],
)
def test_overrides_hold_for_their_paths_only(tmp_path, glob, path, fits):
    read = load(written(tmp_path, f"overrides:\n  - paths: ['{glob}']\n    sentence_words: 40\n"))
    assert read.for_path(str(tmp_path / path)).sentence_words == (40 if fits else 25)


def test_later_overrides_win_and_flags_win_over_all(tmp_path):
    read = load(
        written(
            tmp_path,
            "level: error\nignore: [jargon]\noverrides:\n  - {paths: ['*.txt'], level: warning}\n"
            "  - {paths: ['a*'], level: suggestion}\n",
        )
    )
    here = str(tmp_path / "a.txt")
    assert read.for_path(here).level == "suggestion"
    given = read.with_flags(level="error", ignore=("acronym",), fail_on="never", select=None)
    assert given.for_path(here).level == "error"
    assert given.for_path(here).ignore == ("jargon", "acronym")
    assert given.fail_on == "never"


def test_flags_need_no_file():
    assert Configuration().with_flags(packs=(Path("p"),)).for_path("x").packs == (Path("p"),)


@pytest.mark.parametrize("key", ["select", "ignore", "levels"])
def test_names_that_no_rule_has_are_refused(linter, key):
    value = {"blaming.faild-to": "error"} if key == "levels" else ("blaming.faild-to",)
    with pytest.raises(SettingsError, match=r"did you mean “blaming\.failed-to”"):
        check_names(Settings(**{key: value}), linter.pack.rules)


@pytest.mark.parametrize(
    "stars", ["*" * 200, "*a" * 200, "**/" * 200, "**a" * 200, "?*" * 200], ids=lambda stars: stars[:3]
)
def test_no_pattern_of_stars_is_slow(tmp_path, stars):
    read = load(written(tmp_path, f"overrides:\n  - paths: ['{stars}/z']\n    sentence_words: 40\n"))
    assert read.for_path("a/" * 200 + "y").sentence_words == Settings().sentence_words
