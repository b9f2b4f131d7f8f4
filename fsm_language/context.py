"""A candidate where it stands: the words around it, who does what in its sentence, and the parse when asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from fsm_language.document import Document
from fsm_language.lexicon import Actor
from fsm_language.machine import Match
from fsm_language.parse import kind_of, subject_of, token_at
from fsm_language.parting import Block
from fsm_language.spans import Span
from fsm_language.surroundings import Surroundings
from fsm_language.words import Word

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SELF = frozenset({"i", "we", "us", "me", "my", "our", "myself", "ourselves"})
POSSESSIVE: dict[str, Actor] = {"my": "self", "our": "self", "her": "person", "his": "person", "their": "person"}
PRONOUNS = frozenset({"he", "she", "him", "her"})
THEY = frozenset({"they", "them", "their"})
# words that may stand between a subject and its verb
BETWEEN = frozenset(
    "has have had is are was were be been being am 's 're 've 'm 'd 'll do does did will would can could may might "
    "must should shall to not never also again still just only really simply always often repeatedly continually "
    "constantly consistently completely totally clearly obviously then now once twice previously already "
    "deliberately wilfully yet both all even further initially currently recently sometimes usually generally quite "
    "very so too rather dont doesnt didnt hasnt havent hadnt isnt arent wasnt werent wont wouldnt cant cannot "
    "couldnt tends seems appears continues continued point blank flatly largely openly mostly actually basically "
    "frequently".split()
)
OPENERS = frozenset(
    "and but because as that when while so if although though whereas since until before after then or however yet "
    "once unless where why how despite".split()
)
GOVERNORS = frozenset(
    "to by for with from of in at on about into near told asked gave given promised sent saw rang called told offered "
    "showed let made helped against than like off over under without".split()
)
DETERMINERS = frozenset(
    "the a an this that these those his her their my our its your both each every some any no".split()
)
NO_NAMES = BETWEEN | OPENERS | GOVERNORS | DETERMINERS  # though they may begin a sentence with a capital
# a common noun with one of these endings is likely a person at work
AT_WORK_ENDINGS = ("er", "or", "ist", "ian", "visor", "nurse", "wife", "staff")
AT_WORK = re.compile(rf"(?:{'|'.join(AT_WORK_ENDINGS)})(?![^\W_])")
NO_SMALL_LETTERS = re.compile(r"[^\sa-z]{3,}")
# what tokenisers part into a word for the writer and another
SELF_WRITTEN_TOGETHER = frozenset("im ive id idve ima i'ma illve weve wed wedve wellve".split())


@dataclass(frozen=True)
class Context:
    """A match where it stands. Word indices are those of its sentence; offsets are code points of the note."""

    around: Surroundings
    sentence: int
    match: Match

    @property
    def document(self) -> Document:
        """The note."""
        return self.around.document

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the sentence."""
        return self.document.words(self.sentence)

    @cached_property
    def span(self) -> Span:
        """The marked words."""
        return Span(self.words[self.match.start].start, self.words[self.match.end - 1].end)

    @property
    def text(self) -> str:
        """What stands at the marked words."""
        return self.document.text[self.span.start : self.span.end]

    def written(self, word: int) -> str:
        """Return how word `word` of the sentence stands in the note."""
        return self.document.text[self.words[word].start : self.words[word].end]

    @property
    def sentence_span(self) -> Span:
        """The sentence."""
        return self.document.sentences[self.sentence]

    @property
    def sentence_text(self) -> str:
        """What the sentence says."""
        return self.document.text[self.sentence_span.start : self.sentence_span.end]

    @property
    def block(self) -> Block:
        """The block the sentence stands in."""
        return self.document.block_at(self.span.start)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words of the sentence as phrases know them."""
        return self.document.keys(self.sentence)

    @cached_property
    def parsed(self) -> Doc | None:
        """The parse of the sentence; asks spaCy, so look at the words first."""
        return self.around.parsed(self.sentence)

    def token(self, word: int) -> Token | None:
        """Return the parsed token at word `word` of the sentence."""
        parsed = self.parsed
        return None if parsed is None else token_at(parsed, self.words[word].start - self.sentence_span.start)

    @cached_property
    def head_word(self) -> int:
        """The marked word that governs the others: the first in braces, or else the first."""
        inside = [bend.word for bend in self.match.bends if self.match.start <= bend.word < self.match.end]
        return inside[0] if inside else self.match.start

    # who does it

    def done_by(self, *actors: Actor) -> bool:
        """Whether one of `actors` is said to do or be what the marked words say.

        The parser is asked only where the words do not decide and the sentence names one of them at all.
        """
        if self._actor_by_words is not None:
            return self._actor_by_words in actors
        if self.around.parser is None or self._nameable.isdisjoint(actors):
            return False
        return self._actor_by_parse in actors

    @property
    def _nameable(self) -> frozenset[Actor]:
        """All whom the parser could find that the sentence is about, worked out once for its candidates."""
        known = self.around.nameable.get(self.sentence)
        if known is None:
            known = self.around.nameable[self.sentence] = frozenset(self.named())
        return known

    def named(self) -> Iterator[Actor]:
        """Yield whom `classify` could find among the words of the sentence."""
        yield from ("thing", "person", "unknown")
        for at, key in enumerate(self.keys):
            named = self.name_or_actor(at)
            if named is not None:
                yield named
            if key in SELF_WRITTEN_TOGETHER:
                yield "self"
        if any(char.isupper() for run in NO_SMALL_LETTERS.findall(self.sentence_text) for char in run):
            yield "service"
        if AT_WORK.search(self.sentence_text.lower()):
            yield "professional"

    @cached_property
    def _actor_by_words(self) -> Actor | None:
        at = self.match.start - 1
        while at >= 0 and self.keys[at] in BETWEEN and self.words[at + 1].joined:
            at -= 1
        if at < 0:
            return "unknown" if self.match.start == 0 else None
        if not self.words[at + 1].joined:
            return None
        key = self.keys[at]
        if key in POSSESSIVE and at == self.match.start - 1:
            return POSSESSIVE[key]
        if key == "'s" and at == self.match.start - 1 and at > 0:
            return self.name_or_actor(at - 1)
        actor = self.name_or_actor(at)
        if actor is None:
            return None
        before = at - 1
        while (
            before >= 0
            and self.words[before + 1].joined
            and (
                self.keys[before] in DETERMINERS
                or self.around.lexicon.actor(*self.keys[before : at + 1]) not in (None, actor)
                or self._is_name(before)
            )
        ):
            before -= 1
        if before < 0 or not self.words[before + 1].joined or self.keys[before] in OPENERS:
            return actor
        return actor if key in SELF or key in ("he", "she", "they") else None

    def name_or_actor(self, at: int) -> Actor | None:
        """Return who word `at`, with the words before it, names; a name is a person's; None when unsure."""
        key = self.keys[at]
        if key in SELF:
            return "self"
        if key == "it":
            return "thing"
        if key in THEY:
            return self._they(at)
        if key in PRONOUNS:
            return "person"
        actor = self.around.lexicon.actor(*self.keys[max(0, at - 2) : at + 1])
        if actor is not None:
            return actor
        return "person" if self._is_name(at) else None

    def _they(self, at: int) -> Actor:
        """Whoever "they" are: the last of services and families named before in the sentence or the one before."""
        before = [self.keys[:at]]
        if self.sentence:
            before.append(self.document.keys(self.sentence - 1))
        for keys in before:
            for place in range(len(keys) - 1, -1, -1):
                actor = self.around.lexicon.actor(*keys[max(0, place - 2) : place + 1])
                if actor in ("parent", "child", "person"):
                    return "person"
                if actor in ("service", "professional") and keys[place] not in SELF:
                    return "service"
        return "person"

    def _is_name(self, at: int) -> bool:
        word = self.written(at)
        if not (word[:1].isupper() and word[1:].islower()):
            return False
        return self.keys[at] not in NO_NAMES

    @cached_property
    def _actor_by_parse(self) -> Actor:
        token = self.token(self.head_word)
        subject = None if token is None else subject_of(token, self._marked_tokens)
        return "unknown" if subject is None else self.classify(subject)

    @cached_property
    def _marked_tokens(self) -> frozenset[int]:
        start, end = (offset - self.sentence_span.start for offset in self.span)
        return frozenset(token.i for token in self.parsed or () if start <= token.idx < end)

    def classify(self, token: Token) -> Actor:
        """Return who a noun or pronoun of the parse names."""
        key = token.lower_
        if key in ("who", "which", "that") and token.head.dep_ == "relcl":
            return self.classify(token.head.head)
        if key in SELF:
            return "self"
        if key in ("it", "this", "that", "which", "what"):
            return "thing"
        place = self._word_of(token)
        if place is not None and (known := self.name_or_actor(place)) is not None:
            return known
        kind = kind_of(token)
        if kind == "name" or (token.text[:1].isupper() and token.i > 0):
            return "service" if token.text.isupper() and len(token.text) > 2 else "person"
        if kind == "noun":
            return "professional" if token.lower_.endswith(AT_WORK_ENDINGS) and len(key) > 5 else "thing"
        return "unknown"

    def _word_of(self, token: Token) -> int | None:
        offset = self.sentence_span.start + token.idx
        return next((i for i, word in enumerate(self.words) if word.start <= offset < word.end), None)
