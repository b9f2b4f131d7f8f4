"""Programs that people have, checking notes against the service: LibreOffice Writer and LanguageTool's Python clients.

They run as programs of their own; nothing of theirs is imported by what is shipped.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

CLIENTS = Path(__file__).parent / "clients"
NOTE = "\U0001f600 Mum failed to attend."
SYSTEM_PYTHON = "/usr/bin/python3"  # the one that has LibreOffice's uno
SECONDS = 300

PYTHON_CLIENT = """
import json, sys
import language_tool_python
tool = language_tool_python.LanguageTool("en-GB", remote_server=sys.argv[1])
note = sys.argv[2]
matches = tool.check(note)
print(json.dumps({"rules": [match.rule_id for match in matches],
                  "words": [match.matched_text for match in matches],
                  "mended": tool.correct(note)}))
"""


def ran(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_language_tool_python_checks_and_mends_a_note(service):
    note = "Mum failed to attend."  # with an emoji it miscounts the words it shows, whatever server it asks
    told = json.loads(ran(sys.executable, "-c", PYTHON_CLIENT, service.address, note))
    assert told == {
        "rules": ["blaming.failed-to"],
        "words": ["failed to attend"],
        "mended": "Mum did not attend.",
    }


def test_pylanguagetool_shows_the_words_and_the_better_ones(service, tmp_path):
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    program = str(Path(sys.executable).parent / "pylanguagetool")
    command = [program, "--api-url", f"{service.address}/v2/", "--lang", "en-GB", "--no-color"]
    done = subprocess.run(
        [*command, str(tmp_path / "note.txt")], capture_output=True, text=True, check=False, timeout=SECONDS
    )
    assert "failed to attend" in done.stdout, done.stdout + done.stderr
    assert "did not attend" in done.stdout


@pytest.fixture
def office(tmp_path):
    """LibreOffice without a window, with a profile of its own; where it listens."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        program,
        "--headless",
        "--invisible",
        "--norestore",
        f"-env:UserInstallation={tmp_path.as_uri()}/profile",
    ]
    listening = f"--accept=socket,host=127.0.0.1,port={port};urp;"
    with subprocess.Popen([*command, listening], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        yield port
        process.terminate()


def test_libreoffice_marks_the_words_and_asks_about_an_explained_acronym_no_more(service, office):
    paragraphs = [
        NOTE,
        "The CIN plan was read out.",
        "Child in Need (CIN) is a plan for help.",
        "We read out the CIN plan.",
        "At A&E she failed to attend, 50% + 2.",
    ]
    client = str(CLIENTS / "libreoffice.py")
    told = json.loads(ran(SYSTEM_PYTHON, client, str(office), f"{service.address}/v2", *paragraphs))
    assert told["offered"] == ["org.openoffice.lingu.LanguageToolGrammarChecker"]
    first, acronym, explains, again, encoded = told["paragraphs"]
    mark = next(mark for mark in first if "did not attend" in mark["suggestions"])
    units = NOTE.encode("utf-16-le")[2 * mark["start"] : 2 * (mark["start"] + mark["length"])]
    assert units.decode("utf-16-le") == "failed to attend"
    assert "verdict" in mark["comment"]
    assert any("Child in Need (CIN)" in mark["suggestions"] for mark in acronym)
    assert explains == again == []
    assert paragraphs[4][encoded[0]["start"] :].startswith("failed to attend")
