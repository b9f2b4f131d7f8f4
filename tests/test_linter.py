"""From a note to a report: exact places, one finding for each stretch of words, the same every time."""

from __future__ import annotations

import gc
import itertools
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import INVENTED
from hypothesis import given
from hypothesis import strategies as st
from marked import read_notes

from fsm_language import Edit, Linter, Report, Settings, Text
from fsm_language.finding import apply
from fsm_language.surroundings import Surroundings

MARKED = Path(__file__).parents[1] / "benchmarks" / "notes"
NOTE = (
    "Home visit\r\n\r\nMum failed to attend. “He kicked off”, said Nan; he absconded at 4 p.m.\n"
    "The difficult clients were, frankly, chaotic.\n\n- dad refused point blank to talk 😀\n- non-compliant\n"
)
NOTES = (
    NOTE,
    "Dad failed to ring.",
    "",
    "He kicked off.\n\nThe boiler kicked off.",
    "All was well.",
    "CLIENTS ABSCONDED. A client failed\nto come.",
)


def rules_found(report: Report) -> list[str]:
    return [finding.rule.id.removeprefix("invented.") for finding in report.findings]


def told(report: Report):
    """Return everything a front would show of a report."""
    return report.document.text, report.findings, report.covered, dict(report.measures)


# exact places

GLUE = st.sampled_from(
    [
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\x0b",
        "\x0c",
        "\u2028",
        "\u2029",
        "\xa0",
        " 😀 ",
        " 𝒳 ",
        "’",
        "“",
        "” ",
        ", ",
        ". ",
        "\n\n",
        "́ ",
        " é ",
        "\ufeff",
        "-",
        " ‘",
        "…",
        "\x85",
        "\x1c",
    ]
)
WORDS = st.sampled_from(
    "mum failed to attend Dad kicked off absconded the client clients difficult frankly chaotic İSTANBUL ﬁne "
    "non-compliant refused to engage said FAILED TO ATTEND ẞ traffic".split()
)


@given(st.lists(st.tuples(WORDS, GLUE), max_size=25).map(lambda pairs: "".join(map("".join, pairs))))
def test_what_a_finding_points_at_is_what_was_found(invented, text):
    report = invented.check(text)
    assert report.document.text == text
    for finding in (*report.findings, *report.covered):
        assert text[finding.start : finding.end] == finding.text
        assert finding.text == finding.text.strip()
        matched = "".join(char for char in finding.text.lower() if char.isalpha())
        starts = ("fail", "kick", "abscond", "client", "difficult", "frankly", "chaotic", "noncompliant", "refuse")
        assert matched.startswith(starts)
        for edit in itertools.chain.from_iterable(s.edits for s in finding.suggestions):
            assert 0 <= edit.start <= edit.end <= len(text)
            assert edit.start <= finding.end <= edit.end
    for first, second in itertools.pairwise(report.findings):
        assert first.end <= second.start
    report.corrected()


@pytest.mark.parametrize("glue", [" ", "\t", "\u00a0", "\n", "\r\n", "\v", "\u2028", "  \n  "], ids=ascii)
def test_a_phrase_is_found_across_what_joins_words(invented, glue):
    note = f"😀 Zoe\u0301’s mum failed{glue}to{glue}attend."
    (finding,) = invented.check(note).findings
    assert finding.text == f"failed{glue}to{glue}attend"
    assert note[finding.start : finding.end] == finding.text


# the report


def test_a_report_tells_the_note_it_is_about(invented):
    report = invented.check("All was well.", name="a.txt", id="7")
    assert (report.document.name, report.id, report.error, report.findings) == ("a.txt", "7", None, ())


def test_findings_come_in_the_order_of_the_note(invented):
    report = invented.check(NOTE)
    assert [finding.start for finding in report.findings] == sorted(finding.start for finding in report.findings)
    assert rules_found(report) == [
        "failed-to",
        "kicked-off",
        "absconded",
        "difficult-client",
        "very",
        "chaotic",
        "refuse",
        "asks",
    ]


def test_the_corrected_note_takes_every_first_suggestion_and_nothing_else(invented):
    assert invented.check(NOTE).corrected() == (
        "Home visit\r\n\r\nMum did not attend. “He became distressed”, said Nan; he went missing at 4 p.m.\n"
        "The adults were, unsettled.\n\n- dad did not want to talk 😀\n- non-compliant\n"
    )


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text(max_size=4)), max_size=6),
)
def test_of_edits_that_overlap_the_earlier_is_made(text, rows):
    edits = [Edit(min(start, len(text)), min(start + more, len(text)), new) for start, more, new in rows]
    made, done = [], 0
    for edit in sorted(edits):
        if edit.start >= done:
            made.append(edit)
            done = edit.end
    backwards = text
    for edit in reversed(made):
        backwards = backwards[: edit.start] + edit.text + backwards[edit.end :]
    assert apply(text, edits) == backwards


def test_one_stretch_of_words_gets_one_finding_the_longest(invented):
    report = invented.check("A difficult client rang.")
    assert rules_found(report) == ["difficult-client"]
    assert [finding.rule.id for finding in report.covered] == ["invented.client"]


def test_of_two_as_long_the_higher_level_is_shown(tmp_path):
    pack = tmp_path / "two.yaml"
    shared = "category: jargon, principle: purposeful, message: m., why: w., sources: [s], phrases: [biscuit time]"
    pack.write_text(
        'sources: {s: {title: A, publisher: B, url: "https://example.org"}}\ntopic: Two\nrules:\n'
        f"  - {{id: jargon.a, level: suggestion, {shared}}}\n  - {{id: jargon.b, level: error, {shared}}}\n",
        encoding="utf-8",
    )
    report = Linter(Settings(packs=(pack,), select=("Two",))).check("It was biscuit time.")
    assert [finding.rule.id for finding in report.findings] == ["jargon.b"]
    assert [finding.rule.id for finding in report.covered] == ["jargon.a"]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        pytest.param("The chaotic traffic made us late.", [], id="exceptions let be what they overlap"),
        pytest.param("The chaotic home, the chaotic traffic.", ["chaotic"], id="and nothing else"),
        pytest.param("The weather was chaotic.", [], id="without"),
        pytest.param("Mum comes from a broken home.", ["unsettled-home"], id="within"),
        pytest.param("We passed a broken home.", [], id="within is not there"),
        pytest.param("Mum rang. We passed a broken home.", [], id="within is the same sentence"),
        pytest.param("Mum said “we failed to ring you”.", [], id="unless a guard holds"),
        pytest.param("The school refused to talk.", [], id="only when a guard holds"),
    ],
)
def test_what_lets_a_match_be(invented, note, expected):
    assert rules_found(invented.check(note)) == expected


# settings


def linter(**choices) -> Linter:
    return Linter(Settings(packs=INVENTED.packs, **choices))


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        pytest.param({"select": ("invented.failed-to",)}, ["failed-to"], id="by id"),
        pytest.param({"select": ("victim-blaming", "process")}, ["failed-to", "client"], id="by tag"),
        pytest.param(
            {"select": ("Invented wording",), "ignore": ("judgemental",)}, ["failed-to"], id="without a category"
        ),
        pytest.param(
            {"select": ("Invented wording",), "ignore": ("invented.failed-to",)},
            ["client", "absconded"],
            id="without an id",
        ),
    ],
)
def test_rules_are_chosen_by_id_category_topic_or_tag(choices, expected):
    report = linter(**choices).check("Mum failed to ring. The client absconded.")
    found = {finding.rule.id for finding in (*report.findings, *report.covered)}
    assert [name for name in ("failed-to", "client", "absconded") if f"invented.{name}" in found] == expected


def test_levels_are_a_teams_own():
    choices = {"select": ("Invented wording",), "levels": {"invented.client": "error", "blaming": "suggestion"}}
    report = linter(**choices).check("The client failed to ring. He absconded.")
    assert [finding.level for finding in report.findings] == ["error", "suggestion", "warning"]


def test_nothing_is_parsed_when_a_team_wants_it_so():
    report = linter(select=("Invented wording",), contextual=False).check("In the end the old one kicked off.")
    assert rules_found(report) == ["kicked-off"]


# the same every time


def test_the_same_note_gives_the_same_report(invented):
    assert told(invented.check(NOTE)) == told(invented.check(NOTE)) == told(Linter(INVENTED).check(NOTE))


def test_notes_do_not_know_of_each_other(invented):
    alone = [told(Linter(INVENTED).check(note)) for note in NOTES]
    for order in (range(len(NOTES)), reversed(range(len(NOTES)))):
        for number in order:
            assert told(invented.check(NOTES[number])) == alone[number]


def test_notes_checked_together_get_the_reports_they_get_one_by_one():
    every = [*NOTES, *(note.text for note in itertools.islice(read_notes(MARKED / "n4.txt"), 60))]
    linter = Linter()
    together = linter.check_all(Text(text, f"note {number}", str(number)) for number, text in enumerate(every))
    assert [report.id for report in together] == [str(number) for number in range(len(every))]
    assert [told(report) for report in together] == [told(linter.check(text)) for text in every]
    assert sum(len(report.findings) for report in together) > len(every)
    assert any(finding.rule.check == "tone" for report in together for finding in report.findings)


def test_threads_share_a_linter():
    shared = Linter(INVENTED)
    notes = NOTES * 8
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda note: told(shared.check(note)), notes))
    assert together == [told(shared.check(note)) for note in notes]


# what is loaded


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


HEAVY = "print([name for name in ('spacy', 'textstat', 'pygls', 'pandas') if name in sys.modules])"


def test_importing_the_library_imports_nothing_heavy():
    assert run(f"import sys, fsm_language; {HEAVY}") == "[]"


def test_a_note_that_needs_no_parsing_does_not_load_the_parser():
    code = f"""
import sys
from fsm_language import Linter, Settings
report = Linter(Settings(tone=False)).check("We had tea together and talked about the weekend. Everyone was well.")
assert not report.findings, report.findings
{HEAVY.replace("'textstat', ", "")}
"""
    assert run(code) == "[]"


PLAIN_STYLE = "We will commence the sessions in June."
COURT_WORDS = "The s47 enquiries ended on Monday."


@pytest.mark.parametrize(
    ("audience", "note", "found"),
    [
        pytest.param("family", PLAIN_STYLE, True, id="official words count in a letter to a family"),
        pytest.param("professional", PLAIN_STYLE, False, id="and not in a case note"),
        pytest.param("professional", COURT_WORDS, True, id="section numbers count in a case note"),
        pytest.param("court", COURT_WORDS, False, id="and are in place in a court statement"),
    ],
)
def test_the_audience_decides_what_counts(audience, note, found):
    report = Linter(Settings(audience=audience, tone=False)).check(note)
    assert bool([f for f in report.findings if f.category == "jargon"]) is found


def test_the_reflective_profile_adds_matters_of_recording_style():
    note = "The writer visited the family on Monday."
    assert not Linter(Settings(tone=False)).check(note).findings
    assert Linter(Settings(tone=False, profile="reflective")).check(note).findings


def test_the_learned_tier_only_asks_and_can_be_switched_off():
    note = "Dad is a big child himself."
    (finding,) = Linter().check(note).findings
    assert finding.level == "suggestion"
    assert all(suggestion.is_question for suggestion in finding.suggestions)
    assert not Linter(Settings(tone=False)).check(note).findings


def test_a_linter_without_parser_and_learned_tier_can_be_had_of_one_with_both():
    note = "Mum, who had been promised a lift by the worker, failed to turn up. She is useless. The CIN plan."
    plain = Linter(Settings(contextual=False, tone=False))
    of_another = Linter().lexical()
    assert (of_another.parser, of_another.tone, of_another.settings) == (None, None, plain.settings)
    assert of_another.check(note).findings == plain.check(note).findings


def test_what_a_check_needed_goes_with_it_and_waits_for_no_search(linter):
    def held() -> set[int]:
        return {id(each) for each in gc.get_objects() if isinstance(each, Surroundings)}

    note = "Respite was offered. He absconded from the placement. The case was closed."  # the parser is asked
    before = held()
    gc.disable()
    try:
        assert linter.check(note).findings
        assert held() <= before
    finally:
        gc.enable()
