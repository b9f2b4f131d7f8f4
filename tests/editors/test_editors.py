"""Real editors with the settings that we ship: a note is opened, marked, explained and mended, as by a person."""

import os
import shutil
import sys
import time
from pathlib import Path

import pytest
from emacs_client import Emacs
from neovim_client import Neovim

BESIDE_PYTHON = Path(sys.executable).parent
CANARY = "Zebulon Quillfeather"
# an astral character, curly quotes and a Word line break before the words show whether places are counted alike
NOTE = f"\U0001f600 “Hello,” said {CANARY}.\x0bMum failed to attend.\nWe talked about the summer.\n"
FAILED = ("blaming.failed-to", "failed to attend")
REFUSED = ("blaming.does-not-engage", "refused to engage")
SECONDS = 120


def installed():
    """Every editor that is here: one in the virtual environment, and the one on the PATH."""
    for client, name in ((Neovim, "nvim"), (Emacs, "emacs")):
        places = (shutil.which(name, path=BESIDE_PYTHON), shutil.which(name))
        for program in dict.fromkeys(place for place in places if place):
            yield pytest.param((client, program), id=program)
        if not any(places):
            yield pytest.param((client, name), id=name, marks=pytest.mark.skip(f"{name} is not installed"))


def eventually(look, wanted):
    """What `look` gives once it is `wanted`, or what it still gave when it was time to stop waiting."""
    until = time.monotonic() + SECONDS
    while (seen := look()) != wanted and time.monotonic() < until:
        pass  # looking lets the editor work for a moment
    return seen


@pytest.fixture(scope="module", params=installed())
def editor(request, tmp_path_factory):
    client, program = request.param
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PATH", str(BESIDE_PYTHON), prepend=os.pathsep)
        editor = client(program, tmp_path_factory.mktemp("home"), environment)
        yield editor
        logs = editor.logs()
        editor.close()
    assert CANARY not in logs


@pytest.fixture
def file(tmp_path, editor):
    file = tmp_path / "visit.txt"
    file.write_text(NOTE, encoding="utf-8")
    editor.open(file)
    return file


@pytest.mark.usefixtures("file")
def test_opening_a_note_marks_the_words_where_they_stand(editor):
    assert eventually(editor.marks, [FAILED]) == [FAILED]


@pytest.mark.usefixtures("file")
def test_words_are_marked_as_they_are_typed(editor):
    assert eventually(editor.marks, [FAILED]) == [FAILED]
    editor.write_at_the_end("Dad refused to engage.")
    assert eventually(editor.marks, [FAILED, REFUSED]) == [FAILED, REFUSED]


def test_a_quick_fix_writes_the_better_words_into_the_buffer_alone(editor, file):
    assert eventually(editor.marks, [FAILED]) == [FAILED]
    editor.ask_what_is_offered("failed to attend")
    assert eventually(lambda: "Write “did not attend”" in editor.offered(), wanted=True)
    editor.take_the_first_offer("failed to attend")
    mended = NOTE.replace("failed to attend", "did not attend")
    assert eventually(editor.text, mended) == mended
    assert eventually(editor.marks, []) == []
    assert file.read_text(encoding="utf-8") == NOTE


@pytest.mark.usefixtures("file")
def test_asking_why_shows_the_reason(editor, linter):
    assert eventually(editor.marks, [FAILED]) == [FAILED]
    why = linter.check(NOTE).findings[0].rule.why
    editor.ask_why("failed to attend")
    assert eventually(lambda: why[:40] in " ".join(editor.why().split()), wanted=True)
