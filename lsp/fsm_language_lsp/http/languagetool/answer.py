"""Findings as LanguageTool's clients read them. Offsets count UTF-16 units of the text as sent, markup included."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fsm_language import Document, Edit, Finding, Rule, Suggestion, __version__
from fsm_language.checks.acronyms import explained
from fsm_language.finding import apply
from fsm_language.overlaps import resolve
from fsm_language.spans import Span
from fsm_language_lsp.http.check import as_json
from fsm_language_lsp.http.languagetool.asked import Asked
from fsm_language_lsp.http.languagetool.categories import CATEGORY_IDS, CATEGORY_NAMES, ISSUE_TYPE
from fsm_language_lsp.http.linters import NAME, Linters

AROUND = 40  # characters of context on either side
SOFTWARE = {
    "name": "fsm-language",
    "version": __version__,
    "buildDate": "",
    "apiVersion": 1,
    "premium": False,
    "premiumHint": "",
    "status": "",
}
NAME_AND_CODE = {"name": "English (GB)", "code": "en-GB"}
LANGUAGE = {**NAME_AND_CODE, "detectedLanguage": {**NAME_AND_CODE, "confidence": 1.0, "source": "fixed"}}

Json = dict[str, Any]


def answer(linters: Linters, asked: Asked) -> tuple[bytes, frozenset[str]]:
    """Return what is found in a note, as JSON, and the acronyms that the note explains."""
    linter = linters.get(profile="reflective" if asked.picky else "", explained=asked.known)
    prose = asked.prose
    report = linter.check(prose.text, NAME)
    shown, _ = resolve(found for found in (*report.findings, *report.covered) if asked.wants(found.rule))
    sentences = [prose.span(*sentence) for sentence in report.document.sentences]
    restored = prose.restore(replace(report, findings=shown, covered=()))
    content = _content(restored.document, restored.findings, sentences)
    return as_json(content), explained(prose.text, linter.pack.glossary)


def _content(document: Document, findings: Sequence[Finding], sentences: Sequence[Span]) -> Json:
    ranges = [[document.utf16(start), document.utf16(end)] for start, end in sentences]
    detected = [{"language": "en", "rate": 1.0}]
    return {
        "software": SOFTWARE,
        "warnings": {"incompleteResults": False},
        "language": LANGUAGE,
        "matches": [_match(document, finding, _sentence(sentences, finding)) for finding in findings],
        "hiddenMatches": [],
        "ignoreRanges": [],
        "sentenceRanges": ranges,
        "extendedSentenceRanges": [{"from": start, "to": end, "detectedLanguages": detected} for start, end in ranges],
    }


def _sentence(sentences: Sequence[Span], finding: Finding) -> Span:
    """Return the sentence that a finding begins in."""
    number = bisect_right(sentences, finding.start, key=lambda sentence: sentence.start)
    return sentences[max(0, number - 1)]


def _match(document: Document, finding: Finding, sentence: Span) -> Json:
    start, end = _reach(finding)
    before, after = max(0, start - AROUND), min(len(document.text), end + AROUND)
    offset, length = document.utf16(start), document.utf16(end) - document.utf16(start)
    context = document.text[before:after]
    questions = [f"Ask: {suggestion.label}" for suggestion in finding.suggestions if suggestion.is_question]
    return {
        "message": " ".join([finding.message, finding.rule.why, *questions]),
        "shortMessage": finding.message,
        "replacements": [
            {"value": _replaced(document.text[start:end], start, suggestion)}
            for suggestion in finding.suggestions
            if not suggestion.is_question
        ],
        "offset": offset,
        "length": length,
        "context": {"text": context, "offset": offset - document.utf16(before), "length": length},
        "sentence": document.text[sentence.start : sentence.end],
        "type": {"typeName": "Hint" if finding.level == "suggestion" else "Other"},
        "rule": rule(finding.rule, finding.category),
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }


def _reach(finding: Finding) -> Span:
    """Return the stretch that the finding and all its edits stand in: a client puts one text in its place."""
    edits = [edit for suggestion in finding.suggestions for edit in suggestion.edits]
    return Span(
        min([finding.start, *(edit.start for edit in edits)]), max([finding.end, *(edit.end for edit in edits)])
    )


def _replaced(text: str, start: int, suggestion: Suggestion) -> str:
    """Return `text`, which stands at `start` of the note, with a suggestion taken."""
    return apply(text, [Edit(edit.start - start, edit.end - start, edit.text) for edit in suggestion.edits])


def rule(about: Rule, category: str) -> Json:
    """Return a rule as LanguageTool tells of its own."""
    return {
        "id": about.id,
        "description": about.message,
        "issueType": ISSUE_TYPE,
        "urls": [{"value": source.url} for source in about.sources],
        "category": {"id": CATEGORY_IDS[category], "name": CATEGORY_NAMES[category]},
        "isPremium": False,
        "tags": [],
    }
