"""Tier 2's parser: spaCy, imported on first use, for the sentences that guards ask about."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from fsm_language.quietspacy import spacy
from fsm_language.units import encodable

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

# entities and lemmas answer no guard's question and cost half of the time; kinds of words can be told from their tags
UNUSED = ["ner", "lemmatizer", "attribute_ruler"]
Kind = Literal["noun", "name", "pronoun", "verb", "adjective"]
KINDS: dict[str, Kind] = {
    **dict.fromkeys(("NN", "NNS"), "noun"),
    **dict.fromkeys(("NNP", "NNPS"), "name"),
    **dict.fromkeys(("PRP", "PRP$", "WP", "WDT", "EX"), "pronoun"),
    **dict.fromkeys(("MD", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "verb"),
    **dict.fromkeys(("JJ", "JJR", "JJS"), "adjective"),
}
# tagged as nouns
INDEFINITE = frozenset(some + body for some in ("any", "every", "no", "some") for body in ("body", "one", "thing"))
DESCRIBED = frozenset({"noun", "name", "pronoun"})
KEPT = 256  # parsed sentences, in memory only: a note being written is checked again and again


class UnreadError(RuntimeError):
    """A guard asks about a sentence that parser or learned model are to read later, together with others."""


class ModelError(RuntimeError):
    """The spaCy pipeline that the settings name cannot be loaded; the message says what to do."""


class Parser:
    """A spaCy pipeline, loaded when first asked. Safe to share between threads."""

    def __init__(self, model: str) -> None:
        """Remember which pipeline to load; `model` is the name of an installed package or a path."""
        self.model = model
        self._lock = threading.Lock()
        self._pipeline: Language | None = None
        self._known: OrderedDict[str, Doc] = OrderedDict()

    def load(self) -> Language:
        """Return the pipeline. Raises `ModelError` when it is not installed."""
        with self._lock:
            if self._pipeline is None:
                try:
                    self._pipeline = spacy().load(self.model, exclude=UNUSED)
                except OSError as error:
                    raise ModelError(
                        f"The spaCy pipeline “{self.model}” is not installed. Install it, or name another as `model`."
                    ) from error
            return self._pipeline

    def parse(self, sentences: Sequence[str]) -> list[Doc]:
        """Return the parsed sentences; offsets in each are those of the sentence. Raises as `load` does."""
        pipeline = self.load()
        texts = [plain(sentence) for sentence in sentences]
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._known]
            parsed = dict(zip(new, pipeline.pipe(new), strict=True))
            known = [parsed.get(text) or self._known[text] for text in texts]
            for text, doc in zip(texts, known, strict=True):
                self._known[text] = doc
                self._known.move_to_end(text)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return known


def plain(sentence: str) -> str:
    """Return a sentence as the parser reads it, every character where it was.

    White space of any kind becomes a plain space and capitals of a shouted sentence become small, which helps a
    parser that was trained on edited text.
    """
    spaced = "".join(" " if char.isspace() else char for char in encodable(sentence))
    if spaced.isupper():
        spaced = "".join(low if len(low := char.lower()) == 1 else char for char in spaced)
    return spaced


def token_at(parsed: Doc, offset: int) -> Token | None:
    """Return the token of `parsed` that covers the code point `offset`."""
    for token in parsed:
        if token.idx <= offset < token.idx + len(token.text):
            return token
    return None


def kind_of(token: Token) -> Kind | None:
    """Return what kind of word a token is, of those that guards ask about; tags are those of the Penn Treebank."""
    return "pronoun" if token.lower_ in INDEFINITE else KINDS.get(token.tag_)


def subject_of(token: Token, marked: frozenset[int]) -> Token | None:
    """Return the token that is said to do or be `token`: its subject, its verb's, or the noun it describes.

    `marked` are the tokens whose subject is looked for; none of them is an answer.
    """
    seen = set()
    while token.i not in seen:
        seen.add(token.i)
        subjects = [child for child in token.children if child.dep_ in {"nsubj", "nsubjpass", "csubj", "expl"}]
        possessors = [child for child in token.children if child.dep_ == "poss" and kind_of(token) == "noun"]
        for found in (*subjects, *possessors):
            if found.i not in marked:
                return found
        if token.dep_ in {"poss", "ROOT"}:
            return None
        describes = token.dep_ in {"amod", "relcl", "acl", "compound"} and kind_of(token.head) in DESCRIBED
        if describes and token.head.i not in marked:
            return token.head
        # "Amber left when I asked and refused to talk": it is Amber, not I, who goes on
        goes_on = token.dep_ == "conj" and token.head.dep_ == "advcl" and token.head.i > token.head.head.i
        token = token.head.head if goes_on else token.head
    return None
