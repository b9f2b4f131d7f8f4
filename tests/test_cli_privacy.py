"""No words of a note in any output, cache or left-over file of a command that is not asked to show them."""

from __future__ import annotations

import os
import subprocess

import pytest
from serving import TALKATIVE

NOTE = "Zebulon Quillfeather was there. Mum failed to attend.\n"
COMMANDS = {
    "check": ("check", "{notes}/note.md", "--format", "jsonl"),
    "audit": ("audit", "{notes}", "--output", "{out}", "--quiet"),
    "annotate": ("annotate", "{notes}/note.md", "{notes}/copy.md"),
    "baseline": ("baseline", "update", "{notes}", "--baseline", "{out}/baseline.json"),
    "ignore": ("ignore", "add", "{notes}/note.md", "--line", "1", "--ignores", "{out}/ignores.json"),
}


@pytest.mark.parametrize("failing", [False, True], ids=["sound", "failing"])
@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_no_word_of_a_note_is_left_anywhere_with_every_logger_at_its_most_talkative(arguments, failing, tmp_path):
    notes, out = tmp_path / "notes", tmp_path / "out"
    notes.mkdir()
    out.mkdir()
    (notes / "note.md").write_text(NOTE, encoding="utf-8")
    command = [*TALKATIVE[:2], *(part.format(notes=notes, out=out) for part in arguments), "--no-context", "--no-tone"]
    kept = {name: str(out) for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR")}
    environment = {**os.environ, **kept, **({"FAILING": "raise"} if failing else {})}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=out)
    assert (done.returncode in (0, 1)) is not failing, done.stderr
    files = [file.read_bytes() for file in out.rglob("*") if file.is_file()]
    assert "Quillfeather" not in done.stdout + done.stderr
    assert not any(b"Quillfeather" in content for content in files)
