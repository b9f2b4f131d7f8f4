"""What no list holds: stretches that the learned model is sure of and no rule or guard has judged."""

from collections.abc import Iterator

from fsm_language.context import Context
from fsm_language.finding import Finding, Suggestion
from fsm_language.frequency import RANK
from fsm_language.glossary import Glossary
from fsm_language.guards import GUARDS
from fsm_language.machine import Match
from fsm_language.rule import Rule
from fsm_language.settings import Settings
from fsm_language.surroundings import Surroundings
from fsm_language.tone import Hint

CONFIDENCE = 0.8
COMMON = 150  # of the commonest words, these by themselves say nothing
LONGEST = 14  # words; a longer stretch would point at nothing
# words that a phrase does not begin or end with
NOT_FIRST = frozenset("and but or so that then than because as if".split())
NOT_LAST = frozenset(
    "and but or of with from the a an as that which who because if than his their my our your is was are were".split()
)


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
        if hint.category != rule.category or hint.confidence < least or aside.hold(hint.start, hint.end):
            continue
        context = _trimmed(around, hint)
        if context is None or aside.meet(*context.span) or _let_be(rule, context):
            continue
        yield Finding(rule, *context.span, context.text, rule.message, questions)


def _trimmed(around: Surroundings, hint: Hint) -> Context | None:
    """Return the words of a hint without small words at its ends, or None when nobody would see what is meant."""
    sentence = around.document.sentence_index(hint.start)
    words = around.document.words(sentence)
    inside = [at for at, word in enumerate(words) if word.start < hint.end and hint.start < word.end]
    while inside and words[inside[0]].key in NOT_FIRST:
        inside.pop(0)
    while inside and words[inside[-1]].key in NOT_LAST:
        inside.pop()
    telling = any(RANK.get(words[at].key, COMMON) >= COMMON for at in inside)
    if not telling or len(inside) > LONGEST:
        return None
    first, after = inside[0], inside[-1] + 1
    return Context(around, sentence, Match(first, after, first, after, (), ()))


def _let_be(rule: Rule, context: Context) -> bool:
    """Whether a guard of the rule acquits the words, or they are among those that it leaves alone."""
    words = context.text.lower()
    return any(right in words for right in rule.options.get("right", ())) or any(
        GUARDS[name].holds(context) for name in rule.unless
    )
