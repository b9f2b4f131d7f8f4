"""`POST /check`: a note in JSON, and what is found in it."""

import json
from dataclasses import dataclass
from typing import get_args

from fsm_language.document import Unit
from fsm_language.formats.jsonl import record
from fsm_language.settings import AUDIENCES
from fsm_language_lsp.http.linters import NAME, Linters
from fsm_language_lsp.http.problem import Problem
from fsm_language_lsp.http.request import fields, json_object, one_of, text, texts, whole

UNITS: tuple[Unit, ...] = get_args(Unit)
UNIT = one_of(UNITS)
KEYS = {"text": text, "unit": UNIT, "id": text, "audience": one_of(AUDIENCES), "explained": texts}
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Question:
    """A note to check: `unit` is what offsets are to count, `explained` are acronyms its readers were told already."""

    text: str
    unit: Unit = "code-points"
    id: str | None = None
    audience: str = ""
    explained: tuple[str, ...] = ()


def question(body: bytes) -> Question:
    """Return the note that a request holds. Raises `Problem`."""
    values = fields(json_object(body), KEYS)
    if "text" not in values:
        raise Problem(400, "The request needs “text”, the note to check.")
    return Question(**{**values, "text": whole(values["text"])})


def answer(linters: Linters, asked: Question) -> bytes:
    """Return what is found in a note, as JSON."""
    report = linters.get(asked.audience, explained=asked.explained).check(asked.text, NAME, asked.id)
    return as_json({**record(report, asked.unit, reasons=True), "unit": asked.unit})


def as_json(content: object) -> bytes:
    """Return JSON in ASCII, which holds even half a surrogate pair without harm."""
    return json.dumps(content, allow_nan=False).encode("ascii")
