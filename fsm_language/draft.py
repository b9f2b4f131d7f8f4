"""A rule file that is still being written: proved against the packs it will belong to, without being read from disk."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from fsm_language.anchors import Anchors
from fsm_language.glossary import Glossary
from fsm_language.packs import Pack, load, prove_phrases
from fsm_language.rule import Rule, RuleError
from fsm_language.rulefile import RULE_KEYS, Row, parse, read_glossary, read_rows, read_rule, read_sources, read_words


def prove(text: str, file: Path, packs: Sequence[Path] = ()) -> None:
    """Raise `RuleError` for the first thing that is wrong with `text`, which is or will be in `file`."""
    trial(text, file, _around(packs))


def trial(text: str, file: Path, around: Pack) -> Pack:
    """Return a pack of the rules of `text` alone, which may change those of `around` and use its words and sources.

    Raises `RuleError` for the first thing that is wrong.
    """
    place, content = parse(text, file)
    words = {**around.words, **read_words(content.get("words") or {}, place)}
    sources = {**around.sources, **read_sources(content.get("sources") or {}, place)}
    glossary = Glossary((*around.glossary, *read_glossary(content.get("glossary") or [], place)))
    elsewhere = {rule.id: rule for rule in around.rules if rule.file != file.name}
    rules: dict[str, Rule] = {}
    anchors: dict[str, Anchors] = {}
    for row, defaults, where in read_rows(content, place):
        if row["id"] in rules:
            raise where.error("clashes with the rule of the same id above", "id")
        earlier = elsewhere.get(row["id"])
        rule = read_rule({**defaults, **(_row(earlier) if earlier else {}), **row}, where, sources)
        prove_phrases(rule, where, words, anchors)
        rules[rule.id] = rule
    return Pack(tuple(rules.values()), words, sources, glossary, anchors)


def _around(packs: Sequence[Path]) -> Pack:
    """Return the packs as they are on disk; the shipped ones where the others cannot be used."""
    try:
        return load(packs)
    except RuleError:
        return load()


def _row(rule: Rule) -> Row:
    """Return a rule as it would be written."""
    written = {key: value for key, value in asdict(rule).items() if key in RULE_KEYS and value not in (None, ())}
    lists = {key: list(value) for key, value in written.items() if isinstance(value, tuple) and key != "examples"}
    return {**written, **lists, "sources": [source.key for source in rule.sources]}
