"""A benchmark of the language server comes to its end, with any server that marks each version of a note once."""

import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "lsp.py"
SECONDS = 120
SERVER = """
from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

server = LanguageServer("once", "1")


def publish(note):
    server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(note.uri, [], note.version))


server.feature("textDocument/didOpen")(lambda params: publish(params.text_document))
server.feature("textDocument/didChange")(lambda params: publish(params.text_document))
server.start_io()
"""


def test_the_benchmark_of_the_language_server_waits_for_no_marks_that_were_sent_before(tmp_path):
    server = tmp_path / "once.py"
    server.write_text(SERVER, encoding="utf-8")
    few = ["--settled", "0.2", "--keystrokes", "4", "--edits", "20"]
    command = [sys.executable, BENCHMARK, *few, "--peer", f'"{sys.executable}" "{server}"']
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    assert "marks as of a fresh server      yes" in done.stdout
