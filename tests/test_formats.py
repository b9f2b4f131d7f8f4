"""Every format against its golden file, its own specification and text that would break out of it.

Run with --regenerate to write the golden files anew, then read the difference.
"""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from fsm_language.document import Document
from fsm_language.finding import Edit, Finding, Report, Suggestion
from fsm_language.formats import FORMATS, Options
from fsm_language.formats.excerpt import excerpts
from fsm_language.formats.terminal import columns, safe
from fsm_language.rule import Rule, Source

GOLDEN = Path(__file__).parent / "golden"
DOCS = Path(__file__).parent.parent / "docs"
SOURCE = Source("guide", "Language that <cares>", "TACT & friends", "https://example.org/cares?a=1&b=2")
FAILED = Rule(
    "blaming.failed-to",
    "blaming",
    "warning",
    "This puts the fault on the person.",
    "People hear blame.",
    (SOURCE,),
    "collaborative",
    tags=("victim-blaming",),
)
KICKED = replace(
    FAILED, id="judgemental.kicked-off", category="judgemental", level="suggestion", message="Say what you saw."
)
HARM = replace(FAILED, id="jargon.domestic-incident", category="jargon", level="error", message="Name what was done.")


def found(rule, text, words, *offers, ask=None):
    start = text.index(words)
    edits = tuple(Suggestion(offer, (Edit(start, start + len(words), offer),)) for offer in offers)
    return Finding(rule, start, start + len(words), words, rule.message, (*edits, *([Suggestion(ask)] if ask else [])))


def reports():
    visit = "Visit, 4pm.\nMum failed to\nattend. 👩‍👧 Tomás\tkicked off.\r\nA “domestic incident” was logged."
    record = "Dad failed to ring."
    return [
        Report(
            Document(visit, "notes/visit 1.txt"),
            (
                found(
                    FAILED,
                    visit,
                    "failed to\nattend",
                    "did not attend",
                    "was not able to attend",
                    ask="What got in the way?",
                ),
                found(KICKED, visit, "kicked off", ask="What did you see?"),
                found(HARM, visit, "domestic incident", ask="Who did what to whom?"),
            ),
            {"words": 14.0, "reading_age": 9.2},
        ),
        Report(
            Document(record, "notes.jsonl"),
            (found(FAILED, record, "failed to ring", "did not ring"),),
            id="w1-001",
            hidden=("0" * 32, "1" * 32),
        ),
        Report(Document("Gran made tea.", "notes.jsonl"), measures={"reading_age": 7.0}, id="w1-002"),
        Report(Document("", "notes.jsonl"), error="Line 3: not JSON (Expecting value, column 1).", id="line 3"),
    ]


def rendered(form, given=None, **options):
    return "".join(FORMATS[form](iter(reports() if given is None else given), Options(version="0.1.0", **options)))


@pytest.mark.parametrize("form", FORMATS)
def test_format_gives_its_golden_file(form, regenerate):
    file = GOLDEN / f"report.{form}"
    if regenerate:
        file.write_text(rendered(form), encoding="utf-8", newline="")
    assert rendered(form) == file.read_bytes().decode()


@pytest.mark.parametrize("form", FORMATS)
def test_format_takes_no_notes_at_all(form):
    text = rendered(form, [])
    assert json.loads(text) is not None if form in ("json", "sarif", "gitlab") else isinstance(text, str)


def test_jsonl_comes_as_it_goes():
    taken = []

    def coming():
        for report in reports():
            taken.append(report)
            yield report

    lines = FORMATS["jsonl"](coming(), Options())
    next(lines)
    assert len(taken) == 1


def test_jsonl_has_the_fields_of_the_contract_in_order():
    first = json.loads(rendered("jsonl").splitlines()[0])
    assert list(first) == ["name", "id", "findings", "measures", "error"]
    assert list(first["findings"][0]) == [
        "rule", "category", "level", "start", "end", "line", "column", "message", "suggestions", "fingerprint",
        "place",
    ]  # fmt: skip
    assert (first["findings"][0]["line"], first["findings"][0]["column"]) == (2, 5)


def test_jsonl_holds_to_the_published_schema():
    schema = json.loads((DOCS / "findings.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    lines = rendered("jsonl").splitlines()
    for line in lines:
        Draft202012Validator(schema).validate(json.loads(line))
    wrong = json.loads(lines[0]) | {"id": 3}
    assert not Draft202012Validator(schema).is_valid(wrong)


@pytest.mark.parametrize("form", ["json", "jsonl", "sarif", "gitlab", "github"])
def test_format_holds_no_more_of_the_note_than_it_needs(form):
    assert "logged" not in rendered(form)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_jsonl_is_one_line_a_note_however_lines_are_split(words):
    text = f"{words} failed"
    report = Report(Document(text, words), (found(FAILED, text, "failed", words),))
    lines = rendered("jsonl", [report]).splitlines()
    assert len(lines) == 1
    assert json.loads(lines[0])["findings"][0]["suggestions"][0]["label"] == words


def test_sarif_places_findings_in_code_points():
    run = json.loads(rendered("sarif"))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    regions = [r["locations"][0]["physicalLocation"].get("region") for r in run["results"]]
    visit = reports()[0]
    for region, finding in zip(regions, visit.findings, strict=False):
        assert (region["charOffset"], region["charLength"]) == (finding.start, finding.end - finding.start)
        assert (region["startLine"], region["startColumn"]) == visit.document.position(finding.start)
    assert regions[-1] is None, "the lines of a record are no lines of its file"


def test_sarif_rules_have_help_links_and_levels():
    run = json.loads(rendered("sarif"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [r["ruleId"] for r in run["results"]]
    assert {rule["defaultConfiguration"]["level"] for rule in rules} == {"note", "warning", "error"}
    assert all(rule["helpUri"] == SOURCE.url and rule["help"]["text"] for rule in rules)


def test_sarif_fingerprints_are_those_of_jsonl():
    run = json.loads(rendered("sarif"))["runs"][0]
    plain = [finding for line in rendered("jsonl").splitlines() for finding in json.loads(line)["findings"]]
    assert [r["partialFingerprints"]["fsmLanguage/v1"] for r in run["results"]] == [f["fingerprint"] for f in plain]


def test_sarif_says_when_a_note_could_not_be_checked():
    invocation = json.loads(rendered("sarif"))["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert "Line 3" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_junit_counts_agree_with_its_cases():
    for suite in ET.fromstring(rendered("junit").encode()):  # noqa: S314  # our own
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("errors")) == len(suite.findall("testcase/error"))


@pytest.mark.parametrize(("fail_on", "failures"), [("suggestion", 4), ("warning", 3), ("error", 1), ("never", 0)])
def test_junit_fails_what_the_run_fails(fail_on, failures):
    root = ET.fromstring(rendered("junit", fail_on=fail_on).encode())  # noqa: S314  # our own
    assert len(root.findall(".//failure")) == failures


@given(st.text())
def test_junit_is_xml_whatever_a_note_holds(words):
    text = f"failed {words}"
    report = Report(Document(text, words), (found(FAILED, text, text, words),), id=words)
    root = ET.fromstring(rendered("junit", [report]).encode())  # noqa: S314  # our own
    assert len(root.findall(".//failure")) == 1


def test_csv_cells_are_never_formulas():
    text = "=1+1"
    report = Report(Document(text, "-n.txt"), (found(FAILED, text, text, "@sum"),))
    row = next(csv.DictReader(io.StringIO(rendered("csv", [report]))))
    assert (row["name"], row["words"], row["try"]) == ("'-n.txt", "'=1+1", "'@sum")


def test_csv_has_a_row_for_each_finding_and_each_failure():
    rows = list(csv.DictReader(io.StringIO(rendered("csv"))))
    assert [row["rule"] for row in rows] == [FAILED.id, KICKED.id, HARM.id, FAILED.id, ""]
    assert rows[-1]["error"].startswith("Line 3")


def test_github_escapes_what_would_end_a_command():
    text = "a failed b"
    rule = replace(FAILED, message="100%\r\n::error::x")
    report = Report(Document(text, "a,b:c%.txt"), (found(rule, text, "failed"),))
    assert rendered("github", [report]) == (
        "::warning file=a%2Cb%3Ac%25.txt,line=1,endLine=1,col=3,endColumn=9,title=blaming.failed-to"
        "::100%25%0D%0A::error::x\n"
    )


def test_gitlab_fingerprints_are_all_different():
    text = "failed x failed x failed"
    twice = [found(FAILED, text, "failed"), replace(found(FAILED, text, "failed"), start=9, end=15)]
    issues = json.loads(rendered("gitlab", [Report(Document(text, name), (*twice,)) for name in ("a", "b")]))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 4


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []
        self.attributes = []
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *attr) for attr in attrs]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@given(st.text() | st.just("<script>alert(1)</script>") | st.just("\" onmouseover='x' <img src=x>"))
def test_html_escapes_everything_from_a_note(words):
    text = f"{words} failed {words}"
    report = Report(
        Document(text, words), (found(FAILED, text, "failed" if "failed" not in words else text, words, ask=words),)
    )
    page = Page()
    page.feed(rendered("html", [report]))
    assert not page.open
    assert not {"script", "img", "iframe", "link", "object"} & set(page.tags)
    assert not [a for a in page.attributes if a[1].startswith("on") or a[1] == "src"]


def test_html_fetches_nothing():
    page = Page()
    page.feed(rendered("html"))
    links = {value for tag, name, value in page.attributes if name == "href"}
    assert {link for link in links if not link.startswith("#")} == {SOURCE.url}
    assert "default-src 'none'" in rendered("html")


def test_text_underlines_the_words_whatever_stands_before_them():
    text = "a\t日本 e\u0301 👩‍👧 ❤️ failed here"
    lines = rendered("text", [Report(Document(text, "n"), (found(FAILED, text, "failed"),))]).splitlines()
    shown, under = lines[2], lines[3]
    assert columns(shown[: shown.index("failed")]) == under.index("^")
    assert under.count("^") == len("failed")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 80), st.integers(1, 300), st.integers(20, 120))
def test_excerpts_show_the_words_that_were_found(text, start, length, width):
    text = text + "x" * 90
    end = min(len(text), start + length)
    document = Document(text)
    parts = list(excerpts(document, start, end, width))
    assert 1 <= len(parts) <= 3
    assert parts[0].line == document.position(start)[0]
    shown = parts[0].found.rstrip("…").rstrip()
    assert text[start:].startswith(shown)
    for part in parts:
        assert len(part.before) + len(part.found) + len(part.after) <= max(width, len(part.found) + 16) + 2


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("日本", 4), ("e\u0301", 1), ("👩‍👧", 2), ("❤️", 2), ("👍🏽", 2), ("🇬🇧", 2), ("", 0)],
    ids=["letters", "wide", "combining", "joined emoji", "emoji look", "skin tone", "flag", "nothing"],
)
def test_columns(text, width):
    assert columns(text) == width


@given(st.text(st.characters(max_codepoint=0x2100, exclude_characters="\u200d")))
def test_columns_are_the_same_whatever_follows(text):
    assert columns(text + "日") == columns(text) + 2


@given(st.text())
def test_nothing_reaches_a_terminal_that_it_would_obey(text):
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", safe(text))


def test_text_has_colour_only_where_it_is_asked_for():
    assert "\x1b" not in rendered("text")
    assert re.sub(r"\x1b\[[\d;]*m", "", rendered("text", colour=True)) == rendered("text")


def test_text_wraps_to_the_width():
    text = "word " * 200 + "failed " + "word " * 200
    lines = rendered("text", [Report(Document(text, "n"), (found(FAILED, text, "failed", "x " * 90),))], width=60)
    assert max(map(len, lines.splitlines())) <= 60


def test_quiet_text_is_only_the_summary():
    assert rendered("text", quiet=True).splitlines()[0] == "4 things to look at in 2 notes of 3."


def test_text_of_a_clean_note():
    assert rendered("text", [Report(Document("Fine.", "n"))]) == "Nothing to suggest.\n"


def test_diff_applies_with_patch(tmp_path):
    import shutil
    import subprocess

    patch = shutil.which("patch")
    if patch is None:
        pytest.skip("patch is not installed")
    visit = reports()[0]
    (tmp_path / "visit.txt").write_text(visit.document.text, encoding="utf-8", newline="")
    diff = rendered("diff", [replace(visit, document=Document(visit.document.text, "visit.txt"))])
    subprocess.run([patch, "--binary", "-p1"], cwd=tmp_path, input=diff.encode(), check=True, capture_output=True)
    assert (tmp_path / "visit.txt").read_bytes().decode() == visit.corrected()
