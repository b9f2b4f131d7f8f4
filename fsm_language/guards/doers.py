"""Who or what does it, or is so described."""

from fsm_language.context import Context
from fsm_language.lexicon import FAMILY, WORKERS


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
        known = lexicon.actor(following)
        if known is not None:
            return known in ("thing", "service")
    token = context.token(context.match.end - 1)
    if token is None:
        return False
    if token.dep_ in ("amod", "compound", "nmod") and token.head.i > token.i:
        return token.head.lower_ not in lexicon.human_nouns and context.classify(token.head) in ("thing", "service")
    return context.done_by("thing", "service")
