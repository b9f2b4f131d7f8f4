"""Better wording that fits: fills a rule's suggestion so that it bends like the words it takes the place of."""

import re
from collections.abc import Container

from fsm_language.context import Context
from fsm_language.finding import Edit, Suggestion
from fsm_language.inflect import VERB_FORMS, article, bend_verb, negate, noun_forms
from fsm_language.machine import Bend
from fsm_language.rule import Rule
from fsm_language.words import words_of

PART = re.compile(r"\{(?P<negated>not )?(?P<what>[^{}@/]+)(?:/(?P<noun>n))?(?:@(?P<bend>\d))?\}|\$(?P<slot>\d)")
SLOT = re.compile(r"\$(\d)")
BENDS = re.compile(r"\{([^{}@/]+)(?:[/@][^{}]*)?\}")
TAKES_PLAIN_FORM = frozenset(
    "to will would can could do does did may might must should shall dont doesnt didnt wont wouldnt cant cannot "
    "couldnt shouldnt let lets 'll not never".split()
)
TAKES_PARTICIPLE = frozenset(
    "has have had having 've 'd hasnt havent hadnt be been being is was are were 's 're got get gets".split()
)
DETERMINERS = frozenset("a an the his her their".split())
PLURAL = frozenset("they we you parents children people carers families both these those".split())
APOSTROPHES = ("'", "’")
COMMA = re.compile(r",?[ \t]*")
ADVERBS = frozenset(
    "never also again still just only really always often repeatedly now once already not recently".split()
)


def readable(template: str) -> str:
    """Return a suggestion as a person would read it: words in their plain form, three dots for what stood there."""
    return SLOT.sub("…", BENDS.sub(r"\1", template)) or "(leave it out)"


def slots_used(template: str) -> tuple[int, int]:
    """Return the highest open part and the highest brace that a suggestion asks for, 0 for none."""
    slots = [int(number) for number in SLOT.findall(template)]
    bends = [int(part["bend"] or 1) for part in PART.finditer(template) if part["what"]]
    return max(slots, default=0), max(bends, default=0)


def suggestions(rule: Rule, context: Context) -> tuple[Suggestion, ...]:
    """Return what the rule offers in place of the marked words: wordings first, then questions."""
    offered = [_suggestion(fill(template, context), context) for template in rule.suggest]
    unique = dict.fromkeys(offer for offer in offered if offer is not None)
    return (*unique, *(Suggestion(question) for question in rule.ask))


def fill(template: str, context: Context) -> str:
    """Return a suggestion's words, bent like the braces of the phrase that matched."""
    filled = PART.sub(lambda part: _part(part, context), template)
    return " ".join(filled.split())


def _part(part: re.Match[str], context: Context) -> str:
    if part["slot"]:
        return _slot_text(int(part["slot"]), context)
    lemma = SLOT.sub(lambda slot: _slot_lemma(int(slot[1]), context), part["what"]).strip()
    if not lemma:
        return ""
    number = int(part["bend"] or 1) - 1
    bends = context.match.bends
    if number >= len(bends):
        return f"not {lemma}" if part["negated"] else lemma
    bend = bends[number]
    known = dict.fromkeys(form for _, form in bend.forms)
    if part["noun"] or not set(known) & set(VERB_FORMS):
        return noun_forms(lemma)["pl" if "pl" in known else "sg"][0]
    form, bare = _form(bend, context)
    subject, _ = _before(bend, context, ADVERBS)
    plural = context.keys[bend.word] in ("are", "were", "'re") or subject in PLURAL
    word = negate if part["negated"] else bend_verb
    return word(lemma, form, bare=bare, plural=plural)  # type: ignore[arg-type]  # a form of VERB_FORMS, as just tested


def _before(bend: Bend, context: Context, adverbs: Container[str]) -> tuple[str, str]:
    """Return the word before a verb and its `adverbs`, and the one before that; "" where there is none."""
    at = bend.word
    while at and context.keys[at - 1] in adverbs:
        at -= 1
    further, word = ("", "", *context.keys[:at])[-2:]
    return word, further


def _form(bend: Bend, context: Context) -> tuple[str, bool]:
    """Return which of its possible forms a word is in here, and whether it stands in its plain form."""
    known = [form for _, form in bend.forms]
    key, further = _before(bend, context, ADVERBS - {"not"})
    if key == "not" and further in TAKES_PARTICIPLE:
        key = further
    if "base" in known and (key in TAKES_PLAIN_FORM or known == ["base"]):
        return "base", key in TAKES_PLAIN_FORM
    if "pp" in known and key in TAKES_PARTICIPLE:
        return "pp", False
    return next(form for form in ("s", "past", "ing", "base", "pp") if form in known), False


def _slot_text(slot: int, context: Context) -> str:
    first, after = context.match.slots[slot - 1]
    if first == after:
        return ""
    return context.document.text[context.words[first].start : context.words[after - 1].end]


def _slot_lemma(slot: int, context: Context) -> str:
    first, after = context.match.slots[slot - 1]
    bends = [bend for bend in context.match.bends if first <= bend.word < after]
    if bends and bends[0].word == first:
        rest = context.document.text[context.words[first].end : context.words[after - 1].end]
        return bends[0].forms[0][0] + rest
    return _slot_text(slot, context)


def _suggestion(wording: str, context: Context) -> Suggestion | None:
    """Return the suggestion that puts `wording` in place of the marked words; None when it would change nothing."""
    text = context.document.text
    start, end = context.span
    shouted = context.text.isupper() and len(context.text) > 2
    if shouted:
        wording = wording.upper()
    elif context.text[:1].isupper() and start == context.sentence_span.start:
        wording = wording[:1].upper() + wording[1:]
    if not wording:
        return Suggestion(f"leave out “{context.text}”", (_left_out(context),))
    start, whole = _with_article(wording, context, shouted=shouted)
    if text[start:end] == whole:
        return None
    if context.text.startswith(APOSTROPHES) and start and text[start - 1].isalnum():
        whole = f" {whole}"  # of “She's”, what is marked is only the ending
    return Suggestion(wording, (Edit(start, end, whole),))


def _with_article(wording: str, context: Context, *, shouted: bool) -> tuple[int, str]:
    """Return where an edit begins that puts `wording` in place of the marked words, and its text.

    An article before them is changed if it does not fit, or goes if `wording` brings its own.
    """
    text, start, at = context.document.text, context.span.start, context.match.start
    if not at or not context.words[at].joined:
        return start, wording
    before = context.words[at - 1]
    if before.key == "the" and wording.lower().startswith("the "):
        return before.start, wording
    first = next(iter(words_of(wording)), None)
    if before.key not in ("a", "an") or first is None:
        return start, wording
    if first.key in DETERMINERS:
        return before.start, wording
    written = context.written(at - 1)
    needed: str = article(wording[first.start : first.end])
    if needed == written.lower():
        return start, wording
    needed = needed.upper() if shouted else needed.capitalize() if written[0].isupper() else needed
    return before.start, needed + text[before.end : start] + wording


def _left_out(context: Context) -> Edit:
    """Return the edit that leaves the marked words out, with the comma and the space that they brought."""
    text, (start, end) = context.document.text, context.span
    if start == context.sentence_span.start:
        end = COMMA.match(text, end).end()  # type: ignore[union-attr]  # matches the empty string too
        first = text[end : end + 1] if context.text[0].isupper() else ""
        return Edit(start, end + len(first), first.upper())
    if text[end : end + 1] == "," and text[:start].endswith(", "):
        return Edit(start - 2, end, "")
    return Edit(start - (text[start - 1] in " \t"), end, "")
