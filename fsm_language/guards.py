"""When a phrase does not count: named tests of the words around a match, which rules ask for by name."""

import re
from collections.abc import Callable
from typing import NamedTuple

from fsm_language.context import Context
from fsm_language.document import lowered
from fsm_language.lexicon import FAMILY, WORKERS
from fsm_language.surroundings import Surroundings

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
LINKING_CAPITALS = frozenset("of the and for in to on".split())
# what the last word of a formal name is likely to be
NAMED = frozenset(
    "order plan policy act team service services board panel programme project unit assessment agreement scheme trust "
    "court meeting conference review report form centre academy school protocol strategy partnership guide guidance "
    "code charter handbook course group hub house lane street road cafe theatre".split()
)
TITLES = frozenset("mr mrs ms miss mx dr prof st".split())
SCOPE = 9
UNLIKELY = 0.1  # chosen on notes by authors whom neither rules nor model had read


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
    while token is not None and token.dep_ in (
        "ccomp",
        "xcomp",
        "acomp",
        "attr",
        "oprd",
        "dobj",
        "amod",
        "prep",
        "pobj",
    ):
        token = token.head
        for child in token.children:
            place = child.dep_ == "neg" and child.idx + context.sentence_span.start
            if place and not any(
                word.start <= place <= word.end and _only_seems_negative(context, at)
                for at, word in enumerate(context.words)
            ):
                return True
    return False


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
            while speaker > 0 and context.keys[speaker] in (
                "has",
                "have",
                "had",
                "also",
                "then",
                "just",
                "is",
                "was",
                "often",
            ):
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


def service_subject(context: Context) -> bool:
    """The one who does it is us, a worker, a service or an organisation."""
    return context.done_by(*WORKERS)


def thing_subject(context: Context) -> bool:
    """The one that does it is a thing, an animal, the weather."""
    return context.done_by("thing")


def child_subject(context: Context) -> bool:
    """The one who does it, or is so described, is a child."""
    return context.done_by("child")


def parent_subject(context: Context) -> bool:
    """The one who does it, or is so described, is a parent, carer or other adult of the family."""
    return context.done_by("parent")


def family_subject(context: Context) -> bool:
    """The one who does it is a child, a parent, another person not at work, a name, or he, she, they."""
    return context.done_by(*FAMILY)


def own_words(context: Context) -> bool:
    """The writer speaks of themself: "I was short with her", "my mistake"."""
    return context.done_by("self")


def passive(context: Context) -> bool:
    """It was done to the person, not by them: "mum was ignored"."""
    before = context.keys[max(0, context.head_word - 2) : context.head_word]
    return bool({"was", "were", "been", "being", "is", "are", "be", "got", "gets", "getting"} & set(before))


def about_thing(context: Context) -> bool:
    """The words describe a thing: "dirty nappy", "chaotic traffic", "difficult to park"."""
    lexicon = context.around.lexicon
    after = context.match.end
    if after < len(context.words) and context.words[after].joined:
        following = context.keys[after]
        if following in lexicon.human_nouns:
            return False
        known = context.around.lexicon.actor(following)
        if known is not None:
            return known in ("thing", "service")
    token = context.token(context.match.end - 1)
    if token is None:
        return False
    if token.dep_ in ("amod", "compound", "nmod") and token.head.i > token.i:
        return token.head.lower_ not in lexicon.human_nouns and context.classify(token.head) in ("thing", "service")
    return context.done_by("thing", "service")


def formal_name(context: Context) -> bool:
    """The words are part of a name in capitals: "Challenging Behaviour Policy", "Placement Order"."""
    if context.sentence_text.isupper():
        return False
    first, last = _run_of_capitals(context)
    capitals = [at for at in range(first, last + 1) if _capital(context, at)]
    if not any(context.match.start <= at < context.match.end for at in capitals):
        return False
    # the capital that every sentence begins with says nothing by itself
    return len(capitals) >= 2 and (
        context.keys[last] in NAMED or len(capitals) - (first == 0) >= 2 or context.match.end - context.match.start > 2
    )


def _run_of_capitals(context: Context) -> tuple[int, int]:
    """Return the first and last word of the run of capital words around the match, small linking words among them."""
    first, last = context.match.start, context.match.end - 1
    while first and context.words[first].joined:
        if not (_capital(context, first - 1) or (context.keys[first - 1] in LINKING_CAPITALS and first - 1)):
            break
        first -= 1
    while _capital_next(context, last) or (
        last + 2 < len(context.words)
        and context.keys[last + 1] in LINKING_CAPITALS
        and _capital_next(context, last + 1)
    ):
        last += 1
    while first < context.match.start and not _capital(context, first):
        first += 1
    return first, last


def _capital(context: Context, at: int) -> bool:
    return context.document.text[context.words[at].start].isupper()


def _capital_next(context: Context, at: int) -> bool:
    return at + 1 < len(context.words) and context.words[at + 1].joined and _capital(context, at + 1)


def person_name(context: Context) -> bool:
    """The words are somebody's or some place's name: "Mr Crook", "Dirty Lane"."""
    first = context.match.start
    if context.sentence_text.isupper() or not _capital(context, first):
        return False
    if first == 0:
        return (
            _capital_next(context, context.match.end - 1)
            and not context.document.text[context.span.start : context.span.end].isupper()
        )
    before = context.keys[first - 1]
    return before in TITLES or context.document.text[context.words[first].start : context.words[first].end].istitle()


def heading(context: Context) -> bool:
    """The words stand in a heading, a form label or a signature."""
    return context.block.kind == "heading"


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


class Guard(NamedTuple):
    """A test, and whether it may ask the parser: tests of the words alone come first."""

    holds: Callable[[Context], bool]
    parses: bool = False

    @property
    def meaning(self) -> str:
        """What it means that the guard holds, in a sentence."""
        return " ".join((self.holds.__doc__ or "").split())


GUARDS = {
    "quoted": Guard(quoted),
    "rejected": Guard(rejected),
    "asked": Guard(asked),
    "legal": Guard(legal),
    "heading": Guard(heading),
    "formal_name": Guard(formal_name),
    "person_name": Guard(person_name),
    "explained": Guard(explained),
    "passive": Guard(passive),
    "unlikely": Guard(unlikely),
    "negated": Guard(negated, parses=True),
    "service_subject": Guard(service_subject, parses=True),
    "thing_subject": Guard(thing_subject, parses=True),
    "own_words": Guard(own_words, parses=True),
    "child_subject": Guard(child_subject, parses=True),
    "parent_subject": Guard(parent_subject, parses=True),
    "family_subject": Guard(family_subject, parses=True),
    "about_thing": Guard(about_thing, parses=True),
    "reported": Guard(reported, parses=True),
    "as_verb": Guard(as_verb, parses=True),
    "as_noun": Guard(as_noun, parses=True),
    "as_adjective": Guard(as_adjective, parses=True),
}
