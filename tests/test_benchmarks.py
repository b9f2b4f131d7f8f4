"""A benchmark of the language server comes to its end, with any server that marks each version of a note once."""

import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "lsp.py"
SECONDS = 120
SERVER = BENCHMARK.with_name("lsp_idle.py")  # marks each version of a note once


def test_the_benchmark_of_the_language_server_waits_for_no_marks_that_were_sent_before():
    few = ["--starts", "1", "--settled", "0.2", "--keystrokes", "4", "--edits", "20"]
    command = [sys.executable, BENCHMARK, *few, "--peer", f'"{sys.executable}" "{SERVER}"']
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    assert "marks as of a fresh server      yes" in done.stdout
