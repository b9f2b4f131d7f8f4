"""What the tests share: the shipped pack, linters, and a way to see a phrase where it stands in a note."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fsm_language_lsp.engine import Engine
from hypothesis import settings
from serving import Served, served

from fsm_language import Document, Linter, Pack, Settings, programs
from fsm_language.anchorbook import AnchorBook
from fsm_language.context import Context
from fsm_language.index import Index, Phrasebook
from fsm_language.lexicon import Lexicon
from fsm_language.machine import Phrase
from fsm_language.parse import Parser
from fsm_language.surroundings import Surroundings
from fsm_language.tone import Tone

settings.register_profile("engine", deadline=None)
settings.load_profile("engine")

PACKS = Path(__file__).parent / "packs"
INVENTED = Settings(packs=(PACKS / "invented.yaml",), select=("Invented wording",))

Contexts = Callable[[str, str], list[Context]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--offline", action="store_true", help="fail as soon as anything asks for a network")
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew instead of comparing")


def pytest_configure(config: pytest.Config) -> None:
    """Keep what packs were read out of the cache of whoever runs the tests, and tests off each other's processors."""
    programs.set_up()
    if config.getoption("--offline"):
        sys.addaudithook(refuse_network)
    folder = tempfile.mkdtemp(prefix="fsm-language-tests-")
    os.environ["FSM_LANGUAGE_CACHE"] = folder
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """End this process, with status 70, when it is about to look a name up or to connect to an address."""
    asks = event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
    reaches = event in ("socket.connect", "socket.sendto", "socket.sendmsg")
    if asks or (reaches and not isinstance(arguments[1], str | bytes)):  # the address of a socket in a file
        os._exit(70)


@pytest.fixture(scope="session")
def regenerate(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--regenerate"))


@pytest.fixture(scope="session")
def linter() -> Linter:
    """The linter a first run has: every shipped rule, default settings."""
    return Linter()


@pytest.fixture(scope="session")
def pack(linter: Linter) -> Pack:
    """The shipped rules, word lists and sources."""
    return linter.pack


@pytest.fixture(scope="session")
def lexicon(linter: Linter) -> Lexicon:
    """The shipped word lists, as guards read them."""
    return linter.lexicon


@pytest.fixture(scope="session")
def invented() -> Linter:
    """A linter with the rules of `packs/invented.yaml` and no others: what engine tests rest on."""
    return Linter(INVENTED)


@pytest.fixture(scope="session")
def contexts(pack: Pack, lexicon: Lexicon) -> Contexts:
    """Every place where a phrase matches in a note, with the real parser and the learned model."""
    parser, tone = Parser(Settings().model), Tone()

    def find(phrase: str, note: str) -> list[Context]:
        document = Document(note)
        around = Surroundings(document, lexicon, parser, tone)
        anchors = AnchorBook.of({phrase: Phrase(phrase, pack.words).anchors})
        index = Index([phrase], anchors, Phrasebook(pack.words))
        return [Context(around, found.sentence, found.match) for found in index.find(document)]

    return find


@pytest.fixture(scope="session")
def service() -> Iterator[Served]:
    """The service, as it runs on a person's own machine."""
    with served("--workers", "1") as running:
        yield running


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """What checks for the editors of the tests."""
    shared = Engine()
    yield shared
    shared.close()


@pytest.fixture
def fresh_engine() -> Iterator[Engine]:
    """The same, with nothing loaded yet."""
    alone = Engine()
    yield alone
    alone.close()
