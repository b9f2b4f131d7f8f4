"""Better wording that fits: fills a rule's suggestion so that it bends like the words it takes the place of."""

import re

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
PLURAL = frozenset("they we you parents children people carers families both these those".split())
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
    plural = context.keys[bend.word] in ("are", "were", "'re") or _subject(bend, context) in PLURAL
    word = negate if part["negated"] else bend_verb
    return word(lemma, form, bare=bare, plural=plural)  # type: ignore[arg-type]  # a form of VERB_FORMS, as just tested


def _subject(bend: Bend, context: Context) -> str:
    """Return the word before a verb and its adverbs."""
    before = bend.word - 1
    while before >= 0 and context.keys[before] in ADVERBS:
        before -= 1
    return context.keys[before] if before >= 0 else ""


def _form(bend: Bend, context: Context) -> tuple[str, bool]:
    """Return which of its possible forms a word is in here, and whether it stands in its plain form."""
    known = [form for _, form in bend.forms]
    before = bend.word - 1
    while before >= 0 and context.keys[before] in ADVERBS and context.keys[before] != "not":
        before -= 1
    key = context.keys[before] if before >= 0 else ""
    if key == "not" and before and context.keys[before - 1] in TAKES_PARTICIPLE:
        key = context.keys[before - 1]
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
    label = wording
    before = context.words[context.match.start - 1] if context.match.start else None
    joined = before is not None and context.words[context.match.start].joined
    if before is not None and joined and before.key in ("a", "an") and wording:
        first = words_of(wording)
        if first and first[0].key in ("a", "an", "the", "his", "her", "their"):
            start = before.start
        elif first:
            written = text[before.start : before.end]
            needed: str = article(wording[first[0].start : first[0].end])
            if needed != written.lower():
                needed = needed.upper() if shouted else needed.capitalize() if written[0].isupper() else needed
                wording = needed + text[before.end : start] + wording
                start = before.start
    elif before is not None and joined and before.key == "the" and wording.lower().startswith("the "):
        start = before.start
    if not wording:
        return Suggestion(f"leave out “{context.text}”", (_left_out(context),))
    if text[start:end] == wording:
        return None
    return Suggestion(label, (Edit(start, end, wording),))


def _left_out(context: Context) -> Edit:
    """Return the edit that leaves the marked words out, with the comma and the space that they brought."""
    text, (start, end) = context.document.text, context.span
    if start == context.sentence_span.start:
        end = re.compile(r",?[ \t]*").match(text, end).end()  # type: ignore[union-attr]  # matches the empty string too
        first = text[end : end + 1] if context.text[0].isupper() else ""
        return Edit(start, end + len(first), first.upper())
    if text[end : end + 1] == "," and text[:start].endswith(", "):
        return Edit(start - 2, end, "")
    return Edit(start - (text[start - 1] in " \t"), end, "")
