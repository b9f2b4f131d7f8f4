"""Acronyms that the note does not explain at first use: once each, with what they stand for in plain words."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from fsm_language.checks.explanations import beside, capitals_within, explained_by, explains, is_glued, keys
from fsm_language.checks.lookalikes import is_lookalike, labels, people
from fsm_language.checks.shapes import Mention, candidates
from fsm_language.finding import Edit, Finding, Suggestion
from fsm_language.glossary import Acronym, Glossary
from fsm_language.inflect import article, noun_forms
from fsm_language.spans import Span, Spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fsm_language.rule import Rule
    from fsm_language.settings import Settings
    from fsm_language.surroundings import Surroundings

ARTICLE = re.compile(r"(?<![^\W_])(an?)(\s+)\Z", re.IGNORECASE)


class Use(NamedTuple):
    """An acronym as a note uses it: its first mention, the later ones, and whether one of those explains it."""

    first: Mention
    later: tuple[Mention, ...]
    explained_late: bool


def unexplained(rule: Rule, around: Surroundings, settings: Settings, glossary: Glossary) -> Iterator[Finding]:
    """Yield each acronym that stands for one thing and is never explained; offers its long form."""
    for use in uses(around, settings, glossary):
        acronym = use.first.acronym
        if acronym is not None and not acronym.ambiguous and not use.explained_late:
            message = f"Not every reader knows “{use.first.letters}”. It stands for {meaning(acronym)}"
            yield _finding(rule, around, use, message, _suggestions(around.document.text, use, acronym.expansions[:1]))


def ambiguous(rule: Rule, around: Surroundings, settings: Settings, glossary: Glossary) -> Iterator[Finding]:
    """Yield each acronym that can stand for several things and is never explained; offers every one of them."""
    for use in uses(around, settings, glossary):
        acronym = use.first.acronym
        if acronym is not None and acronym.ambiguous and not use.explained_late:
            message = f"“{use.first.letters}” can mean {one_of(acronym.expansions)}: write the one you mean."
            yield _finding(rule, around, use, message, _suggestions(around.document.text, use, acronym.expansions))


def unknown(rule: Rule, around: Surroundings, settings: Settings, glossary: Glossary) -> Iterator[Finding]:
    """Yield each word in capitals that is in no glossary and never explained; asks what it stands for."""
    for use in uses(around, settings, glossary):
        if use.first.acronym is None and not use.explained_late:
            message = f"Readers may not know what “{use.first.letters}” stands for. Write it in full the first time."
            yield _finding(rule, around, use, message, (Suggestion(f"What does “{use.first.letters}” stand for?"),))


def explained_late(rule: Rule, around: Surroundings, settings: Settings, glossary: Glossary) -> Iterator[Finding]:
    """Yield each acronym that the note explains only after its first use."""
    for use in uses(around, settings, glossary):
        if use.explained_late:
            message = f"You explain “{use.first.letters}” further on. Move the explanation up to its first use, here."
            acronym = use.first.acronym
            known = acronym.expansions[:1] if acronym is not None and not acronym.ambiguous else ()
            yield _finding(rule, around, use, message, _suggestions(around.document.text, use, known))


def uses(around: Surroundings, settings: Settings, glossary: Glossary) -> tuple[Use, ...]:
    """Return the acronyms of the note that are not explained at first use, in the order of their first use.

    What stands in someone's own words, between quotation marks or in a message from them, is theirs.
    """
    if _uses not in around.shared:  # four rules ask this of each note
        around.shared[_uses] = tuple(_uses(around, settings, glossary))
    answer: tuple[Use, ...] = around.shared[_uses]
    return answer


def _uses(around: Surroundings, settings: Settings, glossary: Glossary) -> Iterator[Use]:
    text = around.document.text
    known = {word.upper() for word in settings.known_acronyms}
    found = [
        Mention(start + mention[0], start + mention[1], *mention[2:])
        for start, mentions in around.document.by_passage(candidates, glossary)
        for mention in mentions
    ]
    if not found:
        return
    persons = people(
        text, found, [label for _, of_passage in around.document.by_passage(labels) for label in of_passage]
    )
    mentioned: dict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        common = mention.acronym is not None and mention.acronym.common and not settings.strict_acronyms
        if common or mention.key in known or mention.letters.upper() in known or _is_theirs(around, mention.start):
            continue
        if not is_lookalike(text, mention, persons):
            mentioned[mention.key].append(mention)
    note_keys = Spans(
        Span(start + first, start + end) for start, spans in around.document.by_passage(keys) for first, end in spans
    )
    different = {mention[2:]: mention for mentions in mentioned.values() for mention in mentions}
    near = [place for _, places in around.document.by_passage(capitals_within) for place in places]
    glued = {letters for letters, mention in different.items() if any(is_glued(place, mention) for place in near)}
    for first, *later in mentioned.values():
        if _explained(around, first) or first[2:] in glued:
            continue
        explained = [mention for mention in later if _explained(around, mention) or mention[2:] in glued]
        if not any(note_keys.hold(mention.start, mention.start + 1) for mention in explained):
            yield Use(first, tuple(later), bool(explained))


def _explained(around: Surroundings, mention: Mention) -> bool:
    """Whether the words beside a mention explain it; what the last check knew of the same words still holds."""
    before, after = beside(around.document.text, mention)
    place = before, mention.letters, "" if mention.acronym is None else mention.key, after
    known = around.beside.get(place)
    if known is None:
        known = around.beside[place] = explained_by(before, after, mention)
    return known


def explained(text: str, glossary: Glossary) -> frozenset[str]:
    """Return the acronyms whose meaning `text` gives, as `Settings.known_acronyms` names them."""
    return frozenset(mention.key for mention in candidates(text, glossary) if explains(text, mention))


def _is_theirs(around: Surroundings, offset: int) -> bool:
    return around.quotations.hold(offset, offset + 1) or around.messages.hold(offset, offset + 1)


def meaning(acronym: Acronym) -> str:
    """Return the long form and the plain meaning in one sentence, without saying the same thing twice."""
    long_form, plain = acronym.expansions[0], acronym.plain.rstrip(".")
    if long_form.lower() == plain.lower():
        return f"{long_form}."
    return f"{long_form}: {plain[:1].lower()}{plain[1:]}."


def one_of(meanings: Sequence[str]) -> str:
    """Return "a, b or c"."""
    if len(meanings) == 1:
        return meanings[0]
    return f"{', '.join(meanings[:-1])} or {meanings[-1]}"


def _finding(rule: Rule, around: Surroundings, use: Use, message: str, suggestions: tuple[Suggestion, ...]) -> Finding:
    first = use.first
    related = tuple((mention.start, mention.end) for mention in use.later)
    level = "suggestion" if first.key in rule.options.get("gently", ()) else ""
    text = around.document.text[first.start : first.end]
    return Finding(rule, first.start, first.end, text, message, suggestions, related, level, wording=first.letters)


def _suggestions(text: str, use: Use, expansions: Sequence[str]) -> tuple[Suggestion, ...]:
    """Offer each long form with the acronym in brackets; without it too where it is used only once."""
    first = use.first
    if "d" in first.ending or "g" in first.ending:
        return (Suggestion("What happened? Say it in words."),)
    written = text[first.start : first.end]
    if first.key.startswith("/"):
        number = f"{written.partition('/')[0]} {expansions[0]}"
        return (Suggestion(number, (Edit(first.start, first.end, number),)),)
    offers = [f"{inflected(expansion, first.ending)} ({written})" for expansion in expansions]
    if len(expansions) == 1 and not use.later:
        offers.append(inflected(expansions[0], first.ending))
    return tuple(Suggestion(offer, (_edit(text, first, offer),)) for offer in offers)


def explanations(text: str, mention: Mention) -> tuple[Suggestion, ...]:
    """Offer each long form with the acronym in brackets, right where it is mentioned."""
    known = () if mention.acronym is None else mention.acronym.expansions
    offered = _suggestions(text, Use(mention, (mention,), explained_late=False), known) if known else ()
    return tuple(suggestion for suggestion in offered if not suggestion.is_question)


def inflected(long_form: str, ending: str) -> str:
    """Return `long_form` with the ending of the acronym: of one, of many, or somebody's."""
    if not ending:
        return long_form
    if ending == "s":
        head, of, rest = long_form.partition(" in ")
        before, space, noun = head.rpartition(" ")
        many = noun_forms(noun.lower())["pl"][0]
        return f"{before}{space}{many.capitalize() if noun[0].isupper() else many}{of}{rest}"
    return long_form + ("’" if "’" in ending else "'") + ("" if long_form.endswith("s") else "s")


def _edit(text: str, mention: Mention, wording: str) -> Edit:
    """Return the edit that puts `wording` in the acronym's place, with the `a` or `an` before it put right."""
    before = ARTICLE.search(text[max(0, mention.start - 4) : mention.start])
    if before:
        needed = article(wording)
        if needed != before[1].lower():
            start = mention.start - len(before[0])
            return Edit(
                start, mention.end, (needed.capitalize() if before[1][0] == "A" else needed) + before[2] + wording
            )
    return Edit(mention.start, mention.end, wording)
