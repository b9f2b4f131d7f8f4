"""A rule as a practice lead writes it: phrases or a check, what to say, who recommends it, and its own proof."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fsm_language.mistake import Mistake

CATEGORIES = ("blaming", "judgemental", "jargon", "acronym", "readability")
LEVELS = ("suggestion", "warning", "error")
PRINCIPLES = ("collaborative", "strengths-based", "purposeful", "rights-based", "empathetic", "aspirational")
TAGS = (
    "comparing",
    "done-to",
    "doubt",
    "identity",
    "labelling",
    "minimising",
    "mind-reading",
    "mocking",
    "outdated",
    "process",
    "recording",
    "stigma",
    "unattributed",
    "victim-blaming",
)
# the keys of a rule that hold lists of texts
LISTS = (
    "phrases",
    "suggest",
    "ask",
    "exceptions",
    "within",
    "without",
    "unless",
    "only",
    "tags",
    "audiences",
    "sources",
)
# and those of them that hold phrases which decide whether a match counts
CONDITIONS = ("exceptions", "within", "without")


class RuleError(Mistake):
    """A rule, a pack or a word list that cannot be used; it names file, line, rule and likely fix."""


@dataclass(frozen=True, slots=True)
class Source:
    """A published page that a rule rests on."""

    key: str
    title: str
    publisher: str
    url: str


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that proves a rule.

    With `becomes`, the rule must find something and its first suggestion must give that text; with `fine`, the
    rule must let the sentence be, and `fine` names what acquits it (a guard, `exceptions`, `within` or `without`), or
    is `phrases` where no phrase matches; with neither, the rule must find something.
    """

    note: str
    becomes: str | None = None
    fine: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing worth a second thought, and all that is known about it.

    `phrases`, `exceptions`, `within` and `without` are written in the phrase language of `docs/writing-rules.md`.
    A match counts when a phrase of `within` (if any) and none of `without` stands in its sentence, when no phrase
    of `exceptions` overlaps it, when every guard of `only` holds and no guard of `unless` does.
    `file` and `line` (from 1) say where the rule was written.
    """

    id: str
    category: str
    level: str
    message: str
    why: str
    sources: tuple[Source, ...]
    principle: str
    phrases: tuple[str, ...] = ()
    suggest: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    check: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    enabled: bool = True
    topic: str = ""
    file: str = ""
    line: int = 0

    @property
    def all_phrases(self) -> tuple[str, ...]:
        """Its phrases, and those of its exceptions and conditions."""
        return (*self.phrases, *self.exceptions, *self.within, *self.without)
