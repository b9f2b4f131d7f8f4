"""How the words are meant: explained, as a lawyer means them, as a verb, or in a way the learned tier lets be."""

import re

from fsm_language.context import Context
from fsm_language.parse import Kind, kind_of
from fsm_language.words import lowered

LEGAL = re.compile(
    r"\b(?:(?<!in )(?<!of )charg(?:e|es|ed)|plea|plead(?:s|ed)?|pled|guilty|court|trial|convict\w*|cps|magistrates?|"
    r"jury|bail(?:ed)?|offences?|indict\w*|sentenc(?:e|ed)|under caution|hearing (?!voices)|prosecut\w*|remand\w*|"
    r"judge|findings? of fact|statement of)\b",
    re.IGNORECASE,
)
UNLIKELY = 0.07  # chosen on notes by authors whom neither rules nor model had read


def explained(context: Context) -> bool:
    """The note says what the words mean, beside them: "contact (time with his dad)"."""
    words = lowered(context.text)
    context.around.asked.setdefault(context.block.start, set()).add(words)
    return context.around.explains(words)


def unlikely(context: Context) -> bool:
    """The learned tier has read the sentence and is all but sure that nothing is amiss with the words there."""
    return context.around.likelihood(context.sentence, context.span) < UNLIKELY


def legal(context: Context) -> bool:
    """The sentence speaks of charge, plea, court, conviction, trial."""
    return LEGAL.search(context.sentence_text) is not None


def _kind(context: Context) -> Kind | None:
    token = context.token(context.match.start)
    return None if token is None else kind_of(token)


def as_verb(context: Context) -> bool:
    """The first marked word is used as a verb: "contact the school"."""
    return _kind(context) == "verb"


def as_noun(context: Context) -> bool:
    """The first marked word is used as a noun: "contact with dad"."""
    return _kind(context) in ("noun", "name")


def as_adjective(context: Context) -> bool:
    """The first marked word is used as an adjective: "the closed door"."""
    token = context.token(context.match.start)
    return token is not None and (kind_of(token) == "adjective" or token.dep_ in ("amod", "acomp"))
