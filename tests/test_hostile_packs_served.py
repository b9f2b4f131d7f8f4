"""Hostile packs beside notes: the language server says what is wrong and goes on, the service does not start."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest
from lsprotocol import types as lsp
from pytest_lsp import client_capabilities, make_test_lsp_client
from serving import SERVE
from test_hostile_packs import HOSTILE

from fsm_language import RuleError, Settings

SECONDS = 180
NOTE = "Mum failed to attend."
WORST = ("code", "aliases of aliases", "brackets without end", "lists without end")


def notes_beside(packs, place):
    """A note for each pack, in a folder whose settings name the pack."""
    for number, content in enumerate(packs):
        folder = place / str(number)
        folder.mkdir()
        (folder / "hostile.yaml").write_text(content, encoding="utf-8")
        (folder / ".fsm-language.yaml").write_text("packs: [hostile.yaml]\n", encoding="utf-8")
        yield folder / "note.txt"


@pytest.mark.asyncio
async def test_the_language_server_says_so_of_each_and_checks_with_the_shipped_rules(tmp_path):
    notes = list(notes_beside((HOSTILE[name][0] for name in WORST), tmp_path))
    folders = [lsp.WorkspaceFolder(note.parent.as_uri(), note.parent.name) for note in notes]
    client = make_test_lsp_client()
    await client.start_io(sys.executable, "-m", "fsm_language_lsp", cwd=tmp_path)
    capabilities = client_capabilities("visual-studio-code")
    options = {"settings": {"contextual": False, "tone": False}}
    await client.initialize_session(
        lsp.InitializeParams(capabilities, initialization_options=options, workspace_folders=folders)
    )
    for note in notes:
        item = lsp.TextDocumentItem(note.as_uri(), "plaintext", 1, NOTE)
        client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
    async with asyncio.timeout(SECONDS):
        while not all(client.diagnostics.get(note.as_uri()) for note in notes):
            await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert {mark.code for marks in client.diagnostics.values() for mark in marks} == {"blaming.failed-to"}
    told = [said.message for said in client.messages if "the shipped rules are used" in said.message]
    assert all(any(str(note.with_name("hostile.yaml")) in message for message in told) for note in notes)
    server = client._server
    await client.shutdown_session()
    await client.stop()
    assert server.returncode == 0
    assert not list(tmp_path.rglob("RAN"))


def test_one_that_was_refused_is_not_read_again_until_it_may_have_changed(tmp_path, fresh_engine):
    (note,) = notes_beside(["topic: 2026-13-45"], tmp_path)
    pack = note.with_name("hostile.yaml")
    settings = Settings(packs=(pack,), contextual=False, tone=False)
    refused = []
    for _ in range(2):
        with pytest.raises(RuleError) as error:
            fresh_engine.now(settings)
        refused.append(error.value)
    assert refused[0] is refused[1]
    pack.write_text("topic: ours", encoding="utf-8")
    fresh_engine.forget()
    assert fresh_engine.now(settings).linter.check(NOTE).findings


def test_a_service_whose_settings_name_one_does_not_start_and_says_why(tmp_path):
    (note,) = notes_beside([HOSTILE["lists without end"][0]], tmp_path)
    done = subprocess.run(SERVE, cwd=note.parent, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert done.returncode == 2
    assert "hostile.yaml" in done.stderr
    assert "Traceback" not in done.stderr
