"""The linter: a note goes in, a report comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property

from fsm_language.checks import CHECKS
from fsm_language.context import Context, Lexicon, Surroundings
from fsm_language.document import Document, Span
from fsm_language.finding import Finding, Report
from fsm_language.guards import GUARDS
from fsm_language.index import Index, Phrasebook
from fsm_language.machine import Match
from fsm_language.measures import measures
from fsm_language.nearest import nearest
from fsm_language.packs import Pack, load
from fsm_language.parse import NotParsedError, Parser
from fsm_language.rule import CONDITIONS, LEVELS, Rule
from fsm_language.settings import Settings, SettingsError
from fsm_language.tone import Tone
from fsm_language.wording import suggestions


class Linter:
    """Rules and settings, ready to check notes. Safe to share between threads; the same note gives the same report."""

    def __init__(self, settings: Settings | None = None, pack: Pack | None = None) -> None:
        """Read the packs that `settings` names, unless `pack` is what they come to.

        Raises `RuleError` when one cannot be used, and `SettingsError` for a rule, category or tag that is in none.
        """
        self.settings = settings or Settings()
        self.pack: Pack = pack or load(self.settings.packs)
        check_names(self.settings, self.pack.rules)
        self.rules: tuple[Rule, ...] = tuple(self._chosen(self.pack.rules))
        self.lexicon = Lexicon(self.pack.words)
        self.parser = Parser(self.settings.model) if self.settings.contextual else None
        self.tone = Tone() if self.settings.tone else None

    def knowing(self, acronyms: Iterable[str]) -> Linter:
        """Return a linter for a note whose readers know `acronyms` as well; it shares everything with this one."""
        other = copy(self)
        other.settings = replace(self.settings, known_acronyms=(*self.settings.known_acronyms, *acronyms))
        return other

    def _chosen(self, rules: Iterable[Rule]) -> Iterator[Rule]:
        select, ignore = set(self.settings.select), set(self.settings.ignore)
        for rule in rules:
            names = _names(rule)
            wanted = bool(names & select) if select else self._on(rule)
            if wanted and not names & ignore:
                yield rule

    def _on(self, rule: Rule) -> bool:
        """Whether a rule is on when nobody has asked for it by name."""
        if rule.audiences and self.settings.audience not in rule.audiences:
            return False
        return rule.enabled or (self.settings.profile == "reflective" and "recording" in rule.tags)

    def level(self, rule: Rule) -> str:
        """Return the level of a rule's findings under these settings."""
        levels = self.settings.levels
        return levels.get(rule.id) or levels.get(rule.category) or rule.level

    @cached_property
    def _rules_by_phrase(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for phrase in rule.phrases:
                found.setdefault(phrase, []).append(rule)
        return found

    @cached_property
    def _phrases(self) -> Phrasebook:
        return Phrasebook(self.pack.words)

    @cached_property
    def _index(self) -> Index:
        return self._looking_for(self._rules_by_phrase)

    def _looking_for(self, phrases: Iterable[str]) -> Index:
        return Index({phrase: self.pack.anchors[phrase] for phrase in phrases}, self._phrases)

    def check(
        self,
        text: str,
        name: str = "<note>",
        id: str | None = None,  # noqa: A002  # what the record and the output contract call it
    ) -> Report:
        """Return all that is found in `text`; `name` and `id` say which note it is.

        Raises `ModelError` when a sentence needs the parser and the pipeline of the settings is not installed.
        """
        document = Document(text, name)
        around = Surroundings(document, self.lexicon, self.parser, self.tone, later=True)
        found = [*self._by_phrases(around), *self._by_checks(around)]
        lowest = LEVELS.index(self.settings.level)
        shown, covered = resolve(finding for finding in found if LEVELS.index(finding.level) >= lowest)
        return Report(document, shown, measures(document), id=id, covered=covered)

    def _by_phrases(self, around: Surroundings) -> Iterator[Finding]:
        undecided: list[tuple[Rule, Context, str]] = []
        for candidate in self._index.find(around.document):
            context = Context(around, candidate.sentence, candidate.match)
            around.judged.append(context.span)
            for rule in self._rules_by_phrase[candidate.phrase]:
                try:
                    counts = self.acquitted_by(rule, context) is None
                except NotParsedError:
                    undecided.append((rule, context, candidate.phrase))
                else:
                    if counts:
                        yield self._finding(rule, context, candidate.phrase)
        around.parse(context.sentence for _, context, _ in undecided)
        for rule, context, phrase in undecided:
            if self.acquitted_by(rule, context) is None:
                yield self._finding(rule, context, phrase)

    def _by_checks(self, around: Surroundings) -> Iterator[Finding]:
        # the learned tier speaks last, where nothing else has
        for rule in sorted(self.rules, key=lambda rule: rule.check == "tone"):
            if rule.check is not None:
                for finding in CHECKS[rule.check](rule, around, self.settings, self.pack.glossary):
                    around.judged.append(Span(finding.start, finding.end))
                    yield replace(finding, level=self.level(rule))

    def _finding(self, rule: Rule, context: Context, phrase: str) -> Finding:
        start, end = context.span
        offered = suggestions(rule, context)
        words = [context.document.text[word.start : word.end] for word in context.words]
        wording = self._phrases[phrase].wording(context.match, words)
        return Finding(rule, start, end, context.text, rule.message, offered, level=self.level(rule), wording=wording)

    def acquitted_by(self, rule: Rule, context: Context) -> str | None:
        """Return what lets the match be: a guard's name, `exceptions`, `within` or `without`; None if it counts.

        Raises `NotParsedError` when only the parse of its sentence could tell and sentences are parsed later.
        """
        for key in CONDITIONS:
            if self.holds(key, rule, context):
                return key
        tests = [*((name, True) for name in rule.unless), *((name, False) for name in rule.only)]
        not_parsed: NotParsedError | None = None
        for name, acquits in sorted(tests, key=lambda test: GUARDS[test[0]].parses):
            try:
                if GUARDS[name].holds(context) is acquits:
                    return name
            except NotParsedError as error:
                not_parsed = error
        if not_parsed:
            raise not_parsed
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
        anchors = self.pack.anchors.get(source)
        if anchors is not None and not context.around.holds_any(anchors.stretches, context.sentence):
            return ()
        return context.around.matches(self._phrases[source], context.sentence)

    def contexts(self, rule: Rule, text: str) -> Iterator[Context]:
        """Yield every place in `text` where a phrase of `rule` matches, whether or not it counts."""
        document = Document(text)
        around = Surroundings(document, self.lexicon, self.parser)
        for candidate in self._looking_for(rule.phrases).find(document):
            yield Context(around, candidate.sentence, candidate.match)


def _names(rule: Rule) -> set[str]:
    """Return everything a rule may be selected, ignored or given a level by."""
    return {rule.id, rule.category, rule.topic, *rule.tags}


def check_names(settings: Settings, rules: Iterable[Rule]) -> None:
    """Raise `SettingsError` when `settings` name a rule, category, topic or tag that there is none of."""
    known = {name for rule in rules for name in _names(rule)}
    for key in ("select", "ignore", "levels"):
        for name in getattr(settings, key):
            if name not in known:
                raise SettingsError(f"{key}: there is no rule, category or tag “{name}”{nearest(name, known)}")


def resolve(found: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings to show, one for each stretch of words, and those that they cover.

    The longest wins, then the higher level, then the one that comes first by rule id.
    """
    ranked = sorted(found, key=lambda f: (f.start - f.end, -LEVELS.index(f.level), f.start, f.rule.id, f.message))
    shown: list[Finding] = []
    covered: list[Finding] = []
    for finding in ranked:
        if finding.category != "readability" and any(
            other.category != "readability" and finding.start < other.end and other.start < finding.end
            for other in shown
        ):
            covered.append(finding)
        else:
            shown.append(finding)
    order = lambda f: (f.start, f.end, f.rule.id)  # noqa: E731  # a sort key used twice, here only
    return tuple(sorted(shown, key=order)), tuple(sorted(covered, key=order))
