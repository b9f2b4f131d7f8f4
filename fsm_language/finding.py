"""The records that every front receives: what was found in a note, and what to write instead."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fsm_language.document import Document
from fsm_language.rule import Rule


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """One change to a note's text: replaces, inserts (`start == end`) and deletes (`text == ""`) alike.

    `start` and `end` are code points of the text as it was given, half open.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A better wording as a person would read it (`label`), and the edits that bring it about.

    A suggestion without edits is a question that only the writer of the note can answer.
    """

    label: str
    edits: tuple[Edit, ...] = ()

    @property
    def is_question(self) -> bool:
        """Whether there is nothing to apply, only something to ask oneself."""
        return not self.edits


@dataclass(frozen=True, slots=True)
class Finding:
    """Wording that a rule found, where it stands, and what to do about it.

    `start` and `end` are code points of the note's text, half open; `text` is what stands there. `level` and
    `category` are the rule's, unless a check that knows more has said otherwise. `related` holds other places
    in the note that belong to the finding (later uses of an acronym), as pairs of code points. `wording` is what a
    rule's phrase knows of the words, in their plain forms ("fail to …"), by which findings can be counted and which
    holds nothing else of the note; empty where no phrase found it.
    """

    rule: Rule
    start: int
    end: int
    text: str
    message: str
    suggestions: tuple[Suggestion, ...] = ()
    related: tuple[tuple[int, int], ...] = ()
    level: str = ""
    category: str = ""
    wording: str = ""

    def __post_init__(self) -> None:
        if not self.level:
            object.__setattr__(self, "level", self.rule.level)
        if not self.category:
            object.__setattr__(self, "category", self.rule.category)

    def fingerprint(self, document: Document, key: bytes = b"fsm-language") -> str:
        """Name this finding without its place: a keyed hash of the rule, the words and three words either side.

        It survives edits elsewhere in the note. `key` makes short phrases unguessable: a baseline file carries
        its own random key. The same fingerprint serves ignores, baselines, SARIF and JSON.
        """
        before = document.text[max(0, self.start - 80) : self.start].casefold().split()[-3:]
        after = document.text[self.end : self.end + 80].casefold().split()[:3]
        words = " ".join([self.rule.id, *before, "|", *self.text.casefold().split(), "|", *after])
        return hmac.new(key, words.encode("utf-8", "surrogatepass"), hashlib.blake2b).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found in one note.

    `measures` maps names to figures (words, sentences, reading age, ...). `error` says in one plain sentence why
    the note could not be read or checked; `notices` what had to be assumed to read it (an encoding, say).
    `id` is the record's own id where one file holds many notes, `record` its other fields. `covered` holds findings
    that another finding on the same words stands for, `hidden` the fingerprints (by its own key) of those that a
    baseline or a file of ignores keeps silent.
    """

    document: Document
    findings: tuple[Finding, ...] = ()
    measures: Mapping[str, float] = field(default_factory=dict)
    error: str | None = None
    notices: tuple[str, ...] = ()
    id: str | None = None
    covered: tuple[Finding, ...] = ()
    hidden: tuple[str, ...] = ()
    record: Mapping[str, str] = field(default_factory=dict)

    def corrected(self) -> str:
        """Return the note's text with the first applicable suggestion of each finding taken."""
        edits: list[Edit] = []
        for finding in self.findings:
            first = next((s for s in finding.suggestions if s.edits), None)
            if first:
                edits.extend(first.edits)
        return apply(self.document.text, edits)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with `edits` made; of edits that overlap, the earlier one in the text is made."""
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits):
        if edit.start < done:
            continue
        pieces += text[done : edit.start], edit.text
        done = edit.end
    return "".join([*pieces, text[done:]])
