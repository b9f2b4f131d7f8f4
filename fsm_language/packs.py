"""Rule packs: the shipped one, and local ones that extend it, override its rules by id, or switch them off."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fsm_language import cache, yamltext
from fsm_language.anchorbook import AnchorBook
from fsm_language.anchors import Anchors
from fsm_language.anchors import anchors as anchors_of
from fsm_language.glossary import Acronym, Glossary
from fsm_language.machine import Phrase
from fsm_language.rule import CONDITIONS, LISTS, Example, Rule, RuleError, Source
from fsm_language.wording import slots_used

if TYPE_CHECKING:
    from fsm_language.rulefile import Place, Row

FORMAT = "fsm-language pack 7"  # a new number whenever packs are read or kept differently


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that rule files say: rules, word lists, sources and the glossary.

    `anchors` says for each phrase of a rule, and of its exceptions and conditions that have any, where to look for it.
    """

    rules: tuple[Rule, ...]
    words: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, Source]
    glossary: Glossary
    anchors: AnchorBook


def shipped() -> Path:
    """Return the folder of the rules that come with the library."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


def rule_files(paths: Iterable[Path]) -> list[Path]:
    """Return the YAML files of packs, folders in order of name. Raises `RuleError` for one that is not read."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(_own(path))
        elif path.exists():
            files.append(path)
        else:
            raise RuleError(f"{path}: no such rule file or folder")
    for file in files:
        yamltext.reject(file, RuleError)
    return files


def _own(folder: Path) -> Iterator[Path]:
    """Yield the YAML files of a folder. Raises `RuleError` for one that is elsewhere in truth."""
    for file in folder.iterdir():
        if file.suffix in (".yaml", ".yml") and file.name[0] != ".":
            if not file.resolve().is_relative_to(folder.resolve()):
                raise RuleError("is a link that leads out of the pack; copy the file into it", file)
            yield file


def load(paths: Sequence[Path] = ()) -> Pack:
    """Read the shipped rules and then each of `paths`, a later rule with the same id changing an earlier one.

    Raises `RuleError`, which names file, line, rule and the likely fix.
    """
    packs = [rule_files([shipped()]), *(rule_files([path]) for path in paths)]
    try:
        name = cache.digest(FORMAT, (file for files in packs for file in files))
    except OSError as error:
        raise RuleError(f"{error.filename}: cannot be read: {error.strerror}") from error
    with _nothing_thrown_away():
        kept = cache.recall(name)
        if kept is not None:
            with contextlib.suppress(LookupError, TypeError, ValueError, AttributeError):
                return _from_plain(kept)
    pack = _read_packs(packs, load() if paths else None)
    cache.remember(name, _to_plain(pack))
    return pack


@contextlib.contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Spare Python its search for what may be thrown away, a third of the time that it takes to read a kept pack."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _read_packs(packs: Iterable[Iterable[Path]], proved: Pack | None) -> Pack:
    # a pack that was kept needs no YAML
    from fsm_language.rulefile import prove_keys, read, read_glossary, read_rows, read_rule, read_sources, read_words

    rows: dict[str, tuple[Row, Place]] = {}
    words: dict[str, tuple[str, ...]] = {}
    sources: dict[str, Source] = {}
    glossary: dict[str, Acronym] = {}
    for files in packs:
        here: dict[str, Path] = {}
        lists: dict[str, Path] = {}
        for file in files:
            place, content = read(file)
            for name, entries in read_words(content.get("words") or {}, place).items():
                if name in lists:
                    raise place.error(f"the word list “{name}” is in {lists[name]} too", name)
                lists[name] = file
                words[name] = entries
            sources.update(read_sources(content.get("sources") or {}, place))
            for acronym in read_glossary(content.get("glossary") or [], place):
                glossary[acronym.acronym] = acronym
            for row, defaults, where in read_rows(content, place):
                prove_keys(row, where)
                if row["id"] in here:
                    raise where.error(f"clashes with the rule of the same id in {here[row['id']]}", "id")
                here[row["id"]] = file
                earlier = rows.get(row["id"])
                rows[row["id"]] = ({**(earlier[0] if earlier else defaults), **row}, where)
    rules = [(read_rule(row, place, sources), place) for row, place in rows.values()]
    anchors = AnchorBook.of(_prove_rules(rules, words, proved))
    return Pack(tuple(rule for rule, _ in rules), words, sources, Glossary(glossary.values()), anchors)


def _prove_rules(
    rules: Iterable[tuple[Rule, Place]], words: Mapping[str, Sequence[str]], proved: Pack | None
) -> dict[str, Anchors]:
    """Return the anchors of all phrases; those of a rule that is in `proved`, with its word lists, are known."""
    anchors: dict[str, Anchors] = {}
    known = proved.rules if proved and proved.words.items() <= words.items() else ()
    for rule, place in rules:
        if proved and rule in known:
            anchors.update((phrase, found) for phrase in rule.all_phrases if (found := proved.anchors.find(phrase)))
        else:
            prove_phrases(rule, place, words, anchors)
    return anchors


def _to_plain(pack: Pack) -> Row:
    rules = [{**asdict(rule), "sources": [source.key for source in rule.sources]} for rule in pack.rules]
    return {
        "rules": rules,
        "words": dict(pack.words),
        "sources": [asdict(source) for source in pack.sources.values()],
        "glossary": [asdict(acronym) for acronym in pack.glossary],
        "anchors": pack.anchors.lines,
        "beginnings": pack.anchors.beginnings,
    }


def _from_plain(kept: Row) -> Pack:
    sources = {row["key"]: Source(**row) for row in kept["sources"]}
    rules = []
    for row in kept["rules"]:
        lists = {key: tuple(row[key]) for key in LISTS}
        lists["sources"] = tuple(sources[key] for key in row["sources"])
        rules.append(Rule(**{**row, **lists, "examples": tuple(Example(**example) for example in row["examples"])}))
    glossary = Glossary(
        Acronym(**{**row, "expansions": tuple(row["expansions"]), "variants": tuple(row["variants"])})
        for row in kept["glossary"]
    )
    words = {name: tuple(entries) for name, entries in kept["words"].items()}
    anchors = AnchorBook(kept["anchors"], kept["beginnings"])
    if not all(isinstance(line, str) for line in (*anchors.lines.values(), *anchors.beginnings.values())):
        raise TypeError
    return Pack(tuple(rules), words, sources, glossary, anchors)


def prove_phrases(rule: Rule, place: Place, words: Mapping[str, Sequence[str]], anchors: dict[str, Anchors]) -> None:
    """Add the anchors of the rule's phrases to `anchors`; raise `RuleError` when one cannot be read or has none."""
    for key in ("phrases", *CONDITIONS):
        for source in getattr(rule, key):
            try:
                phrase = Phrase(source, words)
                if key == "phrases":
                    anchors[source] = phrase.anchors
                    _prove_suggestions(rule, phrase)
                elif found := anchors_of(phrase.items):
                    anchors[source] = found
            except RuleError as error:
                raise place.error(str(error), key) from error


def _prove_suggestions(rule: Rule, phrase: Phrase) -> None:
    for template in rule.suggest:
        slot, bend = slots_used(template)
        if slot > phrase.slots or bend > phrase.braces:
            raise RuleError(f"suggestion “{template}” asks for a part that phrase “{phrase.source}” does not have")
