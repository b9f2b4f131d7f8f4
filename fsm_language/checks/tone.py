"""What no list holds: stretches that the learned model is sure of and no rule or guard has judged."""

from collections.abc import Iterator

from fsm_language.context import Context
from fsm_language.finding import Finding, Suggestion
from fsm_language.glossary import Glossary
from fsm_language.guards import GUARDS
from fsm_language.machine import Match
from fsm_language.rule import Rule
from fsm_language.settings import Settings
from fsm_language.surroundings import Surroundings

CONFIDENCE = 0.8


def tone(rule: Rule, around: Surroundings, settings: Settings, _glossary: Glossary) -> Iterator[Finding]:
    """Yield what the model takes for the rule's category, with the rule's question.

    The rule's option `confidence` (0 to 1) says how sure the model must be, and `right` names words to leave alone.
    """
    if around.tone is None or not settings.tone:
        return
    questions = tuple(Suggestion(question) for question in rule.ask)
    aside = around.aside
    least = float(rule.options.get("confidence", CONFIDENCE))
    for hint in around.hints:
        if hint.category != rule.category or hint.confidence < least or aside.meet(hint.start, hint.end):
            continue
        sentence = around.document.sentence_index(hint.start)
        context = Context(around, sentence, Match(hint.first, hint.after, hint.first, hint.after, (), ()))
        if not _let_be(rule, context):
            yield Finding(rule, hint.start, hint.end, context.text, rule.message, questions)


def _let_be(rule: Rule, context: Context) -> bool:
    """Whether a guard of the rule acquits the words, or they are among those that it leaves alone."""
    words = context.text.lower()
    return any(right in words for right in rule.options.get("right", ())) or any(
        GUARDS[name].holds(context) for name in rule.unless
    )
