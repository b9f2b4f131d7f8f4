"""LanguageTool's protocol: what clients send, as they send it, and what they read of the answer."""

from __future__ import annotations

import json

import httpx
import pytest
from fsm_language_lsp.http.languagetool.memory import MOST_ACRONYMS, MOST_CLIENTS, SECONDS, Memory
from hypothesis import given
from hypothesis import strategies as st

NOTE = "\U0001f600 Mum failed to attend a CIN review.\n\nShe is hard to reach."
FORM = {"content-type": "application/x-www-form-urlencoded"}


def checked(service, path="/v2/check", **parameters):
    answer = service.client.post(path, data={"language": "en-GB", **parameters})
    assert answer.status_code == 200, answer.text
    return answer.json()


def rules(answer):
    return [match["rule"]["id"] for match in answer["matches"]]


def utf16(text):
    return text.encode("utf-16-le", "surrogatepass")


def marked(source, match):
    """The words that a match marks, cut out as a client that counts UTF-16 units does."""
    start, end = match["offset"], match["offset"] + match["length"]
    return utf16(source)[2 * start : 2 * end].decode("utf-16-le")


def taken(source, match, number=0):
    start, end = 2 * match["offset"], 2 * (match["offset"] + match["length"])
    units = utf16(source)
    return (units[:start] + utf16(match["replacements"][number]["value"]) + units[end:]).decode("utf-16-le")


def test_an_answer_has_every_field_of_the_protocol(service):
    answer = checked(service, text=NOTE)
    assert set(answer) >= {"software", "warnings", "language", "matches", "sentenceRanges", "extendedSentenceRanges"}
    assert answer["software"]["apiVersion"] == 1
    assert answer["language"]["code"] == answer["language"]["detectedLanguage"]["code"] == "en-GB"
    for match in answer["matches"]:
        assert set(match) == {
            *("message", "shortMessage", "replacements", "offset", "length", "context", "sentence", "type", "rule"),
            *("ignoreForIncompleteSentence", "contextForSureMatch"),
        }
        assert match["shortMessage"]
        assert match["type"]["typeName"] in ("Hint", "Other")
        assert set(match["rule"]) == {"id", "description", "issueType", "urls", "category", "isPremium", "tags"}
        assert match["rule"]["urls"][0]["value"].startswith("http")
        assert match["rule"]["category"]["id"] in ("STYLE", "PLAIN_ENGLISH")
        context = match["context"]
        assert marked(context["text"], context) == marked(NOTE, match)
        assert match["sentence"] in NOTE
    assert [marked(NOTE, {"offset": a, "length": b - a}) for a, b in answer["sentenceRanges"]] == [
        "\U0001f600 Mum failed to attend a CIN review.",
        "She is hard to reach.",
    ]


def test_offsets_count_utf16_and_replacements_fit_where_they_point(service):
    answer = checked(service, text=NOTE)
    match = next(match for match in answer["matches"] if match["rule"]["id"] == "blaming.failed-to")
    assert marked(NOTE, match) == "failed to attend"
    assert taken(NOTE, match) == NOTE.replace("failed to attend", "did not attend")


def test_a_suggestion_that_reaches_further_than_its_words_marks_all_that_it_changes(service):
    note = "Nan has an SGO for Tia."
    match = checked(service, text=note)["matches"][0]
    assert marked(note, match) == "an SGO"
    assert taken(note, match) == "Nan has a Special Guardianship Order (SGO) for Tia."


def test_questions_stand_in_the_message_and_offer_no_replacement(service):
    match = next(m for m in checked(service, text=NOTE)["matches"] if m["rule"]["id"] == "blaming.failed-to")
    assert "Ask: What got in the way?" in match["message"]
    assert [replacement["value"] for replacement in match["replacements"]] == ["did not attend"]


PARTS = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {"text": st.sampled_from(["Mum failed to ", "attend", " the \U0001f600 review. ", "é\n"])}
        ),
        st.fixed_dictionaries(
            {"markup": st.sampled_from(["<b>", "</b>", "<!-- \U0001f600 -->", "<p>"])},
            optional={"interpretAs": st.sampled_from(["\n\n", "", " "])},
        ),
    ),
    max_size=12,
)


@given(parts=PARTS)
def test_offsets_into_marked_up_text_count_the_markup(service, parts):
    parts = [
        *parts,
        {"markup": "<p>", "interpretAs": "\n\n"},
        {"text": "Dad failed to "},
        {"markup": "<i>"},
        {"text": "attend."},
    ]
    source = "".join(part.get("text") or part.get("markup") for part in parts)
    answer = checked(service, data=json.dumps({"annotation": parts}))
    last = [match for match in answer["matches"] if match["rule"]["id"] == "blaming.failed-to"][-1]
    assert marked(source, last) == "failed to <i>attend"
    assert taken(source, last).endswith("Dad did not attend<i>.")


@pytest.mark.parametrize("path", ["/v2/check", "/check", "/v2/v2/check", "/check/check", "/v2/check/check"])
def test_every_address_that_clients_make_up_is_answered(service, path):
    assert "blaming.failed-to" in rules(checked(service, path, text=NOTE))
    by_address = service.client.get(path, params={"language": "en-GB", "text": NOTE})
    assert "blaming.failed-to" in rules(by_address.json())


@pytest.mark.parametrize("path", ["/v2/languages", "/languages", "/v2/v2/languages"])
def test_the_languages_that_clients_ask_for_are_listed(service, path):
    told = service.client.get(path).json()
    assert {"en", "en-GB", "en-US", "en-AU"} <= {row["longCode"] for row in told}
    assert all(row["code"] == "en" and row["name"] for row in told)


def test_the_other_questions_are_answered(service, pack):
    assert service.client.get("/v2/maxtextlength", params={"language": "en-GB"}).text == "200000"
    assert service.client.get("/v2/info").json()["software"]["name"] == "fsm-language"
    assert service.client.get("/v2/healthcheck").text == "OK"
    told = service.client.get("/v2/configinfo", params={"language": "en-GB"}).json()
    assert told["parameter"] == {"maxTextLength": 200000}
    assert [row["ruleId"] for row in told["rules"]] == [rule.id for rule in pack.rules]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"disabledRules": "blaming.failed-to"}, False),
        ({"disabledCategories": "STYLE"}, False),
        ({"disabledCategories": "blaming"}, False),
        ({"disabledRules": "WHITESPACE_RULE,EN_QUOTES"}, True),
        ({"enabledRules": "blaming.failed-to", "enabledOnly": "true"}, True),
        ({"enabledCategories": "PLAIN_ENGLISH", "enabledOnly": "yes"}, False),
        ({"enabledRules": "SOME_RULE"}, True),
        ({"mode": "textLevelOnly"}, False),
        ({"mode": "allButTextLevelOnly"}, True),
        ({"mode": "all", "c": "1", "level": "picky", "unheard": "of"}, True),
    ],
    ids=str,
)
def test_clients_choose_what_they_want(service, parameters, found):
    assert ("blaming.failed-to" in rules(checked(service, text=NOTE, **parameters))) is found


def test_two_requests_for_two_modes_show_nothing_twice(service):
    whole, parts = (rules(checked(service, text=NOTE, mode=mode)) for mode in ("textLevelOnly", "allButTextLevelOnly"))
    assert whole == ["acronym.unexplained"]
    assert sorted(whole + parts) == sorted(rules(checked(service, text=NOTE)))


def test_what_a_disabled_rule_covered_is_shown(service):
    note = "Amir DNA'd the dentist today."
    assert rules(checked(service, text=note)) == ["blaming.child-dna"]
    assert rules(checked(service, text=note, disabledRules="blaming.child-dna")) == ["acronym.unexplained"]


@pytest.mark.parametrize("language", ["en-GB", "auto", "en-us", "en_GB", "EN", "cy", "x" * 99, ""])
def test_no_language_is_refused(service, language):
    assert checked(service, text=NOTE, language=language)["language"]["code"] == "en-GB"


@pytest.mark.parametrize(
    ("parameters", "status", "says"),
    [
        ({}, 400, "Error: Missing 'text' or 'data' parameter"),
        ({"text": "a", "data": "{}"}, 400, "Error: Set only 'text' or 'data'"),
        ({"data": "not JSON"}, 400, "Error: 'data' must be JSON"),
        ({"data": "[]"}, 400, "Error: 'data' must be JSON"),
        ({"data": '{"annotation": [{"text": 3}]}'}, 400, "Error: 'data' must be JSON"),
        ({"data": '{"annotation": [{}]}'}, 400, "Error: 'data' must be JSON"),
        ({"text": "a", "enabledOnly": "true"}, 400, "Error: 'enabledOnly' needs"),
        ({"text": "x" * 200_001}, 413, "Error: The note is too long"),
        (
            {"data": json.dumps({"annotation": [{"markup": "<p>", "interpretAs": "x" * 200_001}]})},
            413,
            "Error: The note",
        ),
    ],
    ids=["nothing", "both", "no JSON", "list", "number", "empty part", "only", "long", "read long"],
)
def test_errors_are_plain_text(service, parameters, status, says):
    answer = service.client.post("/v2/check", data={"language": "en-GB", **parameters})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert answer.text.startswith(says)


# What clients were seen to send, its text changed: the body, and the headers that matter.
RECORDED = {
    "LibreOffice 7.4": (b"text=" + NOTE.encode() + b"&language=en-GB", {**FORM, "user-agent": None}),
    "browser add-on": (
        httpx.QueryParams(
            {
                "c": "1",
                "instanceId": "12345:1700000000000",
                "v": "standalone",
                "data": json.dumps({"text": NOTE}),
                "textSessionId": "12345:1700000000001",
                "enableHiddenRules": "true",
                "level": "picky",
                "language": "auto",
                "noopLanguages": "en,de",
                "preferredLanguages": "en",
                "preferredVariants": "en-US,de-DE",
                "disabledRules": "WHITESPACE_RULE",
                "allowIncompleteResults": "true",
                "useragent": "standalone",
                "mode": "allButTextLevelOnly",
            }
        ),
        FORM,
    ),
    "browser add-on, JSON": (json.dumps({"data": {"text": NOTE}, "language": "en-us", "mode": "all"}), {}),
    "Obsidian": (
        httpx.QueryParams(
            {
                "data": json.dumps(
                    {"annotation": [{"markup": "# "}, {"text": NOTE}, {"markup": "\n\n", "interpretAs": "\n\n"}]}
                ),
                "language": "auto",
                "preferredVariants": "en-GB,de-DE",
                "enabledOnly": "false",
                "level": "picky",
            }
        ),
        {"content-type": "application/x-www-form-urlencoded;charset=utf-8", "accept": "application/json"},
    ),
    "Emacs": (
        httpx.QueryParams({"language": "en-GB", "data": json.dumps({"annotation": [{"text": NOTE}]})}),
        {**FORM, "user-agent": "URL/Emacs Emacs/29.1"},
    ),
    "VS Code": (
        httpx.QueryParams(
            {
                "data": json.dumps({"annotation": [{"text": NOTE, "offset": {"start": 0, "end": 9}}]}),
                "language": "en-GB",
                "motherTongue": "",
                "disabledRules": "",
                "disabledCategories": "",
            }
        ),
        {**FORM, "accept": "application/json"},
    ),
    "vim": (
        httpx.QueryParams({"language": "en-GB", "text": NOTE, "disabledRules": "EN_QUOTES,DASH_RULE"}),
        {**FORM, "user-agent": "curl/8.0"},
    ),
    "no content type": (httpx.QueryParams({"language": "en-GB", "text": NOTE}), {"content-type": ""}),
}


@pytest.mark.parametrize(("body", "headers"), RECORDED.values(), ids=RECORDED)
def test_what_known_clients_send_is_understood(service, body, headers):
    request = service.client.build_request("POST", "/v2/check", content=body if isinstance(body, bytes) else str(body))
    for name, value in headers.items():
        request.headers.pop(name, None)
        if value is not None:
            request.headers[name] = value
    answer = service.client.send(request)
    assert answer.status_code == 200, answer.text
    assert "blaming.failed-to" in rules(answer.json())


@pytest.mark.parametrize(
    "paragraph", ["At A&E Mum said: 50% + 2 of %41 = x; she failed to attend.", "Two\x0blines, she failed to attend"]
)
def test_a_form_that_was_not_encoded_is_read_as_it_stands(service, paragraph):
    """LibreOffice 7 sends one; its `&` parts nothing and its `%41` is no letter."""
    body = f"text={paragraph}&language=en-GB".encode()
    answer = service.client.post("/v2/check", content=body, headers=FORM).json()
    match = next(match for match in answer["matches"] if match["rule"]["id"] == "blaming.failed-to")
    assert marked(paragraph, match) == "failed to attend"


def paragraph(service, text, user):
    body = f"text={text}&language=en-GB&username={user}&apiKey=none".encode()
    request = service.client.build_request("POST", "/v2/check", content=body, headers=FORM)
    del request.headers["user-agent"]
    return rules(service.client.send(request).json())


def test_a_client_that_sends_paragraphs_is_not_asked_again_about_what_it_has_explained(service):
    assert paragraph(service, "The CIN plan is made.", "ann") == ["acronym.unexplained"]
    assert paragraph(service, "Child in Need (CIN) is a plan for help.", "ann") == []
    assert paragraph(service, "The CIN plan is made.", "ann") == []
    assert paragraph(service, "The CIN plan is made.", "ben") == ["acronym.unexplained"]


def test_other_clients_get_the_same_answer_however_often_they_ask(service):
    checked(service, text="Child in Need (CIN) is a plan for help.")
    assert rules(checked(service, text="The CIN plan is made.")) == ["acronym.unexplained"]


def test_a_word_that_a_client_adds_is_let_be_for_that_client(service):
    def asked(path, **more):
        return service.client.post(path, data={"username": "cara", **more}).json()

    assert asked("/v2/words/add", word="CIN") == {"added": True}
    assert service.client.get("/v2/words", params={"username": "cara"}).json() == {"words": ["CIN"]}
    assert rules(checked(service, text="The CIN plan.", username="cara")) == []
    assert rules(checked(service, text="The CIN plan.", username="dan")) == ["acronym.unexplained"]
    assert asked("/v2/words/delete", word="CIN") == {"deleted": True}
    assert asked("/v2/words/delete", word="CIN") == {"deleted": False}
    assert rules(checked(service, text="The CIN plan.", username="cara")) == ["acronym.unexplained"]
    assert service.client.post("/v2/words/add", data={"word": "two words"}).status_code == 400


def test_memory_is_bounded_and_forgets():
    now = [0.0]
    memory = Memory(lambda: now[0])
    for number in range(MOST_CLIENTS + 5):
        memory.learn(f"client {number}", [f"A{index}" for index in range(MOST_ACRONYMS + 5)])
    assert memory.known("client 0") == frozenset()
    assert len(memory.known(f"client {MOST_CLIENTS}")) == MOST_ACRONYMS
    now[0] = SECONDS
    assert memory.known(f"client {MOST_CLIENTS}") == frozenset()
