"""An audit loses and doubles nothing, whatever stops it; it shows what was asked, and refuses what does not fit."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

import fsm_language.whole
from fsm_language.audit import FINDINGS, RUN, Audit, AuditError, Choice, Showing, date_of, rows, run
from fsm_language.batch import check
from fsm_language.configuration import Configuration
from fsm_language.readers import Note, failed
from fsm_language.settings import Settings
from fsm_language.suppress import Silence, Store, new

PLAIN = Configuration(Settings(contextual=False, tone=False), jobs=1)
CHILD = "Zebedee"
TEXT = f"{CHILD} failed to attend the review with the CIN team."
INPUT = {"paths": ["notes"], "digest": "1"}


def many(count=12):
    for number in range(count):
        if number % 5 == 3:
            yield failed("n.csv", "Line 4 is too short.", str(number))
        else:
            text = f"Mum failed to attend visit {number}." if number % 2 else "Gran made tea."
            yield Note("n.csv", text, str(number), record={"date": f"2026-01-{number + 1:02}", "team": "North"})


ASKED = Audit(PLAIN, input=INPUT)


def audit(folder, notes=None, asked=ASKED, **how):
    found = list(run(asked, many() if notes is None else notes, folder, **how))
    assert found == list(rows(folder))
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed")
    audit(folder)
    return folder


@given(data=st.data())
@effort(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cut_off_anywhere_it_goes_on_to_the_same_end(data, undisturbed, tmp_path):
    whole = (undisturbed / FINDINGS).read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    (tmp_path / RUN).write_bytes((undisturbed / RUN).read_bytes())
    (tmp_path / FINDINGS).write_bytes(whole[:at])
    audit(tmp_path, resume=True)
    assert (tmp_path / FINDINGS).read_bytes() == whole


def test_only_notes_that_have_no_row_are_checked_again(tmp_path, undisturbed):
    half = (undisturbed / FINDINGS).read_bytes().splitlines(keepends=True)[:6]
    marked = [line.replace(b'"team": "North"', b'"team": "kept"') for line in half]
    (tmp_path / RUN).write_bytes((undisturbed / RUN).read_bytes())
    (tmp_path / FINDINGS).write_bytes(b"".join(marked))
    assert [row["team"] for row in audit(tmp_path, resume=True) if row["team"]] == ["kept"] * 5 + ["North"] * 5


def test_going_on_with_nothing_begins(tmp_path, undisturbed):
    audit(tmp_path / "new" / "folder", resume=True)
    assert (tmp_path / "new" / "folder" / FINDINGS).read_bytes() == (undisturbed / FINDINGS).read_bytes()


def test_an_audit_that_is_there_is_never_written_over_unasked(tmp_path):
    audit(tmp_path)
    before = (tmp_path / FINDINGS).read_bytes()
    with pytest.raises(AuditError, match="--resume"):
        audit(tmp_path)
    assert (tmp_path / FINDINGS).read_bytes() == before
    assert len(audit(tmp_path, many(3), anew=True)) == 3


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"asked": replace(ASKED, configuration=replace(PLAIN, settings=Settings(contextual=False)))}, "the settings"),
        ({"asked": replace(ASKED, configuration=replace(PLAIN, group_by=("area",)))}, "the settings"),
        ({"asked": replace(ASKED, choice=Choice(sample=3))}, "--sample"),
        ({"asked": replace(ASKED, showing=Showing(text=True))}, "--with-text"),
        ({"asked": replace(ASKED, showing=Showing(key=b"k" * 16))}, "--pseudonymise"),
        ({"asked": replace(ASKED, silences=[Silence(Store(b"k"))])}, "baseline"),
        ({"asked": replace(ASKED, input={**INPUT, "digest": "2"})}, "were changed"),
        ({"notes": []}, "order"),
        ({"notes": [Note("n.csv", "x", "other")]}, "order"),
    ],
    ids=["settings", "grouping", "sample", "text", "key", "baseline", "input", "fewer notes", "other notes"],
)
def test_what_is_asked_otherwise_is_not_gone_on_with(tmp_path, change, says):
    audit(tmp_path)
    before = (tmp_path / FINDINGS).read_bytes()
    with pytest.raises(AuditError, match=says):
        audit(tmp_path, **change, resume=True)
    assert (tmp_path / FINDINGS).read_bytes() == before


def test_other_rules_are_not_gone_on_with(tmp_path):
    pack = tmp_path / "ours.yaml"
    pack.write_text("topic: Ours\nrules: []\n")
    asked = Audit(replace(PLAIN, settings=replace(PLAIN.settings, packs=(pack,))))
    audit(tmp_path / "out", asked=asked)
    pack.write_text("topic: Ours\nrules: [{id: jargon.placement, enabled: false}]\n")
    with pytest.raises(AuditError, match="the rules are not the same"):
        audit(tmp_path / "out", asked=asked, resume=True)


def test_processes_change_no_byte(tmp_path):
    notes = [Note("n.csv", TEXT * 20, str(number)) for number in range(140)]
    for jobs in (1, 2):
        audit(tmp_path / str(jobs), notes, Audit(replace(PLAIN, jobs=jobs)))
    assert (tmp_path / "1" / FINDINGS).read_bytes() == (tmp_path / "2" / FINDINGS).read_bytes()
    assert (tmp_path / "1" / RUN).read_bytes() == (tmp_path / "2" / RUN).read_bytes()


def test_a_row_holds_what_the_contract_says_and_no_words_of_the_note(tmp_path):
    record = {"date": "5/1/2026", "team": "North", "for": "family", "worker": "W7", "child": CHILD}
    note = Note("n.csv", TEXT, "w1", ("Read as Windows-1252.",), record=record)
    (row,) = audit(tmp_path, [note], Audit(replace(PLAIN, audience_field="for", group_by=("worker", "area"))))
    assert list(row)[:5] == ["name", "id", "findings", "measures", "error"]
    assert (row["date"], row["team"], row["audience"]) == ("2026-01-05", "North", "family")
    assert row["groups"] == {"worker": "W7", "area": None}
    assert row["notices"] == ["Read as Windows-1252."]
    assert [finding["wording"] for finding in row["findings"]] == ["fail to …", "CIN"]
    for file in (FINDINGS, RUN):
        assert CHILD not in (tmp_path / file).read_text(encoding="utf-8")


def test_the_words_of_a_note_are_kept_when_asked_for(tmp_path):
    (row,) = audit(tmp_path, [Note("n.csv", TEXT, "w1")], Audit(PLAIN, showing=Showing(text=True)))
    assert row["text"] == TEXT
    assert [finding["words"] for finding in row["findings"]] == ["failed to attend", "CIN"]


def test_names_and_ids_can_be_hidden_behind_a_key(tmp_path):
    notes = [Note(f"{CHILD}.docx", TEXT, CHILD), Note(f"{CHILD}.docx", TEXT, "7"), Note("a.txt", TEXT)]
    first, second, third = audit(tmp_path / "1", notes, Audit(PLAIN, showing=Showing(key=b"k" * 16)))
    assert first["name"] == second["name"]
    assert (first["name"][-5:], third["name"][-4:], third["id"]) == (".docx", ".txt", None)
    assert first["id"] != second["id"]
    assert CHILD not in (tmp_path / "1" / FINDINGS).read_text()
    other, *_ = audit(tmp_path / "2", notes, Audit(PLAIN, showing=Showing(key=b"j" * 16)))
    assert other["id"] != first["id"]


def test_a_baseline_counts_the_same_when_gone_on_with(tmp_path):
    text = "Mum failed to attend."
    notes = [Note("n.csv", text, str(number)) for number in range(4)]
    shown = audit(tmp_path / "all", notes, Audit(PLAIN, showing=Showing(text=True)))
    store = new()
    (report,) = check(notes[:1], PLAIN)
    store = replace(store, entries=tuple(store.entry(finding, report, count=2) for finding in report.findings))
    undivided = audit(tmp_path / "whole", notes, Audit(PLAIN, silences=[Silence(store)]))
    assert [len(row["hidden"]) for row in undivided] == [1, 1, 0, 0]
    assert [len(row["findings"]) for row in undivided] == [
        len(row["findings"]) - hides for row, hides in zip(shown, [1, 1, 0, 0], strict=True)
    ]
    lines = (tmp_path / "whole" / FINDINGS).read_bytes().splitlines(keepends=True)
    (tmp_path / "whole" / FINDINGS).write_bytes(lines[0])
    assert audit(tmp_path / "whole", notes, Audit(PLAIN, silences=[Silence(store)]), resume=True) == undivided


def test_a_journal_that_is_not_whole_is_not_reported_on(tmp_path):
    audit(tmp_path)
    (tmp_path / FINDINGS).write_bytes((tmp_path / FINDINGS).read_bytes()[:-3])
    with pytest.raises(AuditError, match="line 12 is not whole"):
        list(rows(tmp_path))
    with pytest.raises(AuditError, match="holds no audit"):
        list(rows(tmp_path / "none"))


def written_otherwise(folder, change):
    """Have the second row that has a finding be as `change` leaves it; what the journal then holds."""
    lines = [json.loads(line) for line in (folder / FINDINGS).read_text(encoding="utf-8").splitlines()]
    number = [number for number, row in enumerate(lines, 1) if row["findings"]][1]
    lines[number - 1] = change(lines[number - 1])
    written = "".join(json.dumps(line) + "\n" for line in lines).encode()
    (folder / FINDINGS).write_bytes(written)
    return number, written


def without(*keys):
    def change(row):
        for key in keys:
            if key in row:
                del row[key]
            else:
                del row["findings"][0][key]
        return row

    return change


LAYOUTS = {
    "a field less": (without("hidden"), "hidden"),
    "no wording": (without("wording"), "findings.wording"),
    "a count for findings": (lambda row: {**row, "findings": 3}, "findings"),
    "findings as words": (lambda row: {**row, "findings": ["failed to"]}, "findings"),
    "no count of words": (lambda row: {**row, "measures": {}}, "measures.words"),
    "a list": (lambda _row: [1, 2], "all of it"),
}


@pytest.mark.parametrize(("change", "lacking"), LAYOUTS.values(), ids=LAYOUTS)
def test_rows_of_another_layout_are_named_and_kept(tmp_path, change, lacking):
    audit(tmp_path)
    number, written = written_otherwise(tmp_path, change)
    says = f"{FINDINGS}: line {number} is a row of another .*“{lacking}”.*--anew"
    with pytest.raises(AuditError, match=says):
        list(rows(tmp_path))
    with pytest.raises(AuditError, match=says):
        audit(tmp_path, resume=True)
    assert (tmp_path / FINDINGS).read_bytes() == written


def test_rows_from_before_they_said_where_findings_end_can_be_read_but_not_gone_on_with(tmp_path):
    audit(tmp_path)
    number, written = written_otherwise(tmp_path, without("end_line", "end_column"))
    assert len(list(rows(tmp_path))) == 12
    says = f"line {number} is a row of another .*“findings.end_line”"
    with pytest.raises(AuditError, match=says):
        list(rows(tmp_path, ends=True))
    with pytest.raises(AuditError, match=says):
        audit(tmp_path, resume=True)
    assert (tmp_path / FINDINGS).read_bytes() == written


@pytest.mark.parametrize("foreign", [b"id;findings\n1;2\n", b"[" * 100_000 + b"\n"], ids=["CSV", "deep"])
def test_what_is_no_json_is_named_and_kept(tmp_path, foreign):
    audit(tmp_path)
    (tmp_path / FINDINGS).write_bytes(foreign)
    with pytest.raises(AuditError, match="line 1 is not JSON"):
        audit(tmp_path, resume=True)
    assert (tmp_path / FINDINGS).read_bytes() == foreign


def test_what_a_loss_of_power_left_is_cut_off(tmp_path, undisturbed):
    whole = (undisturbed / FINDINGS).read_bytes()
    (tmp_path / RUN).write_bytes((undisturbed / RUN).read_bytes())
    (tmp_path / FINDINGS).write_bytes(whole[:1000] + b"\0" * 500 + whole[1500:])
    assert list(run(ASKED, many(), tmp_path, resume=True)) == list(rows(undisturbed))
    assert (tmp_path / FINDINGS).read_bytes() == whole


@pytest.mark.parametrize("left", [None, b"", b"[]", b'{"input"'], ids=["none", "empty", "a list", "half"])
def test_an_audit_that_does_not_say_what_was_asked_is_not_gone_on_with(tmp_path, left):
    audit(tmp_path)
    (tmp_path / RUN).unlink() if left is None else (tmp_path / RUN).write_bytes(left)
    with pytest.raises(AuditError, match=r"run\.json: is missing or damaged.*--anew"):
        audit(tmp_path, resume=True)
    assert len(list(rows(tmp_path))) == 12


@pytest.mark.parametrize("how", [{"resume": True}, {"anew": True}], ids=["resume", "anew"])
def test_a_second_audit_of_one_folder_is_refused_while_the_first_is_at_work(tmp_path, monkeypatch, how, undisturbed):
    monkeypatch.setattr(fsm_language.whole, "PATIENCE", 0.0)
    first = run(ASKED, many(), tmp_path)
    next(first)
    with pytest.raises(BlockingIOError, match="is being changed by another run") as told:
        audit(tmp_path, **how)
    assert told.value.filename == str(tmp_path / FINDINGS)
    assert len(list(first)) == 11
    assert (tmp_path / FINDINGS).read_bytes() == (undisturbed / FINDINGS).read_bytes()
    assert sorted(file.name for file in tmp_path.iterdir()) == [FINDINGS, RUN]


def ids(choice, notes):
    return [note.id for note in choice.take(notes)]


def test_notes_are_chosen_by_day():
    assert ids(Choice(since=dt.date(2026, 1, 10)), many()) == ["3", "8", "9", "10", "11"]


def test_notes_are_chosen_by_fields():
    notes = [
        Note("n", id=str(n), record={"team": team, "area": "1"}) for n, team in enumerate(["North", "south ", "East"])
    ]
    assert ids(Choice(where={"team": ("NORTH", "South")}), notes) == ["0", "1"]
    assert ids(Choice(where={"team": ("North",), "area": ("2",)}), notes) == []
    assert ids(Choice(where={"none": ("x",)}), notes) == []


@given(st.integers(1, 30), st.integers(), st.integers(0, 40))
def test_a_sample_is_of_its_size_in_order_and_the_same_every_time(size, seed, count):
    notes = [Note("n", id=str(number)) for number in range(count)]
    drawn = ids(Choice(sample=size, seed=seed), notes)
    assert drawn == ids(Choice(sample=size, seed=seed), notes)
    assert len(set(drawn)) == min(size, count)
    assert drawn == sorted(drawn, key=int)


def test_a_sample_is_fair():
    notes = [Note("n", id=str(number)) for number in range(20)]
    times = dict.fromkeys((note.id for note in notes), 0)
    for seed in range(2000):
        for drawn in ids(Choice(sample=5, seed=seed), notes):
            times[drawn] += 1
    assert all(400 < count < 600 for count in times.values())  # 500 are expected; 5 standard deviations are 97


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-01-31", "2026-01-31"),
        (" 2026-01-31T09:30:00Z", "2026-01-31"),
        ("31/01/2026", "2026-01-31"),
        ("1.2.2026 09:30", "2026-02-01"),
        ("31/02/2026", None),
        ("yesterday", None),
        ("", None),
        ("20260131", None),
    ],
)
def test_days_are_read_as_they_are_written_in_britain(written, day):
    assert date_of(written) == day


def test_rows_are_json_that_other_programs_read(undisturbed):
    lines = (undisturbed / FINDINGS).read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    assert all(isinstance(json.loads(line), dict) for line in lines)
