"""Other prose linters: how each is had through its ordinary package client, and how it is asked to check files."""

import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vale import export

from fsm_language import load

HERE = Path(__file__).parent
PATIENCE = 900  # seconds for an installation
NODE = ["write-good", "alex", "textlint", "textlint-rule-write-good", "textlint-rule-stop-words", "harper.js"]
PYTHON = ["proselint", "codespell", "typos"]
VALE = "github.com/errata-ai/vale/v3/cmd/vale@v3.15.2"  # later ones need modules that proxies do not all have
TEXTLINT = '{"rules": {"write-good": true, "stop-words": true}}'
LANGUAGETOOL = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>benchmark</groupId><artifactId>languagetool</artifactId><version>1</version><dependencies>
<dependency><groupId>org.languagetool</groupId><artifactId>languagetool-server</artifactId><version>6.6</version></dependency>
<dependency><groupId>org.languagetool</groupId><artifactId>language-en</artifactId><version>6.6</version></dependency>
</dependencies></project>
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A program to compare with: the command that checks files, and the one that tells its version."""

    name: str
    command: Sequence[str]
    version: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)


def peers(place: Path) -> dict[str, Peer]:
    """Return the peers as they are once installed in `place`."""
    node, python, go = place / "node_modules" / ".bin", place / "venv" / "bin", place / "go" / "bin"
    found = [
        Peer("write-good", [f"{node}/write-good"], [f"{node}/write-good", "--version"]),
        Peer("proselint", [f"{python}/proselint", "check"], [f"{python}/proselint", "version"]),
        Peer("alex", [f"{node}/alex"], [f"{node}/alex", "--version"]),
        Peer("textlint", [f"{node}/textlint", "-c", f"{place}/textlint.json"], [f"{node}/textlint", "--version"]),
        Peer("codespell", [f"{python}/codespell"], [f"{python}/codespell", "--version"]),
        Peer("typos", [f"{python}/typos"], [f"{python}/typos", "--version"]),
        Peer(
            "harper",
            ["node", str(HERE / "harper.mjs")],
            ["npm", "--prefix", str(place), "ls", "harper.js"],
            {"PEERS": str(place)},
        ),
        Peer("vale", [f"{go}/vale", "--config", f"{place}/vale/.vale.ini"], ["echo", VALE.rpartition("@")[2]]),
    ]
    return {peer.name: peer for peer in found}


def install(names: Sequence[str], place: Path) -> None:
    """Put the named peers into `place`; one that cannot be had is left out, and its row will say so."""
    if {"write-good", "alex", "textlint", "harper"} & set(names):
        _run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(place), *NODE])
        (place / "textlint.json").write_text(TEXTLINT, encoding="utf-8")
    if {"proselint", "codespell", "typos"} & set(names):
        venv.create(place / "venv", with_pip=True)
        for package in PYTHON:
            _run([f"{place}/venv/bin/pip", "install", "--quiet", package])
    if "vale" in names:
        _run(["go", "install", VALE], {"GOPATH": str(place / "go"), "GOFLAGS": "-modcacherw"})
        export(load(), place / "vale")
    if "languagetool" in names:
        (place / "languagetool").mkdir()
        (place / "languagetool" / "pom.xml").write_text(LANGUAGETOOL, encoding="utf-8")
        pom = ["-f", f"{place}/languagetool/pom.xml", f"-DoutputDirectory={place}/languagetool/jars"]
        _run(["mvn", "--quiet", "dependency:copy-dependencies", *pom])


def languagetool(place: Path, port: int) -> list[str]:
    """Return the command that serves LanguageTool on loopback."""
    jars = f"{place}/languagetool/jars/*"
    return ["java", "-cp", jars, "org.languagetool.server.HTTPServer", "--port", str(port)]


def version(peer: Peer) -> str:
    """Return what a peer says of its version, in a few words."""
    try:
        told = subprocess.run(peer.version, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    lines = (told.stdout or told.stderr).strip().splitlines()
    return lines[-1].strip(" └─`-") if lines else ""


def _run(command: Sequence[str], environment: dict[str, str] | None = None) -> None:
    print(f"installing: {' '.join(command[:2])} ...", file=sys.stderr, flush=True)
    try:
        done = subprocess.run(
            command, env={**os.environ, **(environment or {})}, capture_output=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  not to be had: {type(error).__name__}", file=sys.stderr)
    else:
        if done.returncode:
            print(f"  not to be had: {done.stderr.decode(errors='replace')[-300:]}", file=sys.stderr)
