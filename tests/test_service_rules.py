"""The rules and the glossary over HTTP, and rules that are tried before they go into a pack."""

from __future__ import annotations

import pytest
import yaml

RULE = """\
sources:
  ours: {title: How we write, publisher: Anytown Council, url: "https://example.org/words"}
rules:
  - id: blaming.no-show
    category: blaming
    level: suggestion
    principle: collaborative
    phrases: ["{be} a no-show"]
    suggest: ["{do@1} not come"]
    message: Say what happened.
    why: It sounds like a verdict.
    sources: [ours]
    unless: [quoted]
    examples:
      - note: Mum was a no-show.
      - note: “I was a no-show,” Mum said.
        fine: quoted
"""


def tried(service, rule, text="On Monday Dad was a no-show \U0001f600 again.", **more):
    return service.client.post("/rules/try", json={"rule": rule, "text": text, **more})


def test_every_rule_is_told_with_its_reason_sources_and_examples(service, pack):
    told = service.client.get("/rules").json()["rules"]
    assert [rule["id"] for rule in told] == [rule.id for rule in pack.rules]
    assert all(rule["why"] and rule["sources"] and rule["examples"] for rule in told)
    assert "$" not in "".join(wording for rule in told for wording in rule["suggest"])


def test_a_rule_is_told_by_itself_and_a_wrong_name_gets_the_likely_one(service):
    told = service.client.get("/rules/blaming.failed-to").json()
    assert told["sources"][0].keys() == {"title", "publisher", "url"}
    answer = service.client.get("/rules/blaming.faild-to")
    assert answer.status_code == 404
    assert "did you mean “blaming.failed-to”?" in answer.json()["error"]


def test_the_glossary_is_searched_by_letters_and_by_meaning(service, pack):
    def asked(word):
        return [row["acronym"] for row in service.client.get("/glossary", params={"q": word}).json()["acronyms"]]

    assert asked("C.I.N.")[0] == "CIN"
    assert "CIN" in asked("child in need")
    assert asked("no such thing at all") == []
    assert len(asked("")) == len(pack.glossary)


def test_a_rule_is_tried_on_a_note_and_on_its_own_examples(service):
    answer = tried(service, RULE).json()
    assert [(f["rule"], f["start"], f["end"]) for f in answer["findings"]] == [("blaming.no-show", 14, 27)]
    assert answer["findings"][0]["sources"][0]["publisher"] == "Anytown Council"
    assert answer["examples"] == []


def test_examples_that_do_not_hold_are_told(service):
    answer = tried(service, RULE.replace("Mum was a no-show", "Mum was late")).json()
    assert answer["examples"] == ["blaming.no-show: not found (no phrase matches): “Mum was late.”"]


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("category: blaming", "category: blame"), 5, "unknown category “blame”; did you mean “blaming”?"),
        (("[quoted]", "[quoted"), 14, "not YAML"),
        (("{be} a", "{be a"), 8, "cannot read phrase “{be a no-show”"),
        (("[ours]", "[theirs]"), 12, "unknown source “theirs”"),
    ],
    ids=["category", "yaml", "phrase", "source"],
)
def test_what_is_wrong_with_a_rule_is_said_with_its_line(service, change, line, says):
    answer = tried(service, RULE.replace(*change))
    assert answer.status_code == 400
    assert answer.json()["line"] == line
    assert says in answer.json()["error"]


ENDLESS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        (ENDLESS, 400),
        ("[" * 19_000, 400),
        ("!!python/object/apply:os.system ['true']", 400),
        ("rules: []", 400),
        ("", 400),
        ("# " + "x" * 20_000, 413),
        (RULE.replace("{be} a no-show", " ".join(["(a|b|c)"] * 400)), 400),
        (yaml.safe_dump({"rules": [{"id": f"blaming.x{n}"} for n in range(500)]}), 400),
        (RULE.replace("{be} a no-show", "(" * 5000), 400),
    ],
    ids=["aliases", "brackets", "python", "no rules", "nothing", "long", "phrase", "many", "nested"],
)
def test_a_hostile_rule_is_refused_and_the_service_goes_on(service, rule, status):
    assert tried(service, rule).status_code == status
    assert tried(service, RULE).status_code == 200
