"""What the candidates of one note share: its quotations, and what parser and learned model have read of it so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fsm_language.document import Document
from fsm_language.hints import Hint
from fsm_language.kept import Kept
from fsm_language.lexicon import Actor, Lexicon
from fsm_language.machine import Match, Phrase
from fsm_language.parse import Parser, UnreadError
from fsm_language.spans import Span, Spans, together
from fsm_language.tone import Seen, Tone
from fsm_language.waiting import Wanted, Work, alone
from fsm_language.words import lowered

if TYPE_CHECKING:
    from spacy.tokens import Doc

# each alternative begins with its mark, which lets `re` skip all other characters at once
QUOTATION = re.compile(
    r"“[^“”]{1,1500}?(?:”|(?=\n\s*\n)|\Z)"
    r"|\"(?<![^\W_]\")(?=\S)[^\"\n]{1,1500}?\"(?![^\W_])"
    r"|‘(?<![^\W_]‘)(?=\S)[^‘\n]{1,1500}?’(?![^\W_])"
    r"|'(?<![^\W_]')(?=\S)[^'\n]{1,600}?(?:(?<=[^\W_])'(?:t|s|re|ll|ve|d|m)\b[^'\n]{0,300}?){0,8}(?<=\S)'(?![^\W_])"
)
MESSAGE_FROM = re.compile(
    r"^[ \t]*(?:[\d/:.,\- \t]{0,20})?from (?!social|family support|duty|us\b|worker|sw\b)[A-Z][\w'’ ]{0,30}:",
    re.MULTILINE,
)
TIME = r"\[?\(?\d{1,2}[.:]\d{2}\)?\]?"
# lines of a thread, with the time before or after who wrote: it is one where the writer of the note is “Me”
THREAD = re.compile(rf"^[ \t]*(?:{TIME},? ([A-Z][\w'’]*) ?:|([A-Z][\w'’]*) {TIME} ?:)", re.MULTILINE)
MYSELF = "Me"
# of a text in small letters: what explains the words that stand before it, "(time with his dad)", ", which means"
EXPLAINS_BEFORE = re.compile(
    r"(?=[(,–\-im])(?:\((?!\d)[a-z']+ [^()\n]{4,}\)|[,–-] ?(?:which|that) (?:is|means)\b"
    r"|i\.e\.|(?<= )meaning\b|means?\b|is (?:the|when|where) (?:word|we|someone|a child)\b)"
)
# what the words after it are a name of: "time with his dad (contact)"
OPENING = re.compile(r"\(\s*(?=(the )?)")
TWO_WORDS = re.compile(r"[a-z]{2} [a-z]{2,} \Z")
NEAR = 60  # characters


@dataclass(frozen=True)
class Surroundings:
    """What the candidates of one note share: the note, who reads its sentences, and what is known of it so far."""

    document: Document
    lexicon: Lexicon
    parser: Parser | None
    tone: Tone | None = None
    judged: list[Span] = field(default_factory=list)  # the words that a rule found or a guard let be
    explained: dict[str, bool] = field(default_factory=dict)  # whether the note says what certain words mean
    asked: dict[int, set[str]] = field(default_factory=dict)  # of which words guards asked that, by block
    seen: Seen = field(default_factory=Seen)  # what the learned model made of its sentences
    hints: list[Hint] = field(default_factory=list)  # what it points at, once it has looked
    # whether an acronym is explained by what stands before and after it: before, letters, meaning, after
    beside: Kept[tuple[str, str, str, str], bool] = field(default_factory=Kept)
    later: bool = False  # whether sentences are read and parsed together, when `read` and `parse` are called
    shared: dict[object, Any] = field(default_factory=dict)  # what several checks ask of the note, by what answers it
    nameable: dict[int, frozenset[Actor]] = field(default_factory=dict)  # whom the parser could find, by sentence
    _unread: dict[str, set[Span]] = field(default_factory=dict)  # words that the learned model is to read, by sentence
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
        return Spans(_spans(self.document.by_passage(_quotations)))

    @cached_property
    def messages(self) -> Spans:
        """The lines of a text or e-mail log that a family member wrote: "09:40 from Shanice: …", "Tash 09:40: …"."""
        return Spans(_spans(self.document.by_passage(_messages)))

    @cached_property
    def aside(self) -> Spans:
        """The words that had been judged when this was first asked, or were said by others."""
        return together((*self.judged, *self.quotations, *self.messages))

    @cached_property
    def _explaining(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Where words end that the words after them explain, and where words begin that those before them do."""
        passages = list(self.document.by_passage(_explanations))
        ends = tuple(start + end for start, (before, _) in passages for end in before)
        return ends, tuple(start + first for start, (_, after) in passages for first in after)

    def explains(self, words: str) -> bool:
        """Whether the note says somewhere, beside them, what `words`, in small letters, mean."""
        known = self.explained.get(words)
        if known is None:
            ends, starts = self._explaining
            known = self.explained[words] = any(self.lowered.endswith(words, 0, end) for end in ends) or any(
                self.lowered.startswith(words, start) for start in starts
            )
        return known

    def look(self) -> Work[None]:
        """Have the learned model look for `hints` in sentences where more than the words aside promises something."""
        if self.tone is not None:
            self.hints.extend((yield from self.tone.hints(self.document, self.seen, self.aside)))

    def likelihood(self, sentence: int, words: Span) -> float:
        """Return how likely the learned model thinks it that words of a sentence are part of something (0 to 1).

        Where there is no model, everything is as likely as can be. Raises `UnreadError` when sentences are to be read
        together and this one has not been.
        """
        if self.tone is None:
            return 1.0
        start, end = self.document.sentences[sentence]
        text, inside = self.document.text[start:end], Span(words.start - start, words.end - start)
        known = self.seen.likely.get((text, inside))
        if known is None:
            self._unread.setdefault(text, set()).add(inside)
            if self.later:
                raise UnreadError
            alone(self.read())
            known = self.seen.likely.now[text, inside]
        return known

    def read(self) -> Work[None]:
        """Have the learned model read all that guards have asked about and it has not read yet."""
        if self.tone is not None and self._unread:
            self.seen.likely.now.update((yield from self.tone.likelihoods(self._unread, self.seen)))
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
            alone(self.parse([sentence]))
        return self._parsed.get(sentence)

    def parse(self, sentences: Iterable[int]) -> Work[None]:
        """Parse some sentences, all at once. Raises `ModelError` when the pipeline is not installed."""
        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in self._parsed]
        if new and self.parser is not None:
            texts = [self.document.text[slice(*self.document.sentences[sentence])] for sentence in new]
            self._parsed.update(zip(new, (yield Wanted(self.parser.parse, texts)), strict=True))

    def answered(self, block: int) -> dict[str, bool]:
        """Return whether the note explains the words that guards asked about in the block that begins at `block`."""
        return {words: self.explained[words] for words in self.asked.get(block, ())}


def _quotations(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in QUOTATION.finditer(text)]


def _messages(text: str) -> list[tuple[int, int]]:
    starts = [found.end() for found in MESSAGE_FROM.finditer(text)]
    thread = {found.end(): found[1] or found[2] for found in THREAD.finditer(text)} if MYSELF in text else {}
    if MYSELF in thread.values():
        starts += [start for start, name in thread.items() if name != MYSELF]
    return [(start, len(text) if (end := text.find("\n", start)) < 0 else end) for start in starts]


def _spans(passages: Iterable[tuple[int, list[tuple[int, int]]]]) -> Iterator[Span]:
    return (Span(start + first, start + end) for start, found in passages for first, end in found)


def _explanations(text: str) -> tuple[list[int], list[int]]:
    small = lowered(text)
    ends = [_end_before(small, at) for at in _each_start(EXPLAINS_BEFORE, small)]
    starts = []
    for opening in OPENING.finditer(small):
        if TWO_WORDS.search(small, max(0, opening.start() - NEAR), opening.start()):
            starts.append(opening.end())
            if opening[1]:
                starts.append(opening.end(1))
    return ends, starts


def _end_before(text: str, at: int) -> int:
    """Return where the words before a place end, white space and a comma apart; no copy of the text is made."""
    while at and text[at - 1].isspace():
        at -= 1
    return at - text.endswith(",", 0, at)


def _each_start(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    """Yield where matches begin, those within another match as well."""
    found = pattern.search(text)
    while found:
        yield found.start()
        found = pattern.search(text, found.start() + 1)
