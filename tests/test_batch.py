"""Many notes give the same reports, in the same order, however many processes check them."""

import io
import json
from dataclasses import replace

import pytest

from fsm_language.batch import CHUNK, check, notes
from fsm_language.bench import LONGEST, TOO_LONG, Bench
from fsm_language.configuration import Configuration, Override
from fsm_language.readers import Fields, Note, failed
from fsm_language.rule import RuleError
from fsm_language.settings import Settings, SettingsError

PLAIN = Configuration(Settings(contextual=False))
FOUND = "Mum failed to attend the review."


def read(*paths, stdin=b"", name="<stdin>"):
    return list(notes([str(path) for path in paths], Fields(), io.BytesIO(stdin), name))


def plain(reports):
    return [(r.document.text, r.document.name, r.id, r.findings, dict(r.measures), r.error, r.notices) for r in reports]


def test_standard_input_is_read_as_its_name_says():
    (note,) = read("-", stdin=FOUND.encode())
    assert (note.name, note.text) == ("<stdin>", FOUND)
    (record,) = read("-", stdin=json.dumps({"id": "w1", "text": FOUND}).encode(), name="x.jsonl")
    assert (record.id, record.text) == ("w1", FOUND)


def test_empty_standard_input_is_an_error():
    (note,) = read("-")
    assert "Nothing came in" in note.error


def test_a_note_that_cannot_be_read_does_not_stop_the_others(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"x\0")
    (tmp_path / "b.txt").write_text(FOUND)
    missing, a, b = check(read(tmp_path / "none.txt", tmp_path), PLAIN)
    assert missing.error
    assert a.error
    assert [finding.rule.id for finding in b.findings] == ["blaming.failed-to"]


def test_processes_change_nothing():
    many = [Note("n.jsonl", f"{FOUND} {number} 👩‍👧\r\n" * 90, str(number)) for number in range(5 * CHUNK // 3500)]
    many[7] = Note("n.jsonl", id="7", error="line 7 is bad")
    alone = list(check(many, replace(PLAIN, jobs=1)))
    together = list(check(many, replace(PLAIN, jobs=2)))
    assert plain(alone) == plain(together)
    assert alone[7].error == "line 7 is bad"
    assert sum(len(report.findings) for report in alone) > len(many)


def test_a_note_gives_the_same_alone_and_among_many():
    many = [Note("n", FOUND), Note("n", "Gran made tea."), Note("n", FOUND)]
    (alone,) = check(many[:1], PLAIN)
    assert [report.findings for report in check(many, PLAIN)] == [alone.findings, (), alone.findings]


def test_reports_come_as_notes_come():
    taken = []

    def coming():
        for number in range(1000):
            taken.append(number)
            yield Note("n", "x " * CHUNK, str(number))

    reports = check(coming(), replace(PLAIN, jobs=1))
    next(reports)
    assert len(taken) == 1


def test_levels_below_the_one_asked_for_are_left_out():
    configuration = replace(PLAIN, settings=replace(PLAIN.settings, level="error"))
    (report,) = check([Note("n", FOUND)], configuration)
    assert report.findings == ()


def test_all_shows_what_another_finding_covers():
    text = "Mum refused to engage and failed to engage with the CP plan."
    bench, everything = Bench(PLAIN), Bench(PLAIN, all_findings=True)
    shown, every = bench.check(Note("n", text)), everything.check(Note("n", text))
    assert shown.covered
    together = sorted((*shown.findings, *shown.covered), key=lambda f: (f.start, f.end, f.rule.id))
    assert list(every.findings) == together


def test_overrides_hold_for_their_notes():
    configuration = replace(PLAIN, overrides=(Override(("letters/*",), {"ignore": ("blaming.failed-to",)}),))
    here, there = check([Note("letters/a.txt", FOUND), Note("b.txt", FOUND)], configuration)
    assert [finding.rule.id for finding in here.findings] == []
    assert [finding.rule.id for finding in there.findings] == ["blaming.failed-to"]


def test_a_note_longer_than_any_is_an_error_and_the_next_is_checked():
    long, short = check([Note("long", "a" * (LONGEST + 1), "7"), Note("short", FOUND)], PLAIN)
    assert (long.error, long.id, long.findings) == (TOO_LONG, "7", ())
    assert short.findings


def test_a_failure_names_no_words_of_the_note(monkeypatch):
    bench = Bench(PLAIN)
    linter = bench.linter("n")
    check_all = linter.check_all

    def break_on(texts):
        if any("secret" in each.text for each in texts):
            raise ValueError(texts)
        return check_all(texts)

    monkeypatch.setattr(linter, "check_all", break_on)
    before, broken, after = bench.check_all([Note("n", FOUND, "6"), Note("n", "secret words", "7"), Note("n", FOUND)])
    assert "secret" not in broken.error
    assert (broken.document.text, broken.id) == ("", "7")
    assert before.error is after.error is None
    assert before.findings == after.findings != ()


def test_notes_that_are_checked_together_keep_their_order_whatever_becomes_of_them():
    configuration = replace(PLAIN, overrides=(Override(("letters/*",), {"ignore": ("blaming.failed-to",)}),))
    notes = [
        Note("a", FOUND),
        failed("b", "It holds no text."),
        Note("letters/c", FOUND),
        Note("d", "Tea."),
        Note("e", FOUND),
    ]
    reports = Bench(configuration).check_all(notes)
    assert [(report.document.name, len(report.findings)) for report in reports] == [
        ("a", 1), ("b", 0), ("letters/c", 0), ("d", 0), ("e", 1)
    ]  # fmt: skip
    assert reports[1].error == "It holds no text."


def test_wrong_names_and_packs_stop_a_run_before_it_begins(tmp_path):
    wrong = replace(PLAIN, settings=replace(PLAIN.settings, ignore=("blaming.faild-to",)))
    with pytest.raises(SettingsError, match="did you mean"):
        next(check([Note("n", FOUND)], wrong))
    missing = replace(PLAIN, settings=replace(PLAIN.settings, packs=(tmp_path / "none",)))
    with pytest.raises(RuleError):
        next(check([Note("n", FOUND)], missing))
