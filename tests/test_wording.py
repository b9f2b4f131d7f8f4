"""Suggestions bend as the words they take the place of."""

import pytest

from fsm_language import Linter, Report, Settings


def corrected(linter: Linter, note: str) -> str:
    return linter.check(note).corrected()


def offered(report: Report) -> list[str]:
    return [suggestion.label for finding in report.findings for suggestion in finding.suggestions]


@pytest.mark.parametrize(
    ("note", "better"),
    [
        # tense and person
        pytest.param("Mum failed to attend.", "Mum did not attend.", id="past"),
        pytest.param("Mum fails to attend.", "Mum does not attend.", id="present, one"),
        pytest.param("They fail to attend.", "They do not attend.", id="present, many"),
        pytest.param("Mum has failed to attend.", "Mum has not attended.", id="perfect"),
        pytest.param(
            "Mum had repeatedly failed to attend.", "Mum had repeatedly not attended.", id="perfect, adverb between"
        ),
        pytest.param("Mum may fail to attend.", "Mum may not attend.", id="after a modal"),
        pytest.param("He is failing to attend.", "He is not attending.", id="progressive"),
        pytest.param("Failing to attend worries her.", "Not attending worries her.", id="-ing as a subject"),
        pytest.param("He failed to be there.", "He was not there.", id="be, one"),
        pytest.param("They failed to be there.", "They were not there.", id="be, many"),
        pytest.param("He kicks off at tea.", "He becomes distressed at tea.", id="irregular, present"),
        pytest.param("He kicked off at tea.", "He became distressed at tea.", id="irregular, past"),
        pytest.param("He has kicked off at tea.", "He has become distressed at tea.", id="irregular, perfect"),
        pytest.param("He was kicking off at tea.", "He was becoming distressed at tea.", id="irregular, progressive"),
        pytest.param("He did kick off at tea.", "He did become distressed at tea.", id="after did"),
        pytest.param("He did not kick off at tea.", "He did not become distressed at tea.", id="after did not"),
        pytest.param("He wants to kick off.", "He wants to become distressed.", id="after to"),
        pytest.param("He absconded.", "He went missing.", id="a regular verb for an irregular one"),
        pytest.param("He’d absconded.", "He’d gone missing.", id="after a short had"),
        pytest.param("He's absconding.", "He's going missing.", id="-ing after a short is"),
        pytest.param("She’s suffering from it.", "She has it.", id="an ending with its verb"),
        pytest.param("They're suffering from it.", "They have it.", id="an ending of many with its verb"),
        # number
        pytest.param("The client rang.", "The adult rang.", id="one"),
        pytest.param("The clients rang.", "The adults rang.", id="many"),
        # what stood in the phrase
        pytest.param("Mum refused to open it.", "Mum did not want to open it.", id="a star's word"),
        pytest.param("Dad ignored mum.", "Dad missed mum.", id="a list's word"),
        pytest.param("Dad ignores Step Father.", "Dad misses Step Father.", id="as it was written"),
        # a and an
        pytest.param("He is a client.", "He is an adult.", id="a becomes an"),
        pytest.param("A client rang.", "An adult rang.", id="A becomes An"),
        pytest.param("He is a\nclient.", "He is an\nadult.", id="over a line wrap"),
        pytest.param("It is a chaotic home.", "It is an unsettled home.", id="before an adjective"),
        # capitals
        pytest.param("Clients rang.", "Adults rang.", id="at the start of a sentence"),
        pytest.param("It rang. Chaotic.", "It rang. Unsettled.", id="at the start of the second"),
        pytest.param("HE ABSCONDED AGAIN", "HE WENT MISSING AGAIN", id="shouted"),
        pytest.param("A CLIENT rang.", "AN ADULT rang.", id="an article shouted with it", marks=()),
        pytest.param("he absconded.", "he went missing.", id="a hurried sentence"),
        # leaving out
        pytest.param("He was frankly rude.", "He was rude.", id="left out in the middle"),
        pytest.param("He was rude frankly.", "He was rude.", id="left out at the end"),
        pytest.param("Frankly he was rude.", "He was rude.", id="left out at the start"),
        # only what is marked
        pytest.param("Mum has a broken home.", "Mum has a separated home.", id="marked words alone"),
    ],
)
def test_the_first_suggestion(invented, note, better):
    assert corrected(invented, note) == better


def test_wordings_come_before_questions(invented):
    assert offered(invented.check("Mum failed to attend.")) == ["did not attend", "What got in the way?"]


def test_a_question_changes_nothing(invented):
    report = invented.check("Mum is non-compliant.")
    (suggestion,) = report.findings[0].suggestions
    assert suggestion.is_question
    assert report.corrected() == "Mum is non-compliant."


def test_every_suggestion_bends(invented):
    assert offered(invented.check("They were kicking off.")) == ["becoming distressed", "being upset"]


def test_what_is_left_out_is_said(invented):
    assert offered(invented.check("He was frankly rude.")) == ["leave out “frankly”"]


def test_a_suggestion_keeps_the_words_it_does_not_name(invented):
    note = "Nan: “He’s 😀”; mum failed  to\r\nattend, sadly."
    assert corrected(invented, note) == "Nan: “He’s 😀”; mum did not attend, sadly."


def test_a_wording_that_changes_nothing_is_not_offered(tmp_path):
    pack = tmp_path / "same.yaml"
    pack.write_text(
        """
sources: {s: {title: A, publisher: B, url: "https://example.org"}}
rules:
  - {id: same.same, category: jargon, level: warning, principle: purposeful, message: m, why: w, sources: [s],
     phrases: ["(tea|supper)"], suggest: ["supper"]}
""",
        encoding="utf-8",
    )
    linter = Linter(Settings(packs=(pack,), select=("same.same",)))
    assert offered(linter.check("At tea.")) == ["supper"]
    assert offered(linter.check("At supper.")) == []
