"""What an editor offers to do about wording, and what becomes of the note, the settings and the ignores."""

import json

import pytest
from editing import QUICK, Refused, editing, made, place, span

from fsm_language import settingsedit
from fsm_language.finding import apply
from fsm_language.settingsfile import parse

pytestmark = pytest.mark.asyncio
NOTE = "We met.\nMum failed to attend.\n"
FIX_ALL = "source.fixAll.fsm-language"
EDITS = {"workspaceEdit": {"documentChanges": True}}
RESOLVES = {"codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}}}


def titles(actions):
    return [action["title"] for action in actions]


async def run(editor, action):
    return await editor.request("workspace/executeCommand", action["command"])


def the(actions, begins):
    return next(action for action in actions if action["title"].startswith(begins))


async def test_a_finding_can_be_reworded_left_or_switched_off(engine):
    async with editing(engine) as editor:
        editor.open(NOTE)
        (mark,) = await editor.marks()
        actions = await editor.actions(mark)
    assert titles(actions) == [
        "Write “did not attend”",
        "Leave “failed to attend” as it is here",
        "Leave this rule off in this workspace (blaming.failed-to)",
    ]
    assert actions[0]["isPreferred"]
    assert actions[0]["diagnostics"] == [mark]
    assert made(NOTE, actions[0]["edit"]["changes"]["untitled:note"]) == NOTE.replace("failed to", "did not")


async def test_an_edit_is_for_one_version_of_the_note(engine):
    async with editing(engine, capabilities={"workspace": EDITS}) as editor:
        editor.open("x")
        editor.type(NOTE)
        (mark,) = await editor.marks()
        change = (await editor.actions(mark))[0]["edit"]["documentChanges"][0]
    assert change["textDocument"] == {"uri": "untitled:note", "version": 2}


async def test_an_edit_can_be_worked_out_when_it_is_chosen_unless_the_note_has_changed(engine):
    async with editing(engine, capabilities={"textDocument": RESOLVES}) as editor:
        editor.open(NOTE)
        (mark,) = await editor.marks()
        action = (await editor.actions(mark))[0]
        assert "edit" not in action
        whole = await editor.request("codeAction/resolve", action)
        editor.type({"range": span(0, 0, 0), "text": "Today: "})
        with pytest.raises(Refused) as refused:
            await editor.request("codeAction/resolve", action)
    assert made(NOTE, whole["edit"]["changes"]["untitled:note"]) == NOTE.replace("failed to", "did not")
    assert refused.value.code == -32801


async def test_what_was_offered_before_the_parser_was_loaded_can_be_taken_afterwards(fresh_engine):
    text = "Mum is a monster. Mum failed to attend. The CIN plan and the GP. Gran is wheelchair-bound.\n"
    able = {"textDocument": {**RESOLVES, "diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
    async with editing(fresh_engine, capabilities=able, options={"settings": {}}) as editor:
        editor.open(text)
        offered = [action for action in await editor.actions(span(0, 0, len(text))) if "command" not in action]
        await editor.until(lambda said: said.get("method") == "workspace/diagnostic/refresh")
        taken = [await editor.request("codeAction/resolve", action) for action in offered]
    assert {action["kind"] for action in taken} == {"quickfix", "refactor.rewrite", FIX_ALL}
    assert all(made(text, action["edit"]["changes"]["untitled:note"]) != text for action in taken)
    assert any("did not attend" in str(action["edit"]) for action in taken)


async def test_what_settings_have_switched_off_since_it_was_offered_is_refused(engine):
    async with editing(engine, capabilities={"textDocument": RESOLVES}) as editor:
        editor.open(NOTE)
        (mark,) = await editor.marks()
        action = (await editor.actions(mark))[0]
        settings = {"settings": {**QUICK, "ignore": ["blaming"]}}
        editor.notify("workspace/didChangeConfiguration", {"settings": {"fsm-language": settings}})
        await editor.marks(wanted=lambda marks: not marks)
        with pytest.raises(Refused) as refused:
            await editor.request("codeAction/resolve", action)
    assert refused.value.code == -32801


async def test_an_acronym_is_explained_where_it_stands(engine):
    note = "The CIN plan. His GP rang about a CIN visit."
    async with editing(engine) as editor:
        editor.open(note)
        (mark,) = await editor.marks()
        first = the(await editor.actions(mark), "Explain")
        known = the(await editor.actions(span(0, 19, 19)), "Explain")
        again = the(await editor.actions(span(0, 34, 34)), "Explain")
    assert first["title"] == "Explain it here: “Child in Need (CIN)”"
    assert made(note, first["edit"]["changes"]["untitled:note"]) == note.replace("The CIN", "The Child in Need (CIN)")
    assert known["kind"] == "refactor.rewrite"
    assert "(GP)" in known["title"]
    assert made(note, again["edit"]["changes"]["untitled:note"]).endswith("a Child in Need (CIN) visit.")


async def test_all_that_is_sure_is_taken_at_once_and_nothing_else(engine):
    note = "Gran is wheelchair-bound. Her brother is schizophrenic.\nMum failed to attend. The CIN plan."
    async with editing(engine) as editor:
        editor.open(note)
        marks = await editor.marks()
        (everything,) = await editor.actions(span(0, 0, 0), only=["source.fixAll"])
        assert FIX_ALL not in [action["kind"] for action in await editor.actions(marks[0], only=["quickfix"])]
    becomes = "Gran is a wheelchair user. Her brother has schizophrenia.\nMum failed to attend. The CIN plan."
    assert made(note, everything["edit"]["changes"]["untitled:note"]) == becomes


async def test_there_is_nothing_to_take_at_once_in_a_note_where_nothing_is_sure(engine):
    async with editing(engine) as editor:
        editor.open("She is hard to reach.")
        await editor.marks()
        assert await editor.actions(span(0, 0, 0), only=[FIX_ALL]) == []


async def test_what_is_left_as_it_is_stays_silent_and_the_file_holds_no_words(engine, tmp_path):
    uri = (tmp_path / "note.txt").as_uri()
    async with editing(engine, folders=[tmp_path]) as editor:
        editor.open(NOTE, uri=uri)
        (mark,) = await editor.marks(uri)
        heard = len(editor.heard)
        await run(editor, the(await editor.actions(mark, uri), "Leave “"))
        assert await editor.marks(uri, after=heard) == []
        editor.type("Well.\n" + NOTE, uri=uri)
        assert await editor.marks(uri) == []
        editor.type("Dad failed to attend the long planning meeting. " + NOTE, uri=uri)
        assert len(await editor.marks(uri)) == 1
    kept = (tmp_path / ".fsm-language-ignores.json").read_text(encoding="utf-8")
    assert [entry["rule"] for entry in json.loads(kept)["entries"]] == ["blaming.failed-to"]
    assert "attend" not in kept
    assert not (tmp_path / "note.txt").exists()


async def test_without_a_folder_it_is_left_until_the_editor_closes(engine):
    async with editing(engine) as editor:
        editor.open(NOTE)
        (mark,) = await editor.marks()
        actions = await editor.actions(mark)
        heard = len(editor.heard)
        await run(editor, the(actions, "Leave “"))
        assert await editor.marks(after=heard) == []
        assert "until the editor closes" in editor.told()[-1]
        editor.type("Dad failed to attend.")
        assert await editor.marks()
        heard = len(editor.heard)
        await run(editor, the(actions, "Leave this rule"))
        assert await editor.marks(after=heard) == []


async def test_words_that_have_changed_cannot_be_left(engine):
    async with editing(engine) as editor:
        editor.open(NOTE)
        (mark,) = await editor.marks()
        actions = await editor.actions(mark)
        editor.type("Mum came.")
        await run(editor, the(actions, "Leave “"))
    assert "have changed" in editor.told()[-1]


@pytest.mark.parametrize("written", [None, "# ours\nlevel: suggestion\n"], ids=["no file yet", "a file"])
async def test_a_rule_is_left_off_in_the_settings_file(engine, tmp_path, written):
    settings = tmp_path / ".fsm-language.yaml"
    if written:
        settings.write_text(written, encoding="utf-8")
    uri = (tmp_path / "note.txt").as_uri()
    async with editing(engine, folders=[tmp_path]) as editor:
        editor.open(NOTE, uri=uri)
        (mark,) = await editor.marks(uri)
        heard = len(editor.heard)
        await run(editor, the(await editor.actions(mark, uri), "Leave this rule off"))
        assert await editor.marks(uri, after=heard) == []
    assert settings.read_text(encoding="utf-8") == (written or "") + "ignore: [blaming.failed-to]\n"


async def test_settings_that_are_open_are_changed_in_the_editor_and_not_on_disk(engine, tmp_path):
    settings = tmp_path / ".fsm-language.yaml"
    settings.write_text("level: suggestion\n", encoding="utf-8")
    uri = (tmp_path / "note.txt").as_uri()
    async with editing(engine, folders=[tmp_path], capabilities={"workspace": EDITS}) as editor:
        editor.open(NOTE, uri=uri)
        editor.open("level: suggestion\n# unsaved", uri=settings.as_uri(), language="yaml")
        (mark,) = await editor.marks(uri)
        await run(editor, the(await editor.actions(mark, uri), "Leave this rule off"))
        asked = await editor.until(lambda said: said.get("method") == "workspace/applyEdit")
    change = asked["params"]["edit"]["documentChanges"][0]
    assert change["textDocument"] == {"uri": settings.as_uri(), "version": 1}
    assert change["edits"][0]["range"] == {"start": place(1, 9), "end": place(1, 9)}
    assert settings.read_text(encoding="utf-8") == "level: suggestion\n"


async def test_a_settings_file_that_cannot_be_changed_is_said_to_be(engine, tmp_path):
    (tmp_path / ".fsm-language.yaml").write_text("a: [\n", encoding="utf-8")
    uri = (tmp_path / "note.txt").as_uri()
    async with editing(engine, folders=[tmp_path]) as editor:
        editor.open(NOTE, uri=uri)
        (mark,) = await editor.marks(uri)
        await run(editor, the(await editor.actions(mark, uri), "Leave this rule off"))
        await editor.until(lambda _: any("could not be changed" in told for told in editor.told()))


async def test_an_acronym_that_readers_know_is_no_longer_marked(engine, tmp_path):
    uri = (tmp_path / "note.txt").as_uri()
    async with editing(engine, folders=[tmp_path]) as editor:
        editor.open("The CIN plan. The CIN's review.", uri=uri)
        (mark,) = await editor.marks(uri)
        heard = len(editor.heard)
        await run(editor, the(await editor.actions(mark, uri), "Readers in this workspace know “CIN”"))
        assert await editor.marks(uri, after=heard) == []
    assert (tmp_path / ".fsm-language.yaml").read_text(encoding="utf-8") == "known_acronyms: [CIN]\n"


@pytest.mark.parametrize("entry", ["yes", "NO", "A&E", "1/52", "CIN"])
async def test_what_yaml_would_take_for_something_else_is_quoted(entry):
    text = apply("", [settingsedit.added("", "known_acronyms", entry)])
    assert parse(text, "x").settings.known_acronyms == (entry,)


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("", "ignore: [jargon.lac]\n"),
        ("level: error", "level: error\nignore: [jargon.lac]\n"),
        ("ignore: []  # none\n", "ignore: [jargon.lac]  # none\n"),
        ("ignore: [blaming, 'tone']\n", "ignore: [blaming, 'tone', jargon.lac]\n"),
        ("ignore: blaming # why\nlevel: error\n", "ignore: [blaming, jargon.lac] # why\nlevel: error\n"),
        ("ignore:\nlevel: error\n", "ignore: [jargon.lac]\nlevel: error\n"),
        ("ignore:\n  - blaming # why\nlevel: error\n", "ignore:\n  - blaming\n  - jargon.lac # why\nlevel: error\n"),
        ("ignore: [jargon.lac]\n", None),
        ("ignore: jargon.lac\n", None),
    ],
)
async def test_a_settings_file_keeps_its_comments(text, becomes):
    edit = settingsedit.added(text, "ignore", "jargon.lac")
    assert (apply(text, [edit]) if edit else None) == becomes
    assert becomes is None or "jargon.lac" in parse(becomes, "x").settings.ignore


async def test_a_note_is_summed_up_for_editors_that_show_it(engine):
    async with editing(engine, options={"codeLens": True}) as editor:
        editor.open(NOTE)
        params = {"textDocument": {"uri": "untitled:note"}}
        (lens,) = await editor.request("textDocument/codeLens", params)
        line = await editor.request("workspace/executeCommand", lens["command"])
    assert lens["command"]["title"] == line == "1 thing to look at: 1 blaming. 6 words."
    assert editor.told() == [line]


async def test_there_is_no_summary_above_the_note_unless_asked_for(engine):
    async with editing(engine, options={"settings": QUICK}) as editor:
        editor.open(NOTE)
        assert await editor.request("textDocument/codeLens", {"textDocument": {"uri": "untitled:note"}}) == []
