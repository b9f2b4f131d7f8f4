"""The language server over the service's WebSocket: text frames, and a server of its own for each client."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest
from websockets.sync.client import connect

URI = "inmemory:note"
SECONDS = 120


class Editor:
    def __init__(self, web):
        self.web = web
        self.heard = []
        self.number = 0

    def say(self, method, params):
        self.web.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}))

    def ask(self, method, params):
        self.number += 1
        self.web.send(json.dumps({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}))
        return self.hear(lambda message: message.get("id") == self.number and "method" not in message)["result"]

    def hear(self, wanted):
        while True:
            frame = self.web.recv(timeout=SECONDS)
            assert isinstance(frame, str), "browsers and their libraries read text frames only"
            self.heard.append(frame)
            message = json.loads(frame)
            if wanted(message):
                return message

    def open(self, text):
        document = {"uri": URI, "languageId": "plaintext", "version": 1, "text": text}
        self.say("textDocument/didOpen", {"textDocument": document})

    def marks(self, of):
        def has(message):
            return message.get("method") == "textDocument/publishDiagnostics" and any(
                mark["code"] == of for mark in message["params"]["diagnostics"]
            )

        return self.hear(has)["params"]["diagnostics"]


@contextmanager
def editor(service):
    with connect(service.address.replace("http", "ws") + "/lsp") as web:
        editor = Editor(web)
        editor.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        editor.say("initialized", {})
        yield editor


def hovered(editor):
    place = {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 6}}
    return editor.ask("textDocument/hover", place)


def test_a_note_is_marked_and_explained(service):
    with editor(service) as one:
        one.open("Mum failed to attend.")
        mark = next(mark for mark in one.marks("blaming.failed-to") if mark["code"] == "blaming.failed-to")
        assert mark["range"]["start"] == {"line": 0, "character": 4}
        assert "http" in json.dumps(hovered(one))


def test_two_clients_never_see_each_others_notes(service):
    with editor(service) as one, editor(service) as other:
        one.open("Zebulon failed to attend.")
        one.marks("blaming.failed-to")
        assert hovered(other) is None
        other.open("Quillfeather is hard to reach.")
        other.marks("blaming.hard-to-reach")
        assert "Quillfeather" not in "".join(one.heard)
        assert "Zebulon" not in "".join(other.heard)
        assert "failed" not in "".join(other.heard)


def test_one_client_leaving_does_not_disturb_another(service):
    with editor(service) as staying:
        with editor(service) as leaving:
            leaving.open("Mum failed to attend.")
            leaving.ask("shutdown", None)
            leaving.say("exit", None)
        staying.open("Dad failed to attend.")
        assert staying.marks("blaming.failed-to")


@pytest.mark.parametrize(
    "message", ["", "no JSON", "[]", "{}", '{"jsonrpc": "1.0"}', '{"jsonrpc": "2.0", "id": {}}', "7"]
)
def test_a_message_that_makes_no_sense_does_not_end_the_conversation(service, message):
    with editor(service) as one:
        one.web.send(message)
        one.open("Mum failed to attend.")
        assert one.marks("blaming.failed-to")
