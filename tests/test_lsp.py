"""The language server over its own standard input and output, spoken to as an editor would."""

import json
import subprocess
import sys

import pytest

CANARY = "Zebulon Quillfeather"
NOTE = f"{CANARY} \U0001f600 said hello.\r\nMum failed to attend the review.\x0bShe was tired.\n"
URI = "untitled:note"


class Editor:
    def __init__(self, process):
        self.process = process
        self.number = 0

    def send(self, method, params, *, request=False):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if request:
            self.number += 1
            message["id"] = self.number
        body = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()
        return self.read(lambda m: m.get("id") == self.number and "method" not in m)["result"] if request else None

    def read(self, wanted):
        while True:
            length = 0
            while line := self.process.stdout.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            message = json.loads(self.process.stdout.read(length))
            if wanted(message):
                return message

    def diagnostics(self, version):
        published = self.read(
            lambda m: m.get("method") == "textDocument/publishDiagnostics" and m["params"].get("version") == version
        )
        return published["params"]["diagnostics"]


@pytest.fixture
def editor():
    command = [sys.executable, "-m", "fsm_language_lsp"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        editor = Editor(process)
        editor.send("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, request=True)
        editor.send("initialized", {})
        yield editor
        editor.send("shutdown", None, request=True)
        editor.send("exit", None)
        process.stdin.close()
        assert process.wait(timeout=20) == 0
        assert CANARY.encode() not in process.stderr.read()


def open_note(editor, text=NOTE):
    document = {"uri": URI, "languageId": "plaintext", "version": 1, "text": text}
    editor.send("textDocument/didOpen", {"textDocument": document})


def test_opening_a_note_marks_the_words_where_they_stand(editor):
    open_note(editor)
    marks = [d for d in editor.diagnostics(1) if d["code"].startswith("blaming.")]
    assert marks[0]["range"] == {"start": {"line": 1, "character": 4}, "end": {"line": 1, "character": 20}}


def test_a_quick_fix_offers_the_better_words_for_this_version(editor):
    open_note(editor)
    place = editor.diagnostics(1)[0]["range"]
    params = {"textDocument": {"uri": URI}, "range": place, "context": {"diagnostics": []}}
    actions = editor.send("textDocument/codeAction", params, request=True)
    change = actions[0]["edit"]["documentChanges"][0]
    assert change["textDocument"]["version"] == 1
    assert change["edits"][0]["newText"] == "did not attend"
    assert actions[0]["isPreferred"]


def test_mending_the_words_takes_the_mark_away(editor):
    open_note(editor)
    assert editor.diagnostics(1)
    mended = NOTE.replace("failed to attend", "did not come to")
    change = {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": mended}]}
    editor.send("textDocument/didChange", change)
    assert editor.diagnostics(2) == []


def test_hover_says_why_and_who_recommends_it(editor):
    open_note(editor)
    editor.diagnostics(1)
    params = {"textDocument": {"uri": URI}, "position": {"line": 1, "character": 6}}
    hover = editor.send("textDocument/hover", params, request=True)
    assert "http" in hover["contents"]["value"]


def test_closing_a_note_clears_its_marks(editor):
    open_note(editor)
    editor.diagnostics(1)
    editor.send("textDocument/didClose", {"textDocument": {"uri": URI}})
    assert editor.diagnostics(None) == []


def test_an_empty_note_is_nothing_to_remark_on(editor):
    open_note(editor, "")
    assert editor.diagnostics(1) == []
