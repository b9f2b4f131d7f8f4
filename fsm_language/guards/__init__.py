"""When a phrase does not count: named tests of the words around a match, which rules ask for by name."""

from collections.abc import Callable
from typing import NamedTuple

from fsm_language.context import Context
from fsm_language.guards import claims, doers, names, uses


class Guard(NamedTuple):
    """A test, and whether it may ask the parser: tests of the words alone come first."""

    holds: Callable[[Context], bool]
    parses: bool = False

    @property
    def meaning(self) -> str:
        """What it means that the guard holds, in a sentence."""
        return " ".join((self.holds.__doc__ or "").split())


GUARDS = {
    "quoted": Guard(claims.quoted),
    "rejected": Guard(claims.rejected),
    "asked": Guard(claims.asked),
    "legal": Guard(uses.legal),
    "heading": Guard(names.heading),
    "formal_name": Guard(names.formal_name),
    "person_name": Guard(names.person_name),
    "explained": Guard(uses.explained),
    "passive": Guard(doers.passive),
    "unlikely": Guard(uses.unlikely),
    "negated": Guard(claims.negated, parses=True),
    "service_subject": Guard(doers.service_subject, parses=True),
    "thing_subject": Guard(doers.thing_subject, parses=True),
    "own_words": Guard(doers.own_words, parses=True),
    "child_subject": Guard(doers.child_subject, parses=True),
    "parent_subject": Guard(doers.parent_subject, parses=True),
    "family_subject": Guard(doers.family_subject, parses=True),
    "about_thing": Guard(doers.about_thing, parses=True),
    "reported": Guard(claims.reported, parses=True),
    "as_verb": Guard(uses.as_verb, parses=True),
    "as_noun": Guard(uses.as_noun, parses=True),
    "as_adjective": Guard(uses.as_adjective, parses=True),
}
