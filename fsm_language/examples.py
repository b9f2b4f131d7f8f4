"""Running a rule's own examples: what it must find, what its first suggestion gives, and what it must let be."""

from collections.abc import Iterator

from fsm_language.context import Context
from fsm_language.finding import Edit, Finding, apply
from fsm_language.guards import GUARDS
from fsm_language.linter import Linter
from fsm_language.rule import CONDITIONS, Example, Rule
from fsm_language.wording import suggestions


def prove(rule: Rule, linter: Linter) -> Iterator[str]:
    """Yield a sentence for each example of `rule` that does not hold."""
    for example in rule.examples:
        wrong = _check_example(rule, linter, example) if rule.check else _phrase_example(rule, linter, example)
        if wrong:
            yield f"{rule.id}: {wrong}: “{example.note}”"


def _phrase_example(rule: Rule, linter: Linter, example: Example) -> str | None:
    contexts = list(linter.contexts(rule, example.note))
    counted = [context for context in contexts if linter.acquitted_by(rule, context) is None]
    if example.fine is None:
        if not counted:
            by = {linter.acquitted_by(rule, context) for context in contexts}
            return f"not found ({'let be by ' + ', '.join(map(str, by)) if by else 'no phrase matches'})"
        if example.becomes is not None:
            edits = [edit for context in counted for edit in _first_edits(rule, context)]
            given = apply(example.note, edits)
            return None if given == example.becomes else f"the first suggestion gives “{given}”"
        return None
    if counted:
        return f"found, though “{example.fine}” should let it be"
    if example.fine == "phrases":
        return "a phrase matches" if contexts else None
    if not contexts:
        return f"no phrase matches, so “{example.fine}” proves nothing"
    for context in contexts:
        if example.fine in GUARDS:
            holds = GUARDS[example.fine].holds(context) is (example.fine in rule.unless)
        elif example.fine in CONDITIONS:
            holds = linter.holds(example.fine, rule, context)
        else:
            return f"“{example.fine}” is no guard"
        if not holds:
            return f"let be by “{linter.acquitted_by(rule, context)}”, not by “{example.fine}”"
    return None


def _first_edits(rule: Rule, context: Context) -> tuple[Edit, ...]:
    return next((s.edits for s in suggestions(rule, context) if s.edits), ())


def _check_example(rule: Rule, linter: Linter, example: Example) -> str | None:
    report = linter.check(example.note)
    found: list[Finding] = [finding for finding in (*report.findings, *report.covered) if finding.rule.id == rule.id]
    if example.fine is not None:
        return "found, though it should be let be" if found else None
    if not found:
        return "not found"
    if example.becomes is not None:
        given = apply(
            example.note, [edit for f in found for edit in next((s.edits for s in f.suggestions if s.edits), ())]
        )
        return None if given == example.becomes else f"the first suggestion gives “{given}”"
    return None
