"""Long sentences, long paragraphs and the reading age: what is flagged, and what never is."""

import pytest

from fsm_language import Finding, Linter, Settings

LONG = (
    "I went to see Tia and her mum at home on Monday after school and we sat in the kitchen and talked about the "
    "new house and what she would like in her room."
)


def readability(**settings: object) -> Linter:
    return Linter(Settings(select=("readability",), contextual=False, **settings))  # type: ignore[arg-type]


LINTER = readability()


def find(note: str, linter: Linter = LINTER) -> list[Finding]:
    return list(linter.check(note).findings)


def test_a_long_sentence_is_found_whole_with_its_words_counted() -> None:
    (found,) = find(f"All well. {LONG} All well.")
    assert found.rule.id == "readability.long-sentence"
    assert (found.text, found.level, found.suggestions) == (LONG, "suggestion", ())
    assert "34 words" in found.message


def test_the_message_says_where_it_could_be_parted() -> None:
    (found,) = find(LONG)
    assert found.message == "This sentence has 34 words. It could stop after “in the kitchen”."


def test_a_sentence_without_a_seam_is_only_counted() -> None:
    (found,) = find("Very " * 30 + "long.")
    assert found.message == "This sentence has 31 words. Could it be two?"


@pytest.mark.parametrize(
    "note",
    [
        pytest.param("- " + LONG, id="list item"),
        pytest.param(f"1. {LONG}", id="numbered item"),
        pytest.param(f"Seen | {LONG} | yes", id="table row"),
        pytest.param(f"## {LONG}", id="heading"),
        pytest.param(
            "Flat 4, Mill House, 12 Mill Row, Lower Bank, Upton, Nr Wells, Anyshire, AB1 2CD, Tel 01632 960000, "
            "Fax 01632 960001, Key safe, Rear door, Ring twice, Dog friendly, Park behind.",
            id="address",
        ),
        pytest.param(
            "Present: Jo Hart, Sam Lund, Ali Khan, Mo Reed, Kim Shaw, Lee Ward, Pat Dean, Viv Cole, Ash Bell, "
            "Ros Kerr, Di Moss, Tom Ford, Max Lowe, Ben Nash.",
            id="names",
        ),
        pytest.param(f"Tia said, “{LONG}”", id="somebody's own words"),
        pytest.param("Tia is well. " * 12, id="short sentences"),
    ],
)
def test_what_is_no_running_text_of_the_writer_is_let_be(note: str) -> None:
    assert find(note) == []


def test_teams_settle_how_long_is_long() -> None:
    assert find("Tia and her mum like the new house a lot.", readability(sentence_words=5))
    assert find(LONG, readability(sentence_words=40)) == []


def test_a_long_paragraph_is_found() -> None:
    (found,) = find("Tia likes the park and the swings there. " * 20)
    assert (found.rule.id, "160 words" in found.message) == ("readability.long-paragraph", True)


def test_a_paragraph_under_the_limit_is_let_be() -> None:
    assert find("Tia likes the park and the swings there. " * 20, readability(paragraph_words=200)) == []


HARD = "The multidisciplinary assessment identified considerable developmental vulnerabilities requiring intervention. "


def test_reading_age_is_silent_until_a_team_settles_one() -> None:
    assert find(HARD * 5) == []


def test_a_note_for_an_older_reader_is_found_once_on_its_first_sentence() -> None:
    (found,) = find(HARD * 5, readability(reading_age=12))
    assert (found.rule.id, found.start) == ("readability.reading-age", 0)
    assert "yours is 12" in found.message


@pytest.mark.parametrize("note", ["Tia is well. " * 15, HARD, ""], ids=["easy", "too short to say", "empty"])
def test_a_note_within_reach_has_no_reading_age_finding(note: str) -> None:
    assert find(note, readability(reading_age=12)) == []
