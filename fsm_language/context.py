"""A candidate where it stands: the words around it, who does what in its sentence, and the parse when asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from fsm_language.document import Block, Document, Span, Spans, Word, lowered, words_of
from fsm_language.kept import Kept
from fsm_language.machine import Match, Phrase
from fsm_language.parse import Parser, UnreadError, token_at
from fsm_language.tone import Hint, Seen, Tone

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Actor = Literal["self", "professional", "service", "parent", "child", "person", "thing", "unknown"]
FAMILY: frozenset[Actor] = frozenset({"parent", "child", "person"})
WORKERS: frozenset[Actor] = frozenset({"self", "professional", "service"})

QUOTATION = re.compile(
    r"“[^“”]{1,1500}?(?:”|(?=\n\s*\n)|\Z)"
    r"|(?<![^\W_])\"(?=\S)[^\"\n]{1,1500}?\"(?![^\W_])"
    r"|(?<![^\W_])‘(?=\S)[^‘\n]{1,1500}?’(?![^\W_])"
    r"|(?<![^\W_])'(?=\S)[^'\n]{1,600}?(?:(?<=[^\W_])'(?:t|s|re|ll|ve|d|m)\b[^'\n]{0,300}?){0,8}(?<=\S)'(?![^\W_])"
)
MESSAGE_FROM = re.compile(
    r"^[ \t]*(?:[\d/:.,\- \t]{0,20})?from (?!social|family support|duty|us\b|worker|sw\b)[A-Z][\w'’ ]{0,30}:",
    re.MULTILINE,
)
SELF = frozenset({"i", "we", "us", "me", "my", "our", "myself", "ourselves"})
POSSESSIVE: dict[str, Actor] = {"my": "self", "our": "self", "her": "person", "his": "person", "their": "person"}
PRONOUNS = frozenset({"he", "she", "they", "him", "her", "them", "who"})
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
# a common noun with one of these endings is likely a person at work
AT_WORK_ENDINGS = ("er", "or", "ist", "ian", "visor", "nurse", "wife", "staff")
AT_WORK = re.compile(rf"(?:{'|'.join(AT_WORK_ENDINGS)})(?![^\W_])")
NO_SMALL_LETTERS = re.compile(r"[^\sa-z]{3,}")
# what tokenisers part into a word for the writer and another
SELF_WRITTEN_TOGETHER = frozenset("im ive id idve ima i'ma illve weve wed wedve wellve".split())


class Lexicon:
    """Who is who: the word lists of `words.yaml` that tell families, workers, services and things apart."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """Read the lists `parent`, `child`, `person`, `professional`, `service`, `thing`, `say` and `human_noun`."""
        self._actors: dict[tuple[str, ...], Actor] = {}
        actors: tuple[Actor, ...] = ("thing", "service", "professional", "person", "child", "parent")
        for actor in actors:
            for entry in words.get(actor, ()):
                if not entry.startswith("@"):
                    self._actors[tuple(word.key for word in words_of(entry))] = actor
        self.say = frozenset(word.key for entry in words.get("say", ()) for word in words_of(entry))
        self.human_nouns = frozenset(word.key for entry in words.get("human_noun", ()) for word in words_of(entry))

    def actor(self, *keys: str) -> Actor | None:
        """Return who `keys`, the last words of a noun phrase, name: the longest entry that ends them."""
        for first in range(max(0, len(keys) - 3), len(keys)):
            found = self._actors.get(keys[first:])
            if found is None and len(keys) - first == 1 and keys[first].endswith("s"):
                found = self._actors.get((keys[first][:-1],))
            if found is not None:
                return found
        return None


@dataclass(frozen=True)
class Surroundings:
    """What the candidates of one note share: the note, its quotations, and the sentences parsed so far."""

    document: Document
    lexicon: Lexicon
    parser: Parser | None
    tone: Tone | None = None
    judged: list[Span] = field(default_factory=list)  # the words that a rule found or a guard let be
    explained: dict[str, bool] = field(default_factory=dict)  # whether the note says what certain words mean
    asked: dict[int, set[str]] = field(default_factory=dict)  # of which words guards asked that, by block
    seen: Seen = field(default_factory=Seen)  # what the learned model made of its sentences
    # whether an acronym is explained by what stands before and after it: before, letters, meaning, after
    beside: Kept[tuple[str, str, str, str], bool] = field(default_factory=Kept)
    later: bool = False  # whether sentences are read and parsed together, when `read` and `parse` are called
    _nameable: dict[int, frozenset[Actor]] = field(default_factory=dict)
    _unread: dict[Span, set[Span]] = field(default_factory=dict)  # words that the learned model is to read, by sentence
    _likelihoods: dict[Span, float] = field(default_factory=dict)
    _parsed: dict[int, Doc] = field(default_factory=dict)
    _matches: dict[tuple[str, int], tuple[Match, ...]] = field(default_factory=dict)
    _spelt: dict[int, str] = field(default_factory=dict)

    @cached_property
    def lowered(self) -> str:
        """The note's text in small letters, every character where it was."""
        return lowered(self.document.text)

    @cached_property
    def quotations(self) -> Spans:
        """The stretches of the note that stand in quotation marks."""
        return Spans(Span(*found.span()) for found in QUOTATION.finditer(self.document.text))

    @cached_property
    def messages(self) -> Spans:
        """The lines of a text or e-mail log that a family member wrote: "09:40 from Shanice: ..."."""
        text = self.document.text
        found = []
        for line in MESSAGE_FROM.finditer(text):
            end = text.find("\n", line.end())
            found.append(Span(line.end(), len(text) if end < 0 else end))
        return Spans(found)

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """What the learned model points at."""
        return () if self.tone is None else self.tone.hints(self.document, self.seen)

    def likelihood(self, sentence: int, words: Span) -> float:
        """Return how likely the learned model thinks it that words of a sentence are part of something (0 to 1).

        Where there is no model, everything is as likely as can be. Raises `UnreadError` when sentences are to be read
        together and this one has not been.
        """
        if self.tone is None:
            return 1.0
        if words not in self._likelihoods:
            self._unread.setdefault(self.document.sentences[sentence], set()).add(words)
            if self.later:
                raise UnreadError
            self.read()
        return self._likelihoods[words]

    def read(self) -> None:
        """Have the learned model read all that guards have asked about and it has not read yet."""
        if self.tone is not None and self._unread:
            self._likelihoods.update(self.tone.likelihoods(self.document.text, self._unread))
            self._unread.clear()

    def holds_any(self, stretches: Iterable[str], sentence: int) -> bool:
        """Whether one of some stretches of words, as phrases know them, may stand in a sentence."""
        spelt = self._spelt.get(sentence)
        if spelt is None:
            spelt = self._spelt[sentence] = " ".join(self.document.keys(sentence))
        return any(stretch in spelt for stretch in stretches)

    def matches(self, phrase: Phrase, sentence: int) -> tuple[Match, ...]:
        """Return where a phrase stands in a sentence, worked out once."""
        known = self._matches.get((phrase.source, sentence))
        if known is None:
            known = self._matches[phrase.source, sentence] = tuple(phrase.find(self.document.words(sentence)))
        return known

    def parsed(self, sentence: int) -> Doc | None:
        """Return the parse of a sentence; None when there is no parser.

        Raises `UnreadError` when sentences are to be parsed together and this one has not been.
        """
        if self.parser is not None and sentence not in self._parsed:
            if self.later:
                raise UnreadError
            self.parse([sentence])
        return self._parsed.get(sentence)

    def parse(self, sentences: Iterable[int]) -> None:
        """Parse some sentences, all at once. Raises `ModelError` when the pipeline is not installed."""
        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in self._parsed]
        if new and self.parser is not None:
            texts = [self.document.text[slice(*self.document.sentences[sentence])] for sentence in new]
            self._parsed.update(zip(new, self.parser.parse(texts), strict=True))

    def answered(self, block: int) -> dict[str, bool]:
        """Return whether the note explains the words that guards asked about in the block that begins at `block`."""
        return {words: self.explained[words] for words in self.asked.get(block, ())}

    def nameable(self, context: Context) -> frozenset[Actor]:
        """Return all whom the parser could find that the sentence of `context` is about."""
        known = self._nameable.get(context.sentence)
        if known is None:
            known = self._nameable[context.sentence] = frozenset(context.named())
        return known


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

    @cached_property
    def actor(self) -> Actor:
        """Who is said to do or be what the marked words say. The words next to them decide when they can."""
        return self._actor_by_words or self._actor_by_parse

    def done_by(self, *actors: Actor) -> bool:
        """Whether one of `actors` is said to do or be what the marked words say.

        The parser is asked only where the words do not decide and the sentence names one of them at all.
        """
        if self._actor_by_words is not None:
            return self._actor_by_words in actors
        if self.around.parser is None or self.around.nameable(self).isdisjoint(actors):
            return False
        return self._actor_by_parse in actors

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
        if key in ("they", "them", "their"):
            return self._they(at)
        if key in PRONOUNS - {"who"}:
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
        return self.keys[at] not in BETWEEN | OPENERS | GOVERNORS | DETERMINERS

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
        if key == "it" or key in ("this", "that", "which", "what"):
            return "thing"
        place = self._word_of(token)
        if place is not None and (known := self.name_or_actor(place)) is not None:
            return known
        if token.pos_ == "PROPN" or (token.text[:1].isupper() and token.i > 0):
            return "service" if token.text.isupper() and len(token.text) > 2 else "person"
        if token.pos_ == "NOUN":
            return "professional" if token.lower_.endswith(AT_WORK_ENDINGS) and len(key) > 5 else "thing"
        return "unknown"

    def _word_of(self, token: Token) -> int | None:
        offset = self.sentence_span.start + token.idx
        return next((i for i, word in enumerate(self.words) if word.start <= offset < word.end), None)


def subject_of(token: Token, marked: frozenset[int]) -> Token | None:
    """Return the token that is said to do or be `token`: its subject, its verb's, or the noun it describes.

    `marked` are the tokens whose subject is looked for; none of them is an answer.
    """
    seen = set()
    while token.i not in seen:
        seen.add(token.i)
        subjects = [child for child in token.children if child.dep_ in {"nsubj", "nsubjpass", "csubj", "expl"}]
        possessors = [child for child in token.children if child.dep_ == "poss" and token.pos_ == "NOUN"]
        for found in (*subjects, *possessors):
            if found.i not in marked:
                return found
        if token.dep_ in {"poss", "ROOT"}:
            return None
        describes = token.dep_ in {"amod", "relcl", "acl", "compound"} and token.head.pos_ in {"NOUN", "PROPN", "PRON"}
        if describes and token.head.i not in marked:
            return token.head
        # "Amber left when I asked and refused to talk": it is Amber, not I, who goes on
        goes_on = token.dep_ == "conj" and token.head.dep_ == "advcl" and token.head.i > token.head.head.i
        token = token.head.head if goes_on else token.head
    return None
