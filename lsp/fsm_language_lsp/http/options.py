"""How the service is run: where it listens, who may ask, and how much it takes on."""

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path

from fsm_language.settings import Settings, SettingsError

LEAST_TOKEN = 16  # characters that nobody guesses
LOOPBACK = ("localhost", "127.0.0.1", "::1")
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104  # compared with, not bound to


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Options:
    """Choices for one service; the defaults suit one person on their own machine.

    settings      what the linters find
    host, port    where to listen; port 0 takes one that is free
    token         what clients must show; needed unless `host` is this machine only
    names         further names under which people reach the service, as their browsers send them
    origins       web pages and browser add-ons that may ask from elsewhere: `https://records.example.org`, or
                  `moz-extension://` for every add-on of a browser
    certificate   PEM files for TLS: certificate and key
    workers       processes that check notes
    most_text     characters of a note
    most_waiting  notes that may wait for a worker
    most_open     connections at a time
    rate          requests a minute from one address; 0 is any number
    seconds       how long one note may take to arrive, and to be checked
    """

    settings: Settings = field(default_factory=Settings)
    host: str = "127.0.0.1"
    port: int = 8081
    token: str = ""
    names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    certificate: tuple[Path, Path] | None = None
    workers: int = field(default_factory=processors)
    most_text: int = 200_000
    most_waiting: int = 64
    most_open: int = 256
    rate: int = 0
    seconds: float = 60.0

    def __post_init__(self) -> None:
        """Raise `SettingsError` when the choices would let in whoever should stay out."""
        if not self.local and not self.token:
            raise SettingsError(
                f"{self.host} can be reached from other machines, so clients must show a token: put one of "
                f"{LEAST_TOKEN} characters or more into a file and name it with --token-file"
            )
        if self.token and (len(self.token) < LEAST_TOKEN or not self.token.isascii() or not self.token.isalnum()):
            raise SettingsError(f"The token must have {LEAST_TOKEN} letters and figures or more, and nothing else.")
        if self.host in EVERYWHERE and not self.names:
            raise SettingsError(f"{self.host} is every address of this machine: say with --name how people reach it")

    @property
    def local(self) -> bool:
        """Whether only programs on this machine can reach the service."""
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def hosts(self) -> frozenset[str]:
        """The names that a request may give for this service."""
        return frozenset(name.lower() for name in (*LOOPBACK, self.host, *self.names) if name)

    @property
    def private(self) -> bool:
        """Whether whoever asks is at this machine or has shown the token."""
        return bool(self.token) or (self.local and not self.names)
