"""Ignores and baselines: silent where they should be, no longer than needed, and without a word of any note."""

import json
from dataclasses import replace

import pytest

from fsm_language.document import Document
from fsm_language.finding import Finding, Report
from fsm_language.rule import Rule
from fsm_language.settings import SettingsError
from fsm_language.suppress import Silence, Store, load, new, save, update

RULE = Rule("blaming.failed-to", "blaming", "warning", "m", "w", (), "collaborative")
TEXT = "Amber was glad. Mum failed to attend on Monday at ten."


def report(text=TEXT, name="visit.txt", words="failed to attend", rule=RULE):
    starts = [at for at in range(len(text)) if text.startswith(words, at)]
    return Report(Document(text, name), tuple(Finding(rule, s, s + len(words), words, "m") for s in starts))


def baseline(*reports):
    return update(new(), reports, allow_growth=True).store


def test_a_baseline_silences_what_it_holds():
    silent = Silence(baseline(report())).apply(report())
    assert silent.findings == ()
    assert len(silent.hidden) == 1


def test_edits_elsewhere_do_not_break_the_silence():
    moved = report("A long new beginning.\n\n" + TEXT + " She rang later.")
    assert Silence(baseline(report())).apply(moved).hidden


@pytest.mark.parametrize(
    "other",
    [
        report(TEXT.replace("on Monday", "last Friday")),
        report(rule=replace(RULE, id="jargon.x")),
        report(TEXT.replace("failed to attend", "failed to ring"), words="failed to ring"),
    ],
    ids=["other neighbours", "other rule", "other words"],
)
def test_other_findings_are_still_shown(other):
    assert len(Silence(baseline(report())).apply(other).findings) == 1


def test_a_second_one_like_it_is_still_shown():
    twice = report(TEXT + "\n" + TEXT)
    kept = Silence(baseline(report(TEXT + "\n" + TEXT.replace("Monday", "Tuesday")))).apply(twice)
    assert (len(kept.findings), len(kept.hidden)) == (1, 1)


def test_an_ignore_holds_for_any_number():
    store = new()
    entry = store.entry(report().findings[0], report())
    silence = Silence(replace(store, entries=(entry,)))
    assert len(silence.apply(report()).hidden + silence.apply(report(name="b.txt")).hidden) == 2


def test_what_is_no_longer_needed_is_told_for_notes_that_were_checked():
    store = baseline(report(), report(name="other.txt"))
    silence = Silence(store)
    silence.apply(report("All is well."))
    assert [entry.rule for entry in silence.unused()] == [RULE.id]
    used = Silence(store)
    used.apply(report())
    assert used.unused() == ()


def test_a_note_that_cannot_be_read_makes_no_entry_unused():
    silence = Silence(baseline(report()))
    silence.apply(Report(Document("", "visit.txt"), error="gone"))
    assert silence.unused() == ()


def test_update_only_shrinks():
    store = baseline(report(), report(name="other.txt"))
    grown = report(TEXT + " Dad failed to attend too.")
    done = update(store, [grown, report("Mended.", name="other.txt")])
    assert (done.kept, done.mended, done.added, done.left_out) == (1, 1, 0, 1)
    assert len(done.store.entries) == 1


def test_update_grows_when_told_to():
    done = update(baseline(report()), [report(TEXT + " Dad failed to attend too.")], allow_growth=True)
    assert (done.kept, done.added, done.left_out) == (1, 1, 0)


def test_update_keeps_entries_of_notes_that_were_not_checked():
    done = update(baseline(report(), report(name="other.txt")), [report("Mended.")])
    assert (done.mended, done.elsewhere) == (1, 1)
    assert len(done.store.entries) == 1


def test_a_file_comes_back_as_it_was(tmp_path):
    store = baseline(report())
    file = tmp_path / "b.json"
    save(store, file)
    back = load(file)
    assert (back.key, back.entries) == (store.key, store.entries)
    save(back, tmp_path / "c.json")
    assert (tmp_path / "c.json").read_bytes() == file.read_bytes()


def test_a_file_holds_no_word_of_a_note_nor_its_name(tmp_path):
    file = tmp_path / "b.json"
    save(baseline(report(name="amber-lane.txt")), file)
    written = file.read_text().casefold()
    assert not any(word in written for word in ("amber", "glad", "mum", "attend", "monday"))


def test_keys_differ_so_that_short_phrases_cannot_be_guessed():
    one, two = baseline(report()), baseline(report())
    assert one.entries[0].fingerprint != two.entries[0].fingerprint


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", ":1: not JSON"),
        ("[]", "is no file of ignores"),
        ("[" * 100_000, "is no file of ignores"),
        ('{"version": 9, "key": "00", "entries": []}', "another version"),
        ('{"version": 1, "key": "zz", "entries": []}', "is no file of ignores"),
        ('{"version": 1, "key": "00", "entries": [{"rule": "a"}]}', "is no file of ignores"),
    ],
    ids=["cut off", "a list", "lists within lists", "version", "key", "entry"],
)
def test_a_wrong_file_says_so(tmp_path, content, says):
    file = tmp_path / "b.json"
    file.write_text(content)
    with pytest.raises(SettingsError) as raised:
        load(file)
    assert says in str(raised.value)


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path / "none.json")


def test_entries_are_one_a_line_so_that_differences_are_small(tmp_path):
    file = tmp_path / "b.json"
    save(baseline(report(), report(name="other.txt")), file)
    assert len(file.read_text().splitlines()) == 4
    assert len(json.loads(file.read_text())["entries"]) == 2


def test_an_empty_store_can_be_kept(tmp_path):
    save(Store(b"k"), tmp_path / "b.json")
    assert load(tmp_path / "b.json").entries == ()
