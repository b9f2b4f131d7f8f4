"""Settings: from the editor when it starts or is asked, and from files beside the notes as they change."""

from pathlib import Path

import pytest
from editing import QUICK, editing, span
from fsm_language_lsp.settings.preferences import KEYS, Preferences, read

pytestmark = pytest.mark.asyncio
NOTE = "Mum failed to attend."
WATCHES = {
    "workspace": {
        "configuration": True,
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    }
}
CHANGED = 2


async def test_every_setting_is_in_the_documentation():
    page = (Path(__file__).parents[1] / "docs" / "language-server.md").read_text(encoding="utf-8")
    assert [name for name in KEYS if f"| `{name}` |" not in page] == []


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"diagnostics": {"mode": "pul"}}, "did you mean “pull”"),
        ({"diagnostics.delay": "soon"}, "is a number, 0 or more"),
        ({"diagnostics": {"severity": {"warnin": "hint"}}}, "did you mean “warning”"),
        ({"inlayHint": True}, "did you mean “inlayHints”"),
        ({"codeLens": "yes"}, "is true or false"),
        ({"rulePages": 5}, "is a text"),
        ({"settings": []}, "by key"),
        ({"settings": {"audience": "familly"}}, "did you mean “family”"),
        ({"settings": {"packs": ["nowhere"]}}, "there is no file or folder"),
    ],
)
async def test_a_wrong_setting_is_told_and_its_default_kept(given, complaint):
    preferences, complaints = read(Preferences(), given)
    assert len(complaints) == 1
    assert complaint in complaints[0]
    assert preferences == Preferences()


async def test_right_settings_hold_beside_wrong_ones():
    given = {"fsm-language": {"diagnostics": {"delay": 500, "mode": None}, "settings": {"level": "error", "x": 1}}}
    preferences, complaints = read(Preferences(), given)
    assert preferences == Preferences(delay=0.5, settings={"level": "error"})
    assert len(complaints) == 1


async def test_a_wrong_setting_is_told_once(engine):
    options = {"diagnostics": {"mode": "pul"}}
    async with editing(engine, capabilities=WATCHES, options=options, settings=options) as editor:
        editor.notify("workspace/didChangeConfiguration", {"settings": None})
        editor.open(NOTE)
        assert await editor.marks()
    assert len(editor.told()) == 1


async def test_an_editor_that_can_be_asked_is_asked_again_when_its_settings_change(engine):
    async with editing(engine, capabilities=WATCHES, settings={"settings": {**QUICK, "level": "error"}}) as editor:
        registered = await editor.until(lambda said: said.get("method") == "client/registerCapability")
        methods = {entry["method"] for entry in registered["params"]["registrations"]}
        assert methods == {"workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration"}
        editor.open(NOTE)
        assert await editor.marks(wanted=lambda marks: marks == []) == []
        editor.settings = {"settings": QUICK}
        editor.notify("workspace/didChangeConfiguration", {"settings": None})
        assert await editor.marks(wanted=bool)


async def test_an_editor_that_cannot_be_asked_sends_its_settings(engine):
    async with editing(engine) as editor:
        editor.open(NOTE)
        assert await editor.marks()
        given = {"fsm-language": {"settings": {**QUICK, "ignore": ["blaming"]}}}
        heard = len(editor.heard)
        editor.notify("workspace/didChangeConfiguration", {"settings": given})
        assert await editor.marks(after=heard) == []


async def test_a_settings_file_counts_and_is_read_again_when_it_changes(engine, tmp_path):
    settings = tmp_path / ".fsm-language.yaml"
    settings.write_text("ignore: [blaming]\n", encoding="utf-8")
    uri = (tmp_path / "deep" / "note.txt").as_uri()
    (tmp_path / "deep").mkdir()
    change = {"changes": [{"uri": settings.as_uri(), "type": CHANGED}]}
    async with editing(engine, capabilities=WATCHES) as editor:
        editor.open(NOTE, uri=uri)
        assert await editor.marks(uri) == []
        settings.write_text("level: suggestion\n", encoding="utf-8")
        editor.notify("workspace/didChangeWatchedFiles", change)
        assert await editor.marks(uri, wanted=bool)
        heard = len(editor.heard)
        settings.write_text("level: suggestio\n", encoding="utf-8")
        editor.notify("workspace/didChangeWatchedFiles", change)
        assert await editor.marks(uri, after=heard), "the last right settings hold"
    assert [f"{settings}:1: level: cannot be" in told for told in editor.told()] == [True]


@pytest.mark.parametrize(
    "uri", ["file://[", "file:///%00", "", "untitled:folder"], ids=["host", "NUL", "none", "scheme"]
)
async def test_a_folder_that_is_no_folder_is_no_reason_not_to_check(engine, uri):
    async with editing(engine) as editor:
        change = {"event": {"added": [{"uri": uri, "name": "odd"}], "removed": []}}
        editor.notify("workspace/didChangeWorkspaceFolders", change)
        editor.open(NOTE, uri="file:///nowhere/a.txt")
        assert [mark["code"] for mark in await editor.marks("file:///nowhere/a.txt")] == ["blaming.failed-to"]


async def test_each_folder_has_its_own_settings_and_a_note_in_no_file_the_first_ones(engine, tmp_path):
    for name, text in (("one", "ignore: [blaming]\n"), ("two", "level: suggestion\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / ".fsm-language.yaml").write_text(text, encoding="utf-8")
    folders = [tmp_path / "one", tmp_path / "two"]
    uris = [*((folder / "a.txt").as_uri() for folder in folders), "untitled:note"]
    async with editing(engine, folders=folders) as editor:
        for uri in uris:
            editor.open(NOTE, uri=uri)
        assert [len(await editor.marks(uri)) for uri in uris] == [0, 1, 0]
        heard = len(editor.heard)
        removed = [{"uri": folders[0].as_uri(), "name": "one"}]
        editor.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": removed}})
        assert len(await editor.marks(after=heard)) == 1


async def test_rules_of_a_pack_are_read_again_when_they_change(engine, tmp_path):
    pack = tmp_path / "ours.yaml"
    pack.write_text("topic: Ours\n", encoding="utf-8")
    options = {"settings": {**QUICK, "packs": [str(pack)]}}
    async with editing(engine, options=options, capabilities=WATCHES, settings=options) as editor:
        editor.open(NOTE)
        assert await editor.marks(wanted=bool)
        pack.write_text("topic: Ours\nrules: [{id: blaming.failed-to, enabled: false}]\n", encoding="utf-8")
        heard = len(editor.heard)
        editor.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": pack.as_uri(), "type": CHANGED}]})
        assert await editor.marks(after=heard) == []
        pack.write_text("topic: Ours\nrules: 5\n", encoding="utf-8")
        editor.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": pack.as_uri(), "type": CHANGED}]})
        assert await editor.marks(wanted=bool, after=len(editor.heard))
        assert "the shipped rules are used" in editor.told()[-1]


async def test_saving_settings_counts_in_an_editor_that_watches_no_files(engine, tmp_path):
    settings = tmp_path / ".fsm-language.yaml"
    settings.write_text("ignore: [blaming]\n", encoding="utf-8")
    async with editing(engine, folders=[tmp_path]) as editor:
        editor.open(NOTE)
        editor.open("ignore: [blaming]\n", uri=settings.as_uri(), language="yaml")
        assert await editor.marks() == []
        settings.write_text("", encoding="utf-8")
        editor.notify("textDocument/didSave", {"textDocument": {"uri": settings.as_uri()}})
        (mark,) = await editor.marks(wanted=bool)
    assert mark["range"] == span(0, 4, 20)


async def test_a_model_that_is_not_installed_is_told_and_notes_are_checked_without(fresh_engine):
    async with editing(fresh_engine, options={"settings": {"model": "no_such_model"}}) as editor:
        editor.open(NOTE)
        assert await editor.marks()
        await editor.until(lambda _: any("“no_such_model” is not installed" in told for told in editor.told()))
        editor.type(NOTE + " ")
        assert await editor.marks()
