"""A rule file that is still being written: proved against the packs it will belong to, without being read from disk."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from fsm_language.anchorbook import AnchorBook
from fsm_language.anchors import Anchors
from fsm_language.glossary import Glossary
from fsm_language.packs import Pack, load, prove_phrases
from fsm_language.rule import Rule, RuleError
from fsm_language.rulefile import (
    RULE_KEYS,
    Place,
    Row,
    parse,
    prove_keys,
    read_glossary,
    read_rows,
    read_rule,
    read_sources,
    read_words,
)


def mistakes(text: str, file: Path, packs: Sequence[Path] = ()) -> Iterator[RuleError]:
    """Yield what is wrong with `text`, which is or will be in `file`: of each rule the first thing.

    What is wrong with the file as a whole is told alone: its rules cannot be read then.
    """
    try:
        draft = _Draft(text, file, _around(packs))
        for entry in draft.entries():
            try:
                draft.add(*entry)
            except RuleError as mistake:
                yield mistake
    except RuleError as mistake:
        yield mistake


def trial(text: str, file: Path, around: Pack) -> Pack:
    """Return a pack of the rules of `text` alone, which may change those of `around` and use its words and sources.

    Raises `RuleError` for the first thing that is wrong.
    """
    draft = _Draft(text, file, around)
    for entry in draft.entries():
        draft.add(*entry)
    return Pack(tuple(draft.rules), draft.words, draft.sources, draft.glossary, AnchorBook.of(draft.anchors))


class _Draft:
    """The file being written, and of its rules those read so far. Everything here raises `RuleError`."""

    def __init__(self, text: str, file: Path, around: Pack) -> None:
        """Read all but the rules."""
        self._place, self._content = parse(text, file)
        self.words = {**around.words, **read_words(self._content.get("words") or {}, self._place)}
        self.sources = {**around.sources, **read_sources(self._content.get("sources") or {}, self._place)}
        acronyms = read_glossary(self._content.get("glossary") or [], self._place)
        self.glossary = Glossary((*around.glossary, *acronyms))
        self.rules: list[Rule] = []
        self.anchors: dict[str, Anchors] = {}
        self._elsewhere = {rule.id: rule for rule in around.rules if rule.file != file.name}
        self._ids: set[str] = set()

    def entries(self) -> Iterable[tuple[Row, Row, Place]]:
        """Yield each rule as written, the file's defaults, and its place."""
        return read_rows(self._content, self._place)

    def add(self, row: Row, defaults: Row, where: Place) -> None:
        """Read a rule."""
        if row["id"] in self._ids:
            raise where.error("clashes with the rule of the same id above", "id")
        self._ids.add(row["id"])
        prove_keys(row, where)
        earlier = self._elsewhere.get(row["id"])
        rule = read_rule({**defaults, **(_row(earlier) if earlier else {}), **row}, where, self.sources)
        prove_phrases(rule, where, self.words, self.anchors)
        self.rules.append(rule)


def _around(packs: Sequence[Path]) -> Pack:
    """Return the packs as they are on disk; the shipped ones where the others cannot be used."""
    try:
        return load(packs)
    except RuleError:
        return load()


def _row(rule: Rule) -> Row:
    """Return a rule as it would be written."""
    written = {key: value for key, value in asdict(rule).items() if key in RULE_KEYS and value not in (None, ())}
    lists = {key: list(value) for key, value in written.items() if isinstance(value, tuple)}
    examples = [
        {key: said for key, said in example.items() if said is not None} for example in written.get("examples", ())
    ]
    return {**written, **lists, "examples": examples, "sources": [source.key for source in rule.sources]}
