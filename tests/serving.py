"""A service of our own to test against: the real command, in a process of its own, on a free port."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

STARTING = 180


@dataclass(frozen=True)
class Served:
    """A running service: its address without the last slash, a client for it, and its process."""

    address: str
    client: httpx.Client
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def check(self, text, **more):
        """What `POST /check` answers."""
        return self.client.post("/check", json={"text": text, **more})


SERVE = (sys.executable, "-m", "fsm_language_cli", "serve", "--port", "0")
TALKATIVE = (sys.executable, str(Path(__file__).parent / "canary.py"), "serve", "--port", "0")


@contextmanager
def served(*arguments: str, command=SERVE, **options) -> Iterator[Served]:
    """Start `fsm-language serve` with more arguments, and stop it as a person would."""
    process = subprocess.Popen(
        [*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )
    try:
        address = re.search(r"https?://\S+(?=/ )", process.stdout.readline())
        assert address, process.stderr.read()
        with httpx.Client(base_url=address[0], timeout=STARTING, verify=False) as client:  # noqa: S501  # our own
            yield Served(address[0], client, process)
    finally:
        process.terminate()
        process.communicate(timeout=60)
