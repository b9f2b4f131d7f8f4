"""Hover, completion and hints: what an editor shows about wording, acronyms, rule files and settings."""

import pytest
from editing import editing, place, span

from fsm_language import load

pytestmark = pytest.mark.asyncio
NOTE = "We met.\nMum failed to attend.\nThe CIN plan; his GP. An Independent Reviewing Officer (IRO) came.\n"
RULES = "topic: Ours\nrules:\n  - id: jargon.tea\n    {}"


async def hover(editor, line, character, uri="untitled:note"):
    params = {"textDocument": {"uri": uri}, "position": place(line, character)}
    return await editor.request("textDocument/hover", params)


async def completions(editor, line, character, uri="untitled:note"):
    params = {"textDocument": {"uri": uri}, "position": place(line, character)}
    found = await editor.request("textDocument/completion", params)
    return found["items"] if isinstance(found, dict) else found


async def test_hover_says_why_what_to_write_what_to_ask_and_who_recommends_it(engine):
    async with editing(engine) as editor:
        editor.open(NOTE)
        shown = await hover(editor, 1, 6)
    rule = next(rule for rule in load().rules if rule.id == "blaming.failed-to")
    assert shown["range"] == span(1, 4, 20)
    for words in ("- did not attend", f"- {rule.ask[0]}", rule.sources[0].url, "`blaming.failed-to`"):
        assert words in shown["contents"]["value"]
    assert rule.message not in shown["contents"]["value"], "the editor shows the mark's own message above"


@pytest.mark.parametrize(("character", "words"), [(6, "Child in Need"), (19, "General Practitioner")])
async def test_hover_says_what_an_acronym_stands_for_whether_or_not_it_is_marked(engine, character, words):
    async with editing(engine) as editor:
        editor.open(NOTE)
        assert words.lower() in (await hover(editor, 2, character))["contents"]["value"].lower()


async def test_there_is_nothing_to_say_of_other_words(engine):
    async with editing(engine) as editor:
        editor.open(NOTE)
        assert await hover(editor, 0, 1) is None
        assert await hover(editor, 9, 9) is None
        assert await hover(editor, 0, 0, uri="untitled:unknown") is None


async def test_an_acronym_is_completed_to_its_long_form_as_it_is_typed(engine):
    async with editing(engine) as editor:
        editor.open("The CI")
        items = await completions(editor, 0, 6)
    item = next(item for item in items if item["label"] == "CIN")
    assert item["textEdit"] == {"range": span(0, 4, 6), "newText": "Child in Need (CIN)"}


@pytest.mark.parametrize("text", ["The c", "the ci", "", "Mum C"], ids=repr)
async def test_nothing_is_completed_in_the_middle_of_ordinary_words(engine, text):
    async with editing(engine) as editor:
        editor.open(text)
        assert await completions(editor, 0, len(text)) == []


async def test_long_forms_stand_behind_acronyms_only_when_wanted_and_not_explained(engine):
    params = {"textDocument": {"uri": "untitled:note"}, "range": {"start": place(0, 0), "end": place(9, 0)}}
    async with editing(engine) as editor:
        editor.open(NOTE)
        assert await editor.request("textDocument/inlayHint", params) == []
    async with editing(engine, options={"inlayHints": True}) as editor:
        editor.open(NOTE)
        shown = await editor.request("textDocument/inlayHint", params)
    assert [(hint["position"], hint["label"]) for hint in shown][:1] == [(place(2, 7), "(Child in Need)")]
    assert not [hint for hint in shown if "Independent" in hint["label"]]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        pytest.param("wor", {"words"}, id="key of the file"),
        pytest.param(RULES.format("unl"), {"unless"}, id="key of a rule"),
        pytest.param(RULES.format("unless: [quo"), {"quoted"}, id="guard"),
        pytest.param(RULES.format("unless: [quoted, neg"), {"negated"}, id="second guard"),
        pytest.param(RULES.format("unless:\n      - neg"), {"negated"}, id="guard on a line of its own"),
        pytest.param(RULES.format("level: warn"), {"warning"}, id="level"),
        pytest.param("defaults: {category: jar", {"jargon"}, id="within braces"),
    ],
)
async def test_rule_files_are_completed(engine, text, offered):
    async with editing(engine) as editor:
        editor.open(text, language="yaml")
        lines = text.split("\n")
        items = await completions(editor, len(lines) - 1, len(lines[-1]))
    assert {item["label"] for item in items} >= offered
    assert {item["label"].startswith(text.split()[-1].strip("[{-")) for item in items} == {True}


async def test_guards_say_what_they_mean(engine):
    async with editing(engine) as editor:
        editor.open("unless: [quot", language="yaml")
        (item,) = await completions(editor, 0, 13)
    assert item["documentation"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("aud", "audience"),
        ("audience: fam", "family"),
        ("ignore: [blaming.fai", "blaming.failed-to"),
        ("tone: f", "false"),
    ],
)
async def test_settings_are_completed(engine, tmp_path, text, label):
    uri = (tmp_path / ".fsm-language.yaml").as_uri()
    async with editing(engine) as editor:
        editor.open(text, uri=uri, language="yaml")
        assert label in [item["label"] for item in await completions(editor, 0, len(text), uri)]


@pytest.mark.parametrize(
    ("name", "text", "place_and_words"),
    [
        pytest.param(
            ".fsm-language.yaml", "level: error\naudiense: x\n", (1, "did you mean “audience”"), id="settings"
        ),
        pytest.param(".fsm-language.yaml", "level: [\n", (1, "not YAML"), id="settings that are no YAML"),
        pytest.param("ours.yaml", RULES.format("unles: quoted\n"), (3, "did you mean “unless”"), id="rules"),
        pytest.param("ours.yaml", "topic: Ours\nwords: 5\n", (1, "“words” maps names"), id="word lists"),
    ],
)
async def test_what_is_wrong_with_rules_and_settings_is_marked_as_it_is_typed(
    engine, tmp_path, name, text, place_and_words
):
    line, words = place_and_words
    uri = (tmp_path / name).as_uri()
    async with editing(engine) as editor:
        editor.open(text, uri=uri, language="yaml")
        (mark,) = await editor.marks(uri)
        editor.type("", uri=uri)
        assert await editor.marks(uri) == []
        assert await editor.actions(mark, uri) == []
    assert words in mark["message"]
    assert str(tmp_path) not in mark["message"]
    assert (mark["range"]["start"]["line"], mark["severity"]) == (line, 1)


async def test_what_is_wrong_is_marked_in_every_rule(engine, tmp_path):
    uri = (tmp_path / "ours.yaml").as_uri()
    rules = [
        "id: jargon.tea",
        "id: jargon.jam\n    unles: quoted",
        "id: blaming.failed-to\n    level: mild",
        "id: Tea",
    ]
    async with editing(engine) as editor:
        editor.open("topic: Ours\nrules:\n" + "".join(f"  - {rule}\n" for rule in rules), uri=uri, language="yaml")
        marks = await editor.marks(uri)
    assert [mark["range"]["start"]["line"] for mark in marks] == [2, 4, 6, 7]
    for mark, words in zip(marks, ("needs", "did you mean “unless”", "unknown level", "an id is"), strict=True):
        assert words in mark["message"]


async def test_a_rule_of_a_pack_may_change_a_shipped_one_in_part(engine, tmp_path):
    uri = (tmp_path / "ours.yaml").as_uri()
    async with editing(engine) as editor:
        editor.open("topic: Ours\nrules:\n  - {id: blaming.failed-to, level: suggestion}\n", uri=uri, language="yaml")
        assert await editor.marks(uri) == []


@pytest.mark.parametrize("text", ["a: 1\n", "- x\n", "rules: [", "services: {web: {}}\n"])
async def test_other_yaml_is_none_of_our_business(engine, tmp_path, text):
    uri = (tmp_path / "compose.yaml").as_uri()
    async with editing(engine) as editor:
        editor.open(text, uri=uri, language="yaml")
        assert await editor.marks(uri) == []
