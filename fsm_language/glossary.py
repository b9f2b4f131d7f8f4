"""The glossary: acronyms, what they stand for, and what that means in plain words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym or shorthand that practitioners write.

    `expansions` holds every meaning met, the main one first; `plain` says it so that a parent understands.
    `ambiguous`: a reader may take it for something else, so ask and never choose. `common`: most people know it.
    `variants` are other spellings (`CiN`, `C.I.N.`); `domain` is where it comes from.
    """

    acronym: str
    expansions: tuple[str, ...]
    plain: str
    ambiguous: bool = False
    common: bool = False
    variants: tuple[str, ...] = ()
    domain: str = ""
    source: str = ""
