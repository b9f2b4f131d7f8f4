"""Every shipped rule proves itself, names who recommends it, and speaks as it asks others to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from fsm_language import Linter, Report, Rule, Suggestion, load
from fsm_language.examples import prove
from fsm_language.finding import apply
from fsm_language.wording import suggestions

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = load().rules
SCOLDING = re.compile(
    r"\b(?:you must|(?:is|are) wrong|wrongly|(?:bad|poor) practice|unacceptable|inappropriate|careless(?:ly)?|"
    r"lazy|lazily|unprofessional(?:ly)?|never (?:write|say|use))\b",
    re.IGNORECASE,
)

every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
every_phrase_rule = pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.phrases], ids=[rule.id for rule in RULES if rule.phrases]
)


@every_rule
def test_a_rule_proves_itself(rule, linter):
    assert not list(prove(rule, linter))


@every_rule
def test_a_rule_has_two_examples_to_find_and_two_to_let_be(rule):
    fine = [example for example in rule.examples if example.fine is not None]
    assert len(fine) >= 2
    # the reading age is only looked at once a team has settled on one: tests/test_readability.py finds it
    assert rule.id == "readability.reading-age" or len(rule.examples) - len(fine) >= 2


@every_rule
def test_a_rule_names_pages_that_recommend_it(rule):
    assert rule.sources
    for source in rule.sources:
        assert re.match(r"https?://[\w.-]+\.[a-z]+(?::\d+)?(?:/|\Z)", source.url), source.url
        assert source.title.strip()
        assert source.publisher.strip()


@every_rule
def test_an_id_begins_with_its_category(rule):
    assert rule.id.startswith(f"{rule.category}.")


def test_ids_are_unique():
    assert len({rule.id for rule in RULES}) == len(RULES)


@every_rule
def test_a_rule_does_not_scold(rule):
    for said in (rule.message, rule.why, *rule.ask):
        own_words = re.sub(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"", "", said)
        assert not SCOLDING.search(own_words), said
        assert "!" not in own_words


@every_rule
def test_a_rule_is_short_and_whole(rule):
    assert rule.message.endswith((".", "?", "”", ")"))
    assert rule.why.endswith((".", "?", "”", ")"))
    assert len(rule.message) <= 240
    assert len(rule.why) <= 400


def found_in(report: Report, start: int, end: int) -> set[str]:
    """Return the rules that find something in a stretch of a note, whole-note measures aside."""
    return {
        finding.rule.id
        for finding in (*report.findings, *report.covered)
        if finding.category != "readability" and finding.start < end and start < finding.end
    }


def offers(rule: Rule, linter: Linter) -> Iterator[tuple[str, int, int, Suggestion]]:
    """Yield each wording that the rule offers in its own examples: the note, where, and the suggestion."""
    for example in rule.examples:
        if example.fine is None:
            for context in linter.contexts(rule, example.note):
                if linter.acquitted_by(rule, context) is None:
                    for suggestion in suggestions(rule, context):
                        if suggestion.edits:
                            yield example.note, *context.span, suggestion


@every_phrase_rule
def test_a_suggestion_taken_leaves_nothing_to_find_there(rule, linter):
    problems = []
    for note, start, end, suggestion in offers(rule, linter):
        (edit,) = suggestion.edits
        better = apply(note, suggestion.edits)
        before = found_in(linter.check(note), min(start, edit.start), max(end, edit.end))
        after = found_in(linter.check(better), edit.start, edit.start + len(edit.text))
        if new := {rule.id} & after | after - before:
            problems.append(f"“{better}” is found by {', '.join(sorted(new))}")
    assert not problems, "\n".join(dict.fromkeys(problems))
