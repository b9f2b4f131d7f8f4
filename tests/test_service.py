"""The service as its own clients meet it: POST /check and what stands beside it."""

from __future__ import annotations

import json
import socket

import pytest
from fsm_language_lsp.http import check
from fsm_language_lsp.http.languagetool import answer as languagetool
from fsm_language_lsp.http.languagetool.asked import Asked
from fsm_language_lsp.http.linters import NAME, Linters
from fsm_language_lsp.http.options import Options
from fsm_language_lsp.http.running import listening

from fsm_language import Settings

NOTE = "\U0001f600 café. Mum failed to attend the review.\nShe is hard to reach."


def offsets(finding):
    return finding["start"], finding["end"]


@pytest.mark.parametrize(
    ("unit", "encoded"),
    [
        ("code-points", list),
        (
            "utf-16",
            lambda text: [text.encode("utf-16-le")[i : i + 2] for i in range(0, len(text.encode("utf-16-le")), 2)],
        ),
        ("utf-8", lambda text: list(text.encode())),
    ],
)
def test_offsets_count_in_the_unit_asked_for(service, unit, encoded):
    answer = service.check(NOTE, unit=unit).json()
    assert answer["unit"] == unit
    found = next(f for f in answer["findings"] if f["rule"] == "blaming.failed-to")
    assert encoded(NOTE)[found["start"] : found["end"]] == encoded("failed to attend")
    edit = found["suggestions"][0]["edits"][0]
    assert offsets(edit) == offsets(found)
    assert found["column"] == found["start"] + 1


def test_the_second_part_of_an_answer_does_not_wait_for_word_that_the_first_has_come():
    with (
        listening(Options(port=0)) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_an_answer_is_the_note_of_the_json_format_with_reasons_and_the_unit(service, linter):
    from fsm_language.formats.jsonl import record

    answer = service.check(NOTE, id="visit 7").json()
    expected = record(linter.check(NOTE, "note", "visit 7"), reasons=True)
    assert answer == json.loads(json.dumps(expected | {"unit": "code-points"}))
    assert answer["findings"][0]["why"]
    assert answer["findings"][0]["sources"][0]["url"].startswith("http")


def test_acronyms_explained_elsewhere_are_let_be(service):
    note = "The CIN plan was reviewed."
    assert [f["rule"] for f in service.check(note).json()["findings"]] == ["acronym.unexplained"]
    assert service.check(note, explained=["CIN"]).json()["findings"] == []


def test_each_audience_gets_its_own_rules(service):
    note = "We served the application under section 31."
    found = {who: service.check(note, audience=who).json()["findings"] for who in ("family", "court")}
    assert found["family"] != found["court"]


def test_a_worker_keeps_nothing_of_a_note_when_it_has_answered():
    linters = Linters(Settings(contextual=False, tone=False))
    linter = linters.get()
    for job, asked in ((check.answer, check.Question(NOTE)), (languagetool.answer, Asked(NOTE))):
        job(linters, asked)
        assert NAME in linter._memory._notes
        linters.forget()
        assert NAME not in linter._memory._notes


@pytest.mark.parametrize(
    ("request_", "status", "says"),
    [
        ({}, 400, "The request needs “text”, the note to check."),
        ({"text": 3}, 400, "“text” must be a text."),
        ({"text": "", "unit": "utf-7"}, 400, "“unit” must be one of code-points, utf-8, utf-16."),
        ({"text": "", "explained": "CIN"}, 400, "“explained” must be a list of texts."),
        ({"text": "", "audiense": "court"}, 400, "The request has a key that is not known; did you mean “audience”?"),
        ([], 400, 'The request must be a JSON object, such as {"text": "..."}.'),
        ({"text": "x" * 200_001}, 413, "The note is too long: 200,000 characters is the most."),
    ],
    ids=["nothing", "no text", "unit", "explained", "key", "list", "long"],
)
def test_what_is_wrong_with_a_request_is_said_in_a_sentence(service, request_, status, says):
    answer = service.client.post("/check", json=request_)
    assert (answer.status_code, answer.json()) == (status, {"error": says})


def test_the_page_and_the_health_of_the_service_are_there(service):
    assert service.client.get("/health").json()["status"] == "ok"
    page = service.client.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
