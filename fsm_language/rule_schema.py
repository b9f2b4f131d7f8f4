"""A JSON schema of rule files, made of what a rule holds and of the closed lists of what its keys may be."""

from dataclasses import fields
from typing import Any

from fsm_language import checks
from fsm_language.glossary import Acronym
from fsm_language.guards import GUARDS
from fsm_language.rule import CATEGORIES, LEVELS, PRINCIPLES, TAGS, Rule

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"oneOf": [TEXT, {"type": "array", "items": TEXT}]}
MEANINGS = {
    "id": "A category, a full stop and a name: blaming.failed-to",
    "category": "What kind of wording it is",
    "level": "How surely it is worth a second thought: error, warning or suggestion",
    "message": "What the words may do to the person who reads them one day, in a sentence",
    "why": "Why it matters, in a sentence or two",
    "sources": "Keys of the published pages that recommend otherwise",
    "principle": "The principle of the model that the rule serves",
    "phrases": "What to look for, in the phrase language of docs/writing-rules.md",
    "suggest": "What to write instead; braces bend as the phrase's do, $1 is its first open part",
    "ask": "Questions that only the writer can answer",
    "exceptions": "Phrases that acquit a match they overlap",
    "within": "A match counts only where one of these phrases is in its sentence",
    "without": "A match counts only where none of these phrases is in its sentence",
    "unless": "Guards of which none may hold",
    "only": "Guards that must all hold",
    "check": "A check of the whole note, instead of phrases",
    "options": "What the check may be told",
    "tags": "What else it is about",
    "audiences": "Whom it is about",
    "examples": "Notes that must be found and notes that must be let be",
    "enabled": "false switches the rule off",
}
INTERNAL = ("topic", "file", "line")


def rule_schema() -> Schema:
    """Return the JSON schema of a rule file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "fsm-language rules",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "topic": {**TEXT, "description": "What the file is about, as a heading"},
            "about": {**TEXT, "description": "The same in a sentence"},
            "defaults": {
                "$ref": "#/$defs/keys",
                "description": "What every rule of the file has, unless it says otherwise",
            },
            "words": {"type": "object", "additionalProperties": TEXTS, "description": "Lists that phrases name with @"},
            "sources": {"type": "object", "additionalProperties": {"$ref": "#/$defs/source"}},
            "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
            "glossary": {"type": "array", "items": {"$ref": "#/$defs/acronym"}},
        },
        "$defs": {
            "keys": _object({name: _key(name) for name in _names()}),
            "rule": {**_object({name: _key(name) for name in _names()}), "required": ["id"]},
            "source": {
                **_object(dict.fromkeys(("title", "publisher", "url"), TEXT)),
                "required": ["title", "publisher", "url"],
            },
            "example": {
                "oneOf": [TEXT, {**_object(dict.fromkeys(("note", "becomes", "fine"), TEXT)), "required": ["note"]}]
            },
            "acronym": {**_object(_acronym()), "required": ["acronym", "expansions", "plain"]},
        },
    }


def _names() -> list[str]:
    return [field.name for field in fields(Rule) if field.name not in INTERNAL]


def _object(properties: Schema) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _key(name: str) -> Schema:
    return {"description": MEANINGS[name], **_type(name)}


def _type(name: str) -> Schema:
    closed = {"category": CATEGORIES, "level": LEVELS, "principle": PRINCIPLES, "check": checks.NAMES}
    listed = {"tags": TAGS, "unless": tuple(GUARDS), "only": tuple(GUARDS)}
    if name in closed:
        return {"enum": list(closed[name])}
    if name in listed:
        return {"type": "array", "items": {"enum": list(listed[name])}, "uniqueItems": True}
    if name == "id":
        return {"type": "string", "pattern": f"^({'|'.join(CATEGORIES)})\\.[a-z0-9][a-z0-9-]*$"}
    if name == "examples":
        return {"type": "array", "items": {"$ref": "#/$defs/example"}}
    if name in ("options", "enabled"):
        return {"type": "object" if name == "options" else "boolean"}
    return TEXT if name in ("message", "why") else TEXTS


def _acronym() -> Schema:
    kinds = {"ambiguous": {"type": "boolean"}, "common": {"type": "boolean"}, "expansions": TEXTS, "variants": TEXTS}
    return {field.name: kinds.get(field.name, TEXT) for field in fields(Acronym)}
