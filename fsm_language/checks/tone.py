"""What no list holds: stretches that the learned model is sure of and no rule or guard has judged."""

from collections.abc import Iterator

from fsm_language.context import Surroundings
from fsm_language.document import Span, words_of
from fsm_language.finding import Finding, Suggestion
from fsm_language.frequency import RANK
from fsm_language.glossary import Glossary
from fsm_language.rule import Rule
from fsm_language.settings import Settings

CONFIDENCE = 0.7
COMMON = 150  # of the commonest words, these by themselves say nothing
LONGEST_SENTENCE = 14  # words; measured on formal reports, where nearly all that it pointed at was right
LONGEST = 14  # words; a longer stretch would point at nothing


def tone(rule: Rule, around: Surroundings, settings: Settings, _glossary: Glossary) -> Iterator[Finding]:
    """Yield what the model takes for the rule's category, with the rule's question.

    The rule's option `confidence` (0 to 1) says how sure the model must be, and `right` names words to leave alone.
    """
    if around.tone is None or not settings.tone:
        return
    questions = tuple(Suggestion(question) for question in rule.ask)
    text = around.document.text
    for hint in around.hints:
        words = text[hint.start : hint.end]
        sure = hint.confidence >= float(rule.options.get("confidence", CONFIDENCE))
        if hint.category != rule.category or not sure or not _says_something(words) or _formal(around, hint.start):
            continue
        if any(right in words.lower() for right in rule.options.get("right", ())):
            continue
        if not _set_aside(around, Span(hint.start, hint.end)):
            yield Finding(rule, hint.start, hint.end, words, rule.message, questions)


def _says_something(words: str) -> bool:
    """Whether a person would see what is meant: neither a few small words nor half a paragraph."""
    keys = [word.key for word in words_of(words)]
    return len(keys) <= LONGEST and any(RANK.get(key, COMMON) >= COMMON for key in keys)


def _formal(around: Surroundings, offset: int) -> bool:
    """Whether the words stand in a long sentence: formal prose, of which the model has read too little to be sure."""
    document = around.document
    return len(document.words(document.sentence_index(offset))) > LONGEST_SENTENCE


def _set_aside(around: Surroundings, span: Span) -> bool:
    """Whether a rule or a guard has judged these words already, or somebody else said them."""
    spans = (*around.judged, *around.quotations, *around.messages)
    return any(start < span.end and span.start < end for start, end in spans)
