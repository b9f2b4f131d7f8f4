"""Processes that are killed or have no memory left: the others go on, and the one note is an error in plain words."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from serving import TALKATIVE, served

FOUND = "Mum failed to attend."
POISON = "Zebulon Quillfeather failed to attend."
ENDED = "The process that checked this note ended, perhaps for want of memory. Try a shorter note."
QUICK = ("--workers", "1", "--no-context", "--no-tone")
LONG = "Mum failed to attend, and Dad refused to engage. " * 3_500


def worker(service):
    """The number of the process that checks notes for a service that has one."""
    tasks = Path(f"/proc/{service.process.pid}/task").glob("*/children")
    started = [int(child) for task in tasks for child in task.read_text().split()]
    (one,) = (child for child in started if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes())
    return one


def killed(process):
    """Kill a process and wait until it runs no more."""
    os.kill(process, signal.SIGKILL)
    state = Path(f"/proc/{process}/stat")
    while state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z":
        os.sched_yield()


@pytest.fixture(scope="module")
def poisoned():
    """A service whose worker is killed, as by a machine short of memory, over one note."""
    with served(*QUICK, command=TALKATIVE, env={**os.environ, "FAILING": "kill"}) as running:
        yield running


def test_a_note_that_kills_its_worker_is_an_error_in_plain_words_and_the_next_is_checked(poisoned):
    answer = poisoned.check(POISON)
    assert (answer.status_code, answer.json()) == (500, {"error": ENDED})
    assert [f["rule"] for f in poisoned.check(FOUND).json()["findings"]] == ["blaming.failed-to"]


def test_among_many_notes_only_those_that_kill_their_workers_are_errors(poisoned):
    sent = [POISON if number % 5 == 0 else f"{FOUND} Visit {number}." for number in range(20)]
    with ThreadPoolExecutor(4) as clients:
        statuses = list(clients.map(lambda note: poisoned.check(note).status_code, sent))
    assert statuses == [500 if note == POISON else 200 for note in sent]


def test_languagetools_clients_are_told_too(poisoned):
    answer = poisoned.client.post("/v2/check", data={"language": "en-GB", "text": POISON})
    assert (answer.status_code, answer.text) == (500, f"Error: {ENDED}")


def test_a_worker_killed_while_it_has_nothing_to_do_costs_no_note(poisoned):
    before = worker(poisoned)
    killed(before)
    assert poisoned.check(FOUND).status_code == 200
    assert worker(poisoned) != before


def test_a_worker_short_of_memory_says_so_and_checks_on_when_it_has_some():
    with served(*QUICK) as service:
        assert service.check(FOUND).status_code == 200
        process = worker(service)
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[0])
        resource.prlimit(process, resource.RLIMIT_AS, (pages * resource.getpagesize(), resource.RLIM_INFINITY))
        answer = service.check(LONG)
        assert answer.status_code == 500
        assert answer.json()["error"].startswith(("The note could not be checked (MemoryError).", ENDED))
        resource.prlimit(worker(service), resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert service.check(FOUND).status_code == 200


SHORT_OF_MEMORY = f"""
import resource
from pathlib import Path
from fsm_language import Settings
from fsm_language.batch import Bench
from fsm_language.configuration import Configuration
from fsm_language.readers import Note

bench = Bench(Configuration(Settings(contextual=False, tone=False)))
short, long = Note("note", {FOUND!r}), Note("note", {LONG[:49]!r} * 20_000)
reports = [bench.check(short)]
pages = int(Path("/proc/self/statm").read_text().split()[0])
resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize(), resource.RLIM_INFINITY))
reports += bench.check_all([short, long, short])
resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
reports.append(bench.check(short))
for report in reports:
    print(len(report.findings), report.error)
"""


def test_a_note_too_large_for_memory_does_not_end_a_run():
    done = subprocess.run([sys.executable, "-c", SHORT_OF_MEMORY], capture_output=True, text=True, check=False)
    *short, long, beside, last = done.stdout.splitlines()
    assert [*short, beside, last] == ["1 None"] * 4
    assert long.startswith("0 The note could not be checked (MemoryError).")


def test_a_note_that_kills_a_process_of_a_run_is_an_error_and_no_other_note_is(tmp_path):
    file = tmp_path / "notes.jsonl"
    texts = [f"{POISON if n in (3, 11) else FOUND} {'Gran made tea. ' * 600}" for n in range(16)]
    file.write_text("\n".join(json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts)))
    command = [*TALKATIVE[:2], "check", str(file), "--format", "jsonl", "--jobs", "2", *QUICK[2:]]
    environment = {**os.environ, "FAILING": "kill"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [report["id"] for report in reports] == [str(n) for n in range(16)]
    assert {report["id"] for report in reports if report["error"]} == {"3", "11"}
    assert done.returncode == 2
    assert "Quillfeather" not in done.stdout + done.stderr
