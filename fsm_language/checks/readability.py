"""Sentences and paragraphs that are long, and notes that ask for an older reader than the team has settled on."""

import re
from collections.abc import Iterator

from fsm_language.document import Document
from fsm_language.finding import Finding
from fsm_language.glossary import Glossary
from fsm_language.measures import measures, words_in
from fsm_language.parting import LONGEST_SENTENCE, Block
from fsm_language.rule import Rule
from fsm_language.settings import Settings
from fsm_language.spans import Span
from fsm_language.surroundings import Surroundings

RUNNING_TEXT = ("prose", "quote")
SEAM = re.compile(
    r"[,;:]?\s+(?=(?:and|but|so|because|which|when|while|although|though|who|then|after|before|since|where|however)\s)"
    r"|;\s+|\s[–—-]\s"
)
ENDS = ".!?…\"'”’)]"
COMMA = re.compile(r"[,;/•|\t]")
# a list of names or an address: a comma every few words
WORDS_TO_A_COMMA = 3.5
SHORTEST_HALF = 5
# a common level for writing to the public: what most children read easily before secondary school
FAMILY_READING_AGE = 11
WORDS_SHOWN = 3


def long_sentences(rule: Rule, around: Surroundings, settings: Settings, block: Block) -> Iterator[Finding]:
    """Yield each sentence of running text with more words of the writer's own than `settings.sentence_words`."""
    document = around.document
    if block.kind not in RUNNING_TEXT or block.end - block.start < 2 * settings.sentence_words:
        return
    before: Span | None = None
    for number in document.sentences_within(block.start, block.end):
        sentence = document.sentences[number]
        goes_on, before = before is not None and _goes_on(document, before), sentence
        if goes_on:
            continue
        if sentence.end - sentence.start < 2 * settings.sentence_words:  # a letter and a gap for each
            continue
        if len(document.keys(number)) <= settings.sentence_words:  # told apart already, and never fewer
            continue
        words = len(words_in(document.text, sentence))
        if words <= settings.sentence_words:
            continue
        if words - quoted_words(around, sentence) <= settings.sentence_words or is_list(document.text, sentence, words):
            continue
        where = seam(document.text, sentence)
        advice = f" It could stop after “{where}”." if where else " Could it be two?"
        yield _finding(rule, around, sentence, f"This sentence has {words} words.{advice}")


def _goes_on(document: Document, before: Span) -> bool:
    """Whether what follows `before` is a further piece of a sentence too long to be worked on whole."""
    return before.end - before.start > LONGEST_SENTENCE // 2 and document.text[before.end - 1] not in ENDS


def long_paragraphs(rule: Rule, around: Surroundings, settings: Settings, block: Block) -> Iterator[Finding]:
    """Yield a paragraph of running text with more words than `settings.paragraph_words`."""
    if block.kind not in RUNNING_TEXT or block.end - block.start <= 2 * settings.paragraph_words:
        return
    span = Span(block.start, block.end)
    words = len(words_in(around.document.text, span))
    if words > settings.paragraph_words:
        message = f"This paragraph has {words} words. Start a new one where the subject changes."
        yield _finding(rule, around, span, message)


def reading_age(rule: Rule, around: Surroundings, settings: Settings, _: Glossary) -> Iterator[Finding]:
    """Yield one finding, on the first sentence, when the note needs an older reader than `settings.reading_age`.

    A letter to a family has a limit of its own where the settings name none.
    """
    document = around.document
    limit = settings.reading_age or (FAMILY_READING_AGE if settings.audience == "family" else 0)
    if not limit or not document.sentences:
        return
    years = measures(document).get("reading_age")
    if years is not None and years > limit:
        message = (
            f"This note asks for a reader of about {years:.0f}; yours is {limit}. "
            "Shorter sentences and everyday words would help."
        )
        yield _finding(rule, around, document.sentences[0], message)


def quoted_words(around: Surroundings, sentence: Span) -> int:
    """Return how many words of the sentence stand in quotation marks: those are somebody else's to choose."""
    overlaps = around.quotations.overlapping(*sentence)
    return sum(len(words_in(around.document.text, span)) for span in overlaps)


def is_list(text: str, sentence: Span, words: int) -> bool:
    """Whether the sentence is a list of names, an address or the like: so many commas that no part of it is long."""
    return words < WORDS_TO_A_COMMA * (len(COMMA.findall(text, *sentence)) + 1)


def seam(text: str, sentence: Span) -> str:
    """Return the last words before the place nearest the middle where the sentence could be parted, or nothing."""
    middle = (sentence.start + sentence.end) / 2
    places = [found.start() for found in SEAM.finditer(text, *sentence) if _both_halves(text, sentence, found)]
    if not places:
        return ""
    nearest = min(places, key=lambda place: abs(place - middle))
    return " ".join(text[sentence.start : nearest].split()[-WORDS_SHOWN:])


def _both_halves(text: str, sentence: Span, found: re.Match[str]) -> bool:
    before = words_in(text, Span(sentence.start, found.start()))
    after = words_in(text, Span(found.end(), sentence.end))
    return min(len(before), len(after)) >= SHORTEST_HALF


def _finding(rule: Rule, around: Surroundings, span: Span, message: str) -> Finding:
    return Finding(rule, span.start, span.end, around.document.text[span.start : span.end], message)
