"""How the words are meant: explained, as a lawyer means them, as a verb, or in a way the learned tier lets be."""

import re

from fsm_language.context import Context
from fsm_language.document import lowered
from fsm_language.surroundings import Surroundings

LEGAL = re.compile(
    r"\b(?:(?<!in )(?<!of )charg(?:e|es|ed)|plea|plead(?:s|ed)?|pled|guilty|court|trial|convict\w*|cps|magistrates?|"
    r"jury|bail(?:ed)?|offences?|indict\w*|sentenc(?:e|ed)|under caution|hearing (?!voices)|prosecut\w*|remand\w*|"
    r"judge|findings? of fact|statement of)\b",
    re.IGNORECASE,
)
EXPLAINED_AFTER = re.compile(
    r"\s*(?:\((?!\d)[a-z’']+ [^()\n]{4,}\)|(?:,|–|-) ?(?:which|that) (?:is|means)\b|,? ?i\.e\.|,? meaning\b|means?\b"
    r"|is (?:the|when|where) (?:word|we|someone|a child)\b)",
    re.IGNORECASE,
)
EXPLAINED_BEFORE = re.compile(r"[a-z]{2,} [a-z]{2,} \(\s*(?:the )?\Z", re.IGNORECASE)
UNLIKELY = 0.1  # chosen on notes by authors whom neither rules nor model had read


def explained(context: Context) -> bool:
    """The note says what the words mean, beside them: "contact (time with his dad)"."""
    words = lowered(context.text)
    context.around.asked.setdefault(context.block.start, set()).add(words)
    return explains(context.around, words)


def explains(around: Surroundings, words: str) -> bool:
    """Whether the note says somewhere what `words`, in small letters, mean."""
    if words not in around.explained:
        around.explained[words] = _explains(around.document.text, around.lowered, words)
    return around.explained[words]


def _explains(text: str, small: str, words: str) -> bool:
    end = 0
    while (found := small.find(words, end)) >= 0:
        end = found + len(words)
        if EXPLAINED_AFTER.match(text, end) or EXPLAINED_BEFORE.search(text, max(0, found - 60), found):
            return True
    return False


def unlikely(context: Context) -> bool:
    """The learned tier has read the sentence and is all but sure that nothing is amiss with the words there."""
    return context.around.likelihood(context.sentence, context.span) < UNLIKELY


def legal(context: Context) -> bool:
    """The sentence speaks of charge, plea, court, conviction, trial."""
    return LEGAL.search(context.sentence_text) is not None


def _pos(context: Context) -> str:
    token = context.token(context.match.start)
    return "" if token is None else token.pos_


def as_verb(context: Context) -> bool:
    """The first marked word is used as a verb: "contact the school"."""
    return _pos(context) in ("VERB", "AUX")


def as_noun(context: Context) -> bool:
    """The first marked word is used as a noun: "contact with dad"."""
    return _pos(context) in ("NOUN", "PROPN")


def as_adjective(context: Context) -> bool:
    """The first marked word is used as an adjective: "the closed door"."""
    token = context.token(context.match.start)
    return token is not None and (token.pos_ == "ADJ" or token.dep_ in ("amod", "acomp"))
