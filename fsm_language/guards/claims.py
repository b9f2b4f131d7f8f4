"""Whether the note claims what the words say: they are nobody else's, not denied, asked about or set aside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fsm_language.context import Context
from fsm_language.lexicon import FAMILY

if TYPE_CHECKING:
    from spacy.tokens import Token

NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without cannot cant dont doesnt didnt isnt arent wasnt werent "
    "wont wouldnt couldnt shouldnt hasnt havent hadnt hardly barely nowhere".split()
)
NOT_NEGATING = frozenset(
    {"just", "only", "simply", "merely", "help", "doubt", "surprising", "surprisingly", "sure", "least"}
)
CLAUSE_BREAKS = frozenset("but because so which who when while although though then since until".split())
REJECTIONS = re.compile(
    r"\b(?:the (?:word|words|phrase|term|label|expression)s?|instead of|rather than|as opposed to|far from|"
    r"anything but|struck out|reworded?|rewrit\w+|re-?phras\w+|words like|"
    r"(?:avoid|stop|don'?t|not) (?:say|saying|writ\w+|call\w*|us\w+)|"
    r"(?:old|last|previous|earlier) (?:record|report|file|summary|entry|entries|notes?) (?:says?|said|calls?|called|"
    r"describes?|described)|labell?ed|been called|was called|were called|described (?:her|him|them) as|what we mean by|"
    r"to be called|myth|stereotyp\w+|accus\w+|worr(?:y|ies|ied) (?:that|about) (?:being|people|everyone|they|we))\b",
    re.IGNORECASE,
)
CONDITION = frozenset("whether if unless should".split())
BEFORE_SAYING = frozenset("has have had also then just is was often".split())
DEPENDS = frozenset("ccomp xcomp acomp attr oprd dobj amod prep pobj".split())  # what is not so if its head is not
SCOPE = 9


def quoted(context: Context) -> bool:
    """The words are somebody's own: in quotation marks, in a message from the family, in a block quote."""
    around = context.around
    return around.quotations.hold(*context.span) or around.messages.hold(*context.span) or context.block.kind == "quote"


def negated(context: Context) -> bool:
    """The sentence says it is not so: "not", "never", "no longer", "nothing I would call"."""
    at = context.match.first - 1
    verbal = bool(context.match.bends) and context.head_word == context.match.start
    for steps in range(SCOPE):
        if at < 0:
            break
        key = context.keys[at]
        if not context.words[at + 1].joined and not (steps == 0 and key in NEGATIONS):
            break
        if key in CLAUSE_BREAKS or (key in ("and", "or") and verbal):
            return False
        if key in NEGATIONS and not _only_seems_negative(context, at):
            return True
        at -= 1
    return _negated_by_parse(context)


def _only_seems_negative(context: Context, at: int) -> bool:
    return bool(NOT_NEGATING & set(context.keys[at + 1 : at + 3]))


def _negated_by_parse(context: Context) -> bool:
    before = context.keys[: context.match.first]
    if not any(key in NEGATIONS and not _only_seems_negative(context, at) for at, key in enumerate(before)):
        return False
    token = context.token(context.head_word)
    while token is not None and token.dep_ in DEPENDS:
        token = token.head
        if any(child.dep_ == "neg" and not _token_only_seems_negative(context, child) for child in token.children):
            return True
    return False


def _token_only_seems_negative(context: Context, token: Token) -> bool:
    place = token.idx + context.sentence_span.start
    return any(
        word.start <= place <= word.end and _only_seems_negative(context, at) for at, word in enumerate(context.words)
    )


def rejected(context: Context) -> bool:
    """The words are named in order to be set aside: "the word", "label", "instead of", "would not call"."""
    start = context.sentence_span.start
    before = context.document.text[max(start, context.span.start - 60) : context.span.start]
    return REJECTIONS.search(before) is not None


def asked(context: Context) -> bool:
    """A question or a condition: "did mum refuse?", "if dad refuses"."""
    if context.sentence_text.rstrip().endswith("?"):
        return True
    return bool(CONDITION & set(context.keys[max(0, context.match.first - 6) : context.match.first]))


def reported(context: Context) -> bool:
    """A child, parent or other family member is the one who says so: "Tyler told me his room is filthy"."""
    say = context.around.lexicon.say
    for at in range(context.match.start - 1, 0, -1):
        if context.keys[at] in say and (at < context.match.first or context.match.first == context.match.start):
            speaker = at - 1
            while speaker > 0 and context.keys[speaker] in BEFORE_SAYING:
                speaker -= 1
            if context.name_or_actor(speaker) in FAMILY:
                return _in_complement(context, at)
    return False


def _in_complement(context: Context, say: int) -> bool:
    """Whether the marked words are what was said, and not what was done next."""
    if context.parsed is None:
        return "and" not in context.keys[say : context.match.start]
    verb = context.token(say)
    token = context.token(context.head_word)
    while token is not None and verb is not None and token.dep_ != "ROOT":
        if token.head.i == verb.i:
            return token.dep_ not in ("conj", "advcl")
        token = token.head
    return False
