"""The same notes give the same findings, places and suggestions wherever they are checked."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from functools import partial
from itertools import islice
from pathlib import Path

import pytest
from editing import editing
from marked import read_notes
from websockets.sync.client import connect

from fsm_language import Document, Edit, Linter, Settings
from fsm_language.finding import apply

NOTES = Path(__file__).parents[1] / "benchmarks/notes/dev.jsonl"
SHORT = 700  # characters
CORPUS = {
    f"\U0001f600 {number}": f"\U0001f600 Visit {number}. {text}"
    for number, text in enumerate(
        islice((note.text for note in read_notes(NOTES) if len(note.text) < SHORT), 30),
    )
}
COMMAND = [sys.executable, "-m", "fsm_language_cli"]


def edited(text, edits):
    return apply(text, [Edit(edit["start"], edit["end"], edit["text"]) for edit in edits])


def told(text, findings):
    """What JSON says of a note: each rule and place, and the note as each suggestion would have it."""
    return [
        (one["rule"], one["start"], one["end"], [edited(text, s["edits"]) for s in one["suggestions"] if s["edits"]])
        for one in findings
    ]


@pytest.fixture(scope="module")
def expected():
    """What the library finds."""
    linter = Linter()
    return {
        name: [
            (f.rule.id, f.start, f.end, [apply(text, s.edits) for s in f.suggestions if s.edits])
            for f in linter.check(text).findings
        ]
        for name, text in CORPUS.items()
    }


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """The notes as a file of records."""
    file = tmp_path_factory.mktemp("corpus") / "corpus.jsonl"
    lines = [json.dumps({"id": name, "text": text}) for name, text in CORPUS.items()]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def printed(form, file):
    done = subprocess.run([*COMMAND, "check", file, "--format", form], capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    return done.stdout.decode()


def by_jsonl(file, _request):
    return [json.loads(line) for line in printed("jsonl", file).splitlines()]


def by_json(file, _request):
    return json.loads(printed("json", file))["notes"]


def by_audit(file, _request, engine="local"):
    folder = file.parent / engine
    audit = [*COMMAND, "audit", file, "--with-text", "--output", folder, "--quiet", "--engine", engine]
    subprocess.run(audit, check=True, capture_output=True)
    return [json.loads(line) for line in (folder / "findings.jsonl").read_text(encoding="utf-8").splitlines()]


def by_http(_file, request):
    service = request.getfixturevalue("service")
    return [service.check(text, id=name).json() for name, text in CORPUS.items()]


IN_RECORDS = {
    "CLI, JSON Lines": by_jsonl,
    "CLI, JSON": by_json,
    "audit": by_audit,
    "Spark": partial(by_audit, engine="spark"),
    "POST /check": by_http,
}


@pytest.mark.parametrize("records", IN_RECORDS.values(), ids=IN_RECORDS)
def test_records_tell_what_the_library_finds(records, expected, file, request):
    found = {record["id"]: told(CORPUS[record["id"]], record["findings"]) for record in records(file, request)}
    assert found == expected


def test_languagetools_clients_are_told_what_the_library_finds(service, expected):
    for name, text in CORPUS.items():
        found = []
        answer = service.client.post("/v2/check", data={"language": "en-GB", "text": text})
        for match in answer.json()["matches"]:
            start = from_utf16(text, match["offset"])
            end = from_utf16(text, match["offset"] + match["length"])
            taken = [text[:start] + replacement["value"] + text[end:] for replacement in match["replacements"]]
            found.append((match["rule"]["id"], start, end, taken))
        assert [(rule, taken) for rule, _, _, taken in found] == [(rule, taken) for rule, _, _, taken in expected[name]]
        assert all(
            start <= one[1] and one[2] <= end for (_, start, end, _), one in zip(found, expected[name], strict=True)
        )


def from_utf16(text, units):
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le"))


def marked(text, marks, actions):
    """What an editor is told: each mark's rule and place, and the note as each of its quick fixes would have it."""
    document = Document(text)

    def span(where):
        return [document.offset(place["line"], place["character"], "utf-16") for place in where.values()]

    def taken(action):
        (edits,) = action["edit"]["changes"].values()
        return apply(text, [Edit(*span(edit["range"]), edit["newText"]) for edit in edits])

    def key(mark):
        return mark["code"], *span(mark["range"])

    fixes = [action for action in actions if action["kind"] == "quickfix" and "edit" in action]
    return [(*key(mark), [taken(fix) for fix in fixes if key(fix["diagnostics"][0]) == key(mark)]) for mark in marks]


def everywhere(text):
    lines = text.split("\n")
    return {"start": {"line": 0, "character": 0}, "end": {"line": len(lines), "character": 0}}


async def in_an_editor(engine, mode):
    found = {}
    options = {"settings": {}, "diagnostics": {"mode": mode, "delay": 0}}
    async with editing(engine, options=options) as editor:
        for number, (name, text) in enumerate(CORPUS.items()):
            uri = f"untitled:note{number}"
            editor.open(text, uri)
            if mode == "push":
                marks = await editor.marks(uri)
            else:
                answer = await editor.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
                marks = answer["items"]
            found[name] = marked(text, marks, await editor.actions(everywhere(text), uri))
    return found


@pytest.mark.parametrize("mode", ["push", "pull"])
def test_editors_are_told_what_the_library_finds(mode, engine, expected):
    engine.load(Settings()).result()
    assert asyncio.run(in_an_editor(engine, mode)) == expected


def test_editors_on_a_websocket_are_told_what_the_library_finds(service, expected):
    options = {"diagnostics": {"mode": "pull", "delay": 0}}
    start = {"processId": None, "rootUri": None, "capabilities": {}, "initializationOptions": options}
    with connect(service.address.replace("http", "ws") + "/lsp", max_size=None) as web:

        def say(method, params, number=None):
            message = {"jsonrpc": "2.0", "method": method, "params": params, **({"id": number} if number else {})}
            web.send(json.dumps(message))
            while number:
                said = json.loads(web.recv(timeout=180))
                if said.get("id") == number and "method" not in said:
                    return said["result"]
            return None

        say("initialize", start, 1)
        say("initialized", {})
        for number, (name, text) in enumerate(CORPUS.items()):
            document = {"textDocument": {"uri": f"untitled:note{number}"}}
            item = {**document["textDocument"], "languageId": "plaintext", "version": 1, "text": text}
            say("textDocument/didOpen", {"textDocument": item})
            marks = say("textDocument/diagnostic", document, number * 2 + 2)["items"]
            asked = {**document, "range": everywhere(text), "context": {"diagnostics": []}}
            assert marked(text, marks, say("textDocument/codeAction", asked, number * 2 + 3)) == expected[name]
