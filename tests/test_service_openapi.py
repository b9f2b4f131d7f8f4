"""The OpenAPI document says what the service does, and nothing that a generator of requests thinks of upsets it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from fsm_language_lsp.http.check import KEYS
from openapi_spec_validator import validate

from fsm_language.document import Unit
from fsm_language.rule import CATEGORIES, LEVELS
from fsm_language.settings import AUDIENCES


def described(service):
    return service.client.get("/openapi.json").json()


def test_the_document_is_valid_and_names_what_there_is(service):
    document = described(service)
    validate(document)
    schemas = document["components"]["schemas"]
    assert set(schemas["Note"]["properties"]) == set(KEYS)
    assert tuple(schemas["Note"]["properties"]["audience"]["enum"]) == AUDIENCES
    assert tuple(schemas["Category"]["enum"]) == CATEGORIES
    assert tuple(schemas["Level"]["enum"]) == LEVELS
    assert tuple(schemas["Unit"]["enum"]) == Unit.__args__


def test_schemathesis_finds_nothing(service, tmp_path):
    command = [
        str(Path(sys.executable).parent / "schemathesis"),
        *("--config-file", str(Path(__file__).parent / "schemathesis.toml")),
        *("run", f"{service.address}/openapi.json"),
        *("--max-examples", "30", "--seed", "1", "--workers", "2", "--phases", "examples,coverage,fuzzing"),
        *("--suppress-health-check", "all", "--generation-database", "none"),
    ]
    assert shutil.which(command[0])
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
