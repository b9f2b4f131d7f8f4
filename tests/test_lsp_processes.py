"""The language server as a process: over standard input and output with real editors' abilities, and over TCP."""

import asyncio
import os
import subprocess
import sys

import pytest
from editing import editing
from lsprotocol import types as lsp
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

SERVER = [sys.executable, "-m", "fsm_language_lsp"]
CANARY = "Zebulon Quillfeather"
NOTE = f"{CANARY} \U0001f600\x0b met us.\r\nMum failed to attend.\n"
URI = "untitled:note"
SECONDS = 180
pytestmark = [pytest.mark.asyncio, pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning")]


async def marks(client, wanted):
    """The marks of the note, once they are `wanted`."""
    async with asyncio.timeout(SECONDS):
        while not (URI in client.diagnostics and wanted(client.diagnostics[URI])):
            await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return client.diagnostics[URI]


def open_note(client, text=NOTE, language="plaintext"):
    item = lsp.TextDocumentItem(URI, language, 1, text)
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))


async def started(client, profile="visual-studio-code"):
    options = {"diagnostics": {"delay": 0}}
    await client.initialize_session(
        lsp.InitializeParams(capabilities=client_capabilities(profile), initialization_options=options)
    )
    return client


@pytest.mark.parametrize("profile", ["visual-studio-code", "neovim@v0.11", "neovim@v0.6", "emacs"])
async def test_an_editor_opens_a_note_takes_a_fix_asks_why_and_leaves(profile, capfd):
    client = make_test_lsp_client()
    await client.start_io(*SERVER)
    await started(client, profile)
    open_note(client)
    (mark,) = await marks(client, bool)
    assert mark.range == lsp.Range(lsp.Position(1, 4), lsp.Position(1, 20))
    note = lsp.TextDocumentIdentifier(URI)
    asked = lsp.CodeActionParams(note, mark.range, lsp.CodeActionContext([mark]))
    action = (await client.text_document_code_action_async(asked))[0]
    if action.edit is None:
        action = await client.code_action_resolve_async(action)
    (edit,) = action.edit.document_changes[0].edits if action.edit.document_changes else action.edit.changes[URI]
    hover = await client.text_document_hover_async(lsp.HoverParams(note, mark.range.start))
    assert "https://" in hover.contents.value
    named = lsp.VersionedTextDocumentIdentifier(2, URI)
    change = lsp.TextDocumentContentChangePartial(edit.range, edit.new_text)
    client.text_document_did_change(lsp.DidChangeTextDocumentParams(named, [change]))
    await marks(client, lambda found: not found)
    server = client._server
    await client.shutdown_session()
    await client.stop()
    assert server.returncode == 0
    assert CANARY not in "".join(capfd.readouterr())


async def test_leaving_without_saying_so_is_no_success():
    client = make_test_lsp_client()
    await client.start_io(*SERVER)
    await started(client)
    client.exit(None)
    async with asyncio.timeout(SECONDS):
        assert await client._server.wait() == 1
    await client.stop()


async def test_the_server_ends_when_its_input_does():
    process = await asyncio.create_subprocess_exec(*SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.close()
    async with asyncio.timeout(SECONDS):
        assert await process.wait() == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows closes the input instead")
async def test_the_server_ends_when_the_editor_dies_even_if_its_input_stays_open():
    editor = await asyncio.create_subprocess_exec(sys.executable, "-c", "input()", stdin=subprocess.PIPE)
    client = make_test_lsp_client()
    await client.start_io(*SERVER)
    await client.initialize_session(lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), process_id=editor.pid))
    editor.kill()
    await editor.wait()
    async with asyncio.timeout(SECONDS):
        assert await client._server.wait() == 1
    await client.stop()


async def test_the_command_line_starts_the_same_server():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "fsm_language_cli", "lsp", stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    client = make_test_lsp_client()
    body = b'{"jsonrpc": "2.0", "id": 1, "method": "shutdown"}'
    process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    said = await asyncio.wait_for(process.stdout.readline(), SECONDS)
    process.stdin.close()
    await process.wait()
    assert said.startswith(b"Content-Length: ")
    assert client.error is None


async def test_over_tcp_each_editor_has_a_server_of_its_own():
    process = await asyncio.create_subprocess_exec(*SERVER, "--tcp", "0", stderr=subprocess.PIPE)
    where = (await asyncio.wait_for(process.stderr.readline(), SECONDS)).decode()
    address, port = where.split()[-1].split(":")
    one, other = await joined(address, port), await joined(address, port)
    try:
        open_note(one)
        open_note(other, "Nothing of the kind.")
        assert await marks(one, bool)
        await marks(other, lambda found: not found)
        await one.shutdown_session()  # the other one's server goes on
        await one.stop()
        named = lsp.VersionedTextDocumentIdentifier(2, URI)
        whole = lsp.TextDocumentContentChangeWholeDocument("Dad failed to attend.")
        other.text_document_did_change(lsp.DidChangeTextDocumentParams(named, [whole]))
        assert await marks(other, bool)
        assert address == "127.0.0.1"
    finally:
        await other.stop()
        process.terminate()
        await process.wait()


async def joined(address, port) -> LanguageClient:
    client = make_test_lsp_client()
    await client.start_tcp(address, int(port))
    return await started(client)


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"Content-Length: 99999999999999999999\r\n\r\n", id="a message larger than any machine"),
        pytest.param(b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", id="a length of 5,000 figures"),
        pytest.param(b"Content-Length: 10\r\n\r\n{", id="a message cut short"),
        pytest.param(b"Content-Length: -1\r\n\r\n{}\r\n", id="a length below nothing"),
        pytest.param(b"\0" * 1000, id="no message at all"),
    ],
)
async def test_what_is_no_message_ends_the_connection_without_a_word(sent):
    process = await asyncio.create_subprocess_exec(*SERVER, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    async with asyncio.timeout(SECONDS):
        _, said = await process.communicate(sent)
    assert b"Traceback" not in said
    assert process.returncode in (0, 1)


async def test_messages_nested_beyond_measure_are_passed_over(engine):
    async with editing(engine) as editor:
        editor._sent.put_nowait("[" * 100_000)
        editor._sent.put_nowait('{"jsonrpc": "2.0", "id": 7, "method": "x", "params": ' + "[" * 100_000)
        editor.open("Mum failed to attend.")
        assert await editor.marks(wanted=bool)
