"""The linter: a note goes in, a report comes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import groupby
from typing import NamedTuple

from fsm_language.checks import BLOCK_CHECKS, CHECKS
from fsm_language.context import Context
from fsm_language.document import Document
from fsm_language.finding import Finding, Report
from fsm_language.guards import GUARDS
from fsm_language.index import Index, Phrasebook
from fsm_language.kept import Kept
from fsm_language.lexicon import Lexicon
from fsm_language.machine import Match
from fsm_language.measures import measures
from fsm_language.memory import Memory, Told, View, views
from fsm_language.overlaps import resolve
from fsm_language.packs import Pack, load
from fsm_language.parse import Parser, UnreadError
from fsm_language.parting import Block
from fsm_language.rule import CONDITIONS, LEVELS, Rule
from fsm_language.selection import check_names, chosen, level
from fsm_language.settings import Settings
from fsm_language.spans import Span, together
from fsm_language.surroundings import Surroundings
from fsm_language.tone import Tone
from fsm_language.waiting import Work, side_by_side
from fsm_language.wording import suggestions


@dataclass(slots=True)
class Claim:
    """A match of a phrase of a rule, and whether it counts; None as long as nobody could tell from the words alone."""

    rule: Rule
    context: Context
    phrase: str
    counts: bool | None


class Text(NamedTuple):
    """What a note says, and which note it is; `id` is that of its record, if it has one."""

    text: str
    name: str = "<note>"
    id: str | None = None


class Linter:
    """Rules and settings, ready to check notes. Safe to share between threads; the same note gives the same report."""

    def __init__(self, settings: Settings | None = None, pack: Pack | None = None) -> None:
        """Read the packs that `settings` names, unless `pack` is what they come to.

        Raises `RuleError` when one cannot be used, and `SettingsError` for a rule, category or tag that is in none.
        """
        self.settings = settings or Settings()
        self.pack: Pack = pack or load(self.settings.packs)
        check_names(self.settings, self.pack.rules)
        self.rules: tuple[Rule, ...] = tuple(chosen(self.pack.rules, self.settings))
        self.lexicon = Lexicon(self.pack.words)
        self.parser = Parser(self.settings.model) if self.settings.contextual else None
        self._memory = Memory()
        self.tone = Tone() if self.settings.tone else None

    def knowing(self, acronyms: Iterable[str]) -> Linter:
        """Return a linter for a note whose readers know `acronyms` as well; it shares everything with this one."""
        other = copy(self)
        other.settings = replace(self.settings, known_acronyms=(*self.settings.known_acronyms, *acronyms))
        return other

    def lexical(self) -> Linter:
        """Return a linter that does without parser and learned tier; what is found by words alone, both share."""
        settings = replace(self.settings, contextual=False, tone=False)
        index = self._index  # made now, once for both
        other = copy(self)
        vars(other).update(settings=settings, parser=None, tone=None, _index=index, _memory=Memory())
        return other

    @cached_property
    def _rules_by_phrase(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for phrase in rule.phrases:
                found.setdefault(phrase, []).append(rule)
        return found

    @cached_property
    def _checking_rules(self) -> tuple[Rule, ...]:
        """The rules that look at the whole note, those of the learned tier apart."""
        return tuple(rule for rule in self.rules if rule.check in CHECKS and rule.check != "tone")

    @cached_property
    def _tone_rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.check == "tone")

    @cached_property
    def _block_rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.check in BLOCK_CHECKS)

    @cached_property
    def _phrases(self) -> Phrasebook:
        return Phrasebook(self.pack.words)

    @cached_property
    def _index(self) -> Index:
        return self._looking_for(self._rules_by_phrase)

    def _looking_for(self, phrases: Iterable[str]) -> Index:
        return Index(phrases, self.pack.anchors, self._phrases)

    def check(
        self,
        text: str,
        name: str = "<note>",
        id: str | None = None,  # noqa: A002  # what the record and the output contract call it
    ) -> Report:
        """Return all that is found in `text`; `name` and `id` say which note it is.

        What was found in the note of that name before is used again where nothing has changed, so that a note being
        written costs about the block that was edited; the report is the same as if it had never been seen.
        Raises `ModelError` when a sentence needs the parser and the pipeline of the settings is not installed.
        """
        return self.check_all([Text(text, name, id)])[0]

    def check_all(self, texts: Iterable[Text]) -> list[Report]:
        """Return what `check` returns for each of several notes, in order.

        Their sentences are read and parsed together, which takes less time; all are held in memory meanwhile. Raises as
        `check` does.
        """
        return side_by_side(map(self._check, texts))

    def _check(self, asked: Text) -> Work[Report]:
        past = self._memory.recall(asked.name)
        document = Document(asked.text, asked.name, kept=past.passages)
        around = Surroundings(
            document, self.lexicon, self.parser, self.tone, seen=past.seen, beside=past.beside, later=True
        )
        found = yield from self._by_blocks(around, past.blocks)
        found += self._by_checks(around, self._checking_rules)
        if self._tone_rules:  # last, where nothing else has spoken
            yield from around.look()
            found += self._by_checks(around, self._tone_rules)
        self._memory.remember(document, past)
        lowest = LEVELS.index(self.settings.level)
        shown, covered = resolve(finding for finding in found if LEVELS.index(finding.level) >= lowest)
        return Report(document, shown, measures(document), id=asked.id, covered=covered)

    def forget(self, name: str) -> None:
        """Let go of what is remembered of the note called `name`, because it was closed, say."""
        self._memory.forget(name)

    def _by_blocks(self, around: Surroundings, known: Kept[View, Told]) -> Work[list[Finding]]:
        blocks = around.document.blocks
        seen = dict(zip((block.start for block in blocks), views(around), strict=True))
        told: dict[int, Told] = {}
        for start, view in seen.items():
            before = known.get(view)
            if before and before.holds(around):
                told[start] = known[view] = before.at(start)
        for start, here in (yield from self._told(around, seen.keys() - told.keys())).items():
            told[start] = known[seen[start]] = here
        found: list[Finding] = []
        for start in seen:
            around.judged.extend(told[start].judged)
            found += told[start].findings
        return found

    def _told(self, around: Surroundings, blocks: Container[int]) -> Work[dict[int, Told]]:
        """Return what is found in each of the blocks that begin at `blocks`, by where it begins."""
        claims = self._claims(around, blocks)
        yield from self._decide(claims, around)
        by_block: dict[int, list[Claim]] = defaultdict(list)
        for claim in claims:
            by_block[claim.context.block.start].append(claim)
        return {
            block.start: self._told_of(around, block, by_block[block.start])
            for block in around.document.blocks
            if block.start in blocks
        }

    def _told_of(self, around: Surroundings, block: Block, claims: Sequence[Claim]) -> Told:
        checked = tuple(self._by_block_checks(around, block))
        findings = (*(self._finding(claim) for claim in claims if claim.counts), *checked)
        judged = (*(claim.context.span for claim in claims), *(Span(each.start, each.end) for each in checked))
        return Told(block.start, findings, together(judged), around.answered(block.start))

    def _by_block_checks(self, around: Surroundings, block: Block) -> Iterator[Finding]:
        for rule in self._block_rules:
            for finding in BLOCK_CHECKS[rule.check or ""](rule, around, self.settings, block):
                yield replace(finding, level=level(rule, self.settings))

    def _claims(self, around: Surroundings, blocks: Container[int]) -> list[Claim]:
        document = around.document
        claims = []
        for candidate in self._index.find(document, stretches(document.blocks, blocks)):
            context = Context(around, candidate.sentence, candidate.match)
            for rule in self._rules_by_phrase[candidate.phrase]:
                claims.append(Claim(rule, context, candidate.phrase, self._counts(rule, context)))  # noqa: PERF401
                # reason for the loop: nested comprehensions read worse
        return claims

    def _decide(self, claims: Iterable[Claim], around: Surroundings) -> Work[None]:
        """Settle what words alone could not, with all sentences of the note read, and then parsed, together."""
        yield from around.read()
        open_ones = [claim for claim in claims if claim.counts is None]
        for claim in open_ones:
            claim.counts = self._counts(claim.rule, claim.context)
        open_ones = [claim for claim in open_ones if claim.counts is None]
        yield from around.parse(claim.context.sentence for claim in open_ones)
        for claim in open_ones:
            claim.counts = self._counts(claim.rule, claim.context)

    def _counts(self, rule: Rule, context: Context) -> bool | None:
        """Whether a match counts; None when only the parser or the learned model could tell."""
        try:
            return self.acquitted_by(rule, context) is None
        except UnreadError:
            return None

    def _by_checks(self, around: Surroundings, rules: Iterable[Rule]) -> Iterator[Finding]:
        for rule in rules:
            said = level(rule, self.settings)
            for finding in CHECKS[rule.check or ""](rule, around, self.settings, self.pack.glossary):
                around.judged.append(Span(finding.start, finding.end))
                # a check may say some things more gently than its rule; what the settings say goes before both
                yield finding if said == rule.level else replace(finding, level=said)

    def _finding(self, claim: Claim) -> Finding:
        rule, context = claim.rule, claim.context
        start, end = context.span
        wording = self._phrases[claim.phrase].wording(context.match, context.written)
        offered = suggestions(rule, context)
        return Finding(
            rule, start, end, context.text, rule.message, offered, level=level(rule, self.settings), wording=wording
        )

    def acquitted_by(self, rule: Rule, context: Context) -> str | None:
        """Return what lets the match be: a guard's name, `exceptions`, `within` or `without`; None if it counts.

        Raises `UnreadError` when only a closer look at its sentence could tell and sentences are read later.
        """
        for key in CONDITIONS:
            if self.holds(key, rule, context):
                return key
        unread = False
        for name, acquits in _questions(rule.unless, rule.only):
            try:
                if GUARDS[name].holds(context) is acquits:
                    return name
            except UnreadError:
                unread = True  # the error itself would hold what is around the match until Python searches for it
        if unread:
            raise UnreadError
        return None

    def holds(self, key: str, rule: Rule, context: Context) -> bool:
        """Whether the phrases of `exceptions`, `within` or `without` acquit the match."""
        sources: Sequence[str] = getattr(rule, key)
        if not sources:
            return False
        matches = (match for source in sources for match in self._matches(source, context))
        if key == "exceptions":
            start, end = context.match.start, context.match.end
            return any(match.start < end and start < match.end for match in matches)
        return any(True for _ in matches) is (key == "without")

    def _matches(self, source: str, context: Context) -> tuple[Match, ...]:
        anchors = self.pack.anchors.find(source)
        if anchors is not None and not context.around.holds_any(anchors.stretches, context.sentence):
            return ()
        return context.around.matches(self._phrases[source], context.sentence)

    def contexts(self, rule: Rule, text: str) -> Iterator[Context]:
        """Yield every place in `text` where a phrase of `rule` matches, whether or not it counts."""
        document = Document(text)
        around = Surroundings(document, self.lexicon, self.parser, self.tone)
        for candidate in self._looking_for(rule.phrases).find(document):
            yield Context(around, candidate.sentence, candidate.match)


def stretches(blocks: Iterable[Block], wanted: Container[int]) -> Iterator[Span]:
    """Yield the stretches of a note that hold the `blocks` which begin at `wanted`, neighbours together."""
    for is_wanted, group in groupby(blocks, key=lambda block: block.start in wanted):
        if is_wanted:
            first, *others = group
            yield Span(first.start, others[-1].end if others else first.end)


@cache
def _questions(unless: tuple[str, ...], only: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Return the guards to ask and which answer of each acquits; those that parse come last."""
    questions = [*((name, True) for name in unless), *((name, False) for name in only)]
    return tuple(sorted(questions, key=lambda question: GUARDS[question[0]].parses))
