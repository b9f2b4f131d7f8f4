"""The language server's diagnostics: pushed or pulled, where the words stand, never stale, never someone else's."""

import asyncio
import io

import pytest
from editing import QUICK, SECONDS, Refused, editing, place, span

from fsm_language import Linter, Settings, batch
from fsm_language.configuration import Configuration
from fsm_language.readers import Fields

pytestmark = pytest.mark.asyncio
LEXICAL = Settings(contextual=False, tone=False)
NOTE = "We met.\nMum failed to attend.\n"
PARSED = "Mum, who had been promised a lift by the worker, failed to turn up. The boiler, which is old, failed again."
CAN_PULL = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
PACK = """
topic: Ours
defaults: {category: judgemental, level: warning, message: Really?, why: Well., principle: empathetic, sources: [us]}
sources: {us: {title: Us, publisher: Us, url: "https://example.org"}}
rules:
  - {id: judgemental.frankly, phrases: [frankly], suggest: [""]}
  - {id: judgemental.parlour, phrases: [parlour], suggest: [front room], tags: [outdated]}
"""
SHOWS = {"publishDiagnostics": {"relatedInformation": True, "tagSupport": {"valueSet": [1, 2]}}}


def codes(marks):
    return [mark.get("code") for mark in marks]


async def pull(editor, uri="untitled:note", before=None):
    params = {"textDocument": {"uri": uri}, **({"previousResultId": before} if before else {})}
    return await editor.request("textDocument/diagnostic", params)


async def test_a_mark_says_what_rule_and_where_to_read_more(engine):
    async with editing(engine) as editor:
        editor.open(NOTE)
        (mark,) = await editor.marks()
    assert mark["range"] == span(1, 4, 20)
    assert mark["code"] == "blaming.failed-to"
    assert mark["codeDescription"]["href"].startswith("https://")
    assert mark["severity"] == 2
    assert mark["source"] == "fsm-language"


async def test_an_editor_without_room_for_more_gets_no_more(engine):
    async with editing(engine) as editor:
        editor.open("The CIN plan. A CIN visit is due. Frankly, Mum failed to attend.")
        marks = await editor.marks()
    assert not [mark for mark in marks if "relatedInformation" in mark or "tags" in mark]


async def test_later_uses_of_an_acronym_are_related_to_the_first(engine):
    async with editing(engine, capabilities={"textDocument": SHOWS}) as editor:
        editor.open("The CIN plan.\nA CIN visit is due.")
        (mark,) = await editor.marks()
    assert mark["range"] == span(0, 4, 7)
    assert [related["location"]["range"] for related in mark["relatedInformation"]] == [span(1, 2, 5)]


async def test_what_may_be_left_out_is_tagged_as_unnecessary_and_what_is_outdated_as_such(engine, tmp_path):
    (tmp_path / "ours.yaml").write_text(PACK, encoding="utf-8")
    options = {"settings": {**QUICK, "packs": [str(tmp_path)]}}
    async with editing(engine, capabilities={"textDocument": SHOWS}, options=options) as editor:
        editor.open("Frankly, the parlour was cold.")
        marks = await editor.marks()
        offered = [action["title"] for action in await editor.actions(marks[0])]
    assert [mark["tags"] for mark in marks] == [[1], [2]]
    assert offered[0] == "Leave out “Frankly”"


async def test_levels_are_shown_as_strongly_as_the_editor_asks(engine):
    async with editing(engine, options={"diagnostics": {"severity": {"warning": "hint"}}}) as editor:
        editor.open(NOTE)
        assert [mark["severity"] for mark in await editor.marks()] == [4]


@pytest.mark.parametrize("address", ["https://x.org/{topic}/{rule}", "https://x.org/"])
async def test_rules_lead_to_the_pages_that_the_editor_names(engine, address):
    async with editing(engine, options={"rulePages": address}) as editor:
        editor.open(NOTE)
        (mark,) = await editor.marks()
    assert mark["codeDescription"]["href"].startswith("https://x.org/")
    assert mark["codeDescription"]["href"].endswith(("/blaming.failed-to", "#blamingfailed-to"))


@pytest.mark.parametrize(
    ("encoding", "start"), [("utf-8", 10), ("utf-16", 5), ("utf-32", 4)], ids=["utf-8", "utf-16", "utf-32"]
)
async def test_places_count_in_the_units_that_the_editor_offers_first(engine, encoding, start):
    general = {"positionEncodings": [encoding, "utf-16"]}
    async with editing(engine, capabilities={"general": general}) as editor:
        assert editor.result["capabilities"]["positionEncoding"] == encoding
        editor.open("\U0001f600\v\u2028\x85\r\nx")
        await editor.marks()
        editor.type({"range": span(0, start, start), "text": " Mum failed to attend."})
        (mark,) = await editor.marks()
    assert mark["range"] == span(0, start + 5, start + 21)


async def test_only_cr_lf_cr_and_lf_end_a_line(engine):
    async with editing(engine) as editor:
        editor.open("a\vb\u2028c\x85d\x0ce\r\nf\rg\nMum failed to attend.")
        assert [mark["range"]["start"]["line"] for mark in await editor.marks()] == [3]


@pytest.mark.parametrize("text", ["", "\n", "abc", "\r"])
async def test_notes_with_nothing_to_say_have_no_marks(engine, text):
    async with editing(engine) as editor:
        editor.open(text)
        assert await editor.marks() == []


async def test_mending_the_words_takes_the_mark_away_and_closing_takes_all(engine):
    async with editing(engine) as editor:
        editor.open(NOTE)
        assert await editor.marks()
        editor.type({"range": span(1, 4, 20), "text": "came to us"})
        assert await editor.marks() == []
        editor.notify("textDocument/didClose", {"textDocument": {"uri": "untitled:note"}})
        editor.notes.clear()
        assert await editor.marks() == []


async def test_a_version_that_is_no_longer_the_newest_gets_no_marks(engine):
    async with editing(engine, options={"diagnostics": {"delay": 50}}) as editor:
        editor.open("x")
        await editor.marks()
        for number in range(20):
            editor.type({"range": span(0, 0, 0), "text": f"{number} "})
        await editor.marks()
    versions = [s["params"]["version"] for s in editor.heard if s.get("method") == "textDocument/publishDiagnostics"]
    assert versions == [1, 21]


async def test_typing_without_a_pause_does_not_put_marks_off_for_ever(engine):
    async with editing(engine, options={"diagnostics": {"delay": 60_000}}) as editor:
        editor.open("x")
        await editor.marks()
        editor.type(NOTE)
        assert await editor.marks()


async def test_an_editor_that_can_ask_and_be_told_to_ask_again_is_never_sent_marks(engine):
    async with editing(engine, capabilities=CAN_PULL) as editor:
        assert editor.result["capabilities"]["diagnosticProvider"]["interFileDependencies"] is False
        editor.open(NOTE)
        answer = await pull(editor)
    assert (answer["kind"], codes(answer["items"])) == ("full", ["blaming.failed-to"])
    assert not [said for said in editor.heard if said.get("method") == "textDocument/publishDiagnostics"]


@pytest.mark.parametrize(
    ("capabilities", "mode", "pulls"),
    [
        pytest.param({}, "auto", False, id="cannot ask"),
        pytest.param({"textDocument": {"diagnostic": {}}}, "auto", False, id="says it asks but cannot be told to"),
        pytest.param(CAN_PULL, "auto", True, id="can ask"),
        pytest.param(CAN_PULL, "push", False, id="is to be sent them"),
        pytest.param({}, "pull", True, id="is to ask"),
    ],
)
async def test_marks_are_either_pushed_or_pulled(engine, capabilities, mode, pulls):
    async with editing(engine, capabilities=capabilities, options={"diagnostics": {"mode": mode}}) as editor:
        assert ("diagnosticProvider" in editor.result["capabilities"]) is pulls
        editor.open(NOTE)
        if pulls:
            assert (await pull(editor))["items"]
            editor.type("x")
            assert (await pull(editor))["items"] == []
        else:
            assert await editor.marks()
            with pytest.raises(Refused):
                await pull(editor)
    pushed = [said for said in editor.heard if said.get("method") == "textDocument/publishDiagnostics"]
    assert bool(pushed) is not pulls


async def test_marks_that_have_not_changed_are_not_sent_again(engine):
    async with editing(engine, capabilities=CAN_PULL) as editor:
        editor.open(NOTE)
        first = await pull(editor)
        editor.type(NOTE + "We spoke.\n")
        second = await pull(editor, before=first["resultId"])
        editor.type("\n" + NOTE)
        third = await pull(editor, before=first["resultId"])
    assert second == {"kind": "unchanged", "resultId": first["resultId"]}
    assert third["kind"] == "full"
    assert third["resultId"] != first["resultId"]


async def test_first_what_needs_no_parser_then_all_and_the_editor_is_told_to_ask_again(fresh_engine):
    async with editing(fresh_engine, capabilities=CAN_PULL, options={"settings": {}}) as editor:
        editor.open(NOTE)
        assert codes((await pull(editor))["items"]) == ["blaming.failed-to"]
        await editor.until(lambda said: said.get("method") == "workspace/diagnostic/refresh")
        whole = (await pull(editor))["items"]
    assert codes(whole) == [finding.rule.id for finding in Linter().check(NOTE).findings]


async def test_an_editor_that_asks_and_cannot_be_told_to_ask_again_waits_for_all(fresh_engine):
    async with editing(fresh_engine, options={"settings": {}, "diagnostics": {"mode": "pull"}}) as editor:
        editor.open(PARSED)
        found = (await pull(editor))["items"]
    assert codes(found) == [finding.rule.id for finding in Linter().check(PARSED).findings]


async def test_the_notes_of_a_folder_are_checked_without_being_opened(engine, tmp_path):
    (tmp_path / "a.txt").write_text(NOTE, encoding="utf-8")
    (tmp_path / "b.md").write_text("```\nMum failed to attend.\n```\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("On disk. Mum failed to attend.", encoding="utf-8")
    (tmp_path / ".fsm-language.yaml").write_text("level: suggestion\n", encoding="utf-8")
    options = {"diagnostics": {"workspace": True}}
    async with editing(engine, capabilities=CAN_PULL, folders=[tmp_path], options=options) as editor:
        editor.open("In the editor.", uri=(tmp_path / "c.txt").as_uri())
        whole = await editor.request("workspace/diagnostic", {"previousResultIds": [], "workDoneToken": "w"})
        known = [{"uri": item["uri"], "value": item["resultId"]} for item in whole["items"]]
        params = {"previousResultIds": known, "partialResultToken": "p"}
        assert await editor.request("workspace/diagnostic", params) == {"items": []}
    assert [(item["uri"][-5:], codes(item["items"])) for item in whole["items"]] == [
        ("a.txt", ["blaming.failed-to"]),
        ("/b.md", []),
    ]
    progress = [said["params"] for said in editor.heard if said.get("method") == "$/progress"]
    values = {token: [part["value"] for part in progress if token == part["token"]] for token in "wp"}
    assert [value["kind"] for value in values["w"]] == ["begin", "report", "report", "end"]
    assert [value["items"][0]["kind"] for value in values["p"]] == ["unchanged", "unchanged"]


async def test_an_editor_that_is_not_told_to_keep_asking_may_have_a_folder_checked_once(engine, tmp_path):
    (tmp_path / "a.txt").write_text(NOTE, encoding="utf-8")
    async with editing(engine, capabilities=CAN_PULL, folders=[tmp_path]) as editor:
        assert editor.result["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"] is False
        whole = await editor.request("workspace/diagnostic", {"previousResultIds": []})
    assert [codes(item["items"]) for item in whole["items"]] == [["blaming.failed-to"]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("markdown", "---\na: 1\n---\n```\nMum failed to attend.\n```\n\n\U0001f600 Mum failed to attend.\n"),
        ("html", "<!-- Mum failed to attend -->\n\n\n\n\n\n\n<p>Mum failed to attend.</p>\n"),
        ("git-commit", "We met.\n# Mum failed to attend.\n\n\n\n\n\n12 Mum failed to attend.\n"),
    ],
    ids=["markdown", "html", "git-commit"],
)
async def test_only_prose_is_checked_and_stands_where_it_was_typed(engine, language, text):
    async with editing(engine) as editor:
        editor.open(text, language=language)
        assert [mark["range"] for mark in await editor.marks()] == [span(7, 7, 23)]


async def test_a_note_that_is_too_long_says_so(engine):
    async with editing(engine, options={"longest": 20}) as editor:
        editor.open("x" * 21)
        (mark,) = await editor.marks()
    assert "The limit is 20 characters" in mark["message"]
    assert (mark["severity"], mark["range"]) == (3, span(0, 0, 0))


async def test_asking_can_be_given_up(fresh_engine):
    async with editing(fresh_engine, options={"settings": {}}) as editor:
        editor.open(NOTE * 2000)
        number = editor.ask("textDocument/hover", {"textDocument": {"uri": "untitled:note"}, "position": place(0, 0)})
        editor.notify("$/cancelRequest", {"id": number})
        answer = await editor.until(lambda said: said.get("id") == number)
        assert answer["error"]["code"] == -32800
        assert await editor.marks()


async def test_two_editors_never_hear_of_each_others_notes(engine):
    async with editing(engine) as one, editing(engine) as other:
        one.open("One wrote this. Mum failed to attend.")
        other.open("The other wrote this.")
        assert await one.marks()
        assert await other.marks() == []
        one.leave()
        other.type(NOTE)
        assert await other.marks()
    assert "One wrote" not in str(other.heard)


async def test_an_editor_elsewhere_has_no_say_over_files_of_this_machine(engine, tmp_path):
    (tmp_path / ".fsm-language.yaml").write_text("ignore: [blaming]\n", encoding="utf-8")
    uri = (tmp_path / "note.txt").as_uri()
    settings = {"packs": [str(tmp_path)], "audience": "court"}
    service = Configuration(Settings(contextual=False, tone=False))
    start = {"folders": [tmp_path], "options": {"settings": settings, "configuration": str(tmp_path / "x.yaml")}}
    async with editing(engine, configuration=service, **start) as editor:
        editor.open(NOTE, uri=uri)
        (mark,) = await editor.marks(uri)
        actions = await editor.actions(mark, uri)
        for action in actions:
            if "command" in action:
                await editor.request("workspace/executeCommand", action["command"])
    assert any("settled by whoever runs the service" in message for message in editor.told())
    assert [file.name for file in tmp_path.iterdir()] == [".fsm-language.yaml"]
    assert (tmp_path / ".fsm-language.yaml").read_text(encoding="utf-8") == "ignore: [blaming]\n"


async def test_messages_that_make_no_sense_end_nothing(engine):
    async with editing(engine) as editor:
        editor.notify("textDocument/didChange", {"textDocument": 5})
        editor.notify("$/unheardOf", {})
        editor._sent.put_nowait("no JSON")
        editor.open(NOTE)
        assert await editor.marks()


async def test_an_editor_that_leaves_without_a_word_is_forgotten(engine):
    async with editing(engine) as editor:
        editor.open(NOTE)
    async with asyncio.timeout(SECONDS):
        await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()}, return_exceptions=True)
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize("name", ["note.txt", "note.md", "note.html"])
async def test_the_same_is_found_as_on_the_command_line_in_web_addresses_too(engine, tmp_path, name):
    text = "Mum failed to attend, see https://example.org/non-compliant/CIN-plan and a.manipulative@example.org.\n"
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    (report,) = batch.check(batch.notes([str(file)], Fields(), io.BytesIO()), Configuration(settings=LEXICAL))
    language = {"txt": "plaintext", "md": "markdown", "html": "html"}[file.suffix[1:]]
    async with editing(engine) as editor:
        editor.open(text, uri=file.as_uri(), language=language)
        marks = await editor.marks(file.as_uri())
    assert [mark["range"] for mark in marks] == [span(0, found.start, found.end) for found in report.findings]
    assert codes(marks) == ["blaming.failed-to"]
