"""The report of an audit: figures from rows made by hand, groups that stay hidden, files that open in other programs.

Run with --regenerate to write the golden page anew, then read the difference.
"""

import csv
import itertools
import random
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from fsm_language.audit import FINDINGS, AuditError
from fsm_language.formats.jsonl import line
from fsm_language.report import PAGE, WORKBOOK, Brief, write
from fsm_language.report.charts import CHARTS, chart
from fsm_language.report.figures import FIELD, MONTH, TEAM, figures_of
from fsm_language.report.groups import NOT_SAID, OTHERS, folded, periods, tells
from fsm_language.report.rates import Ages, Estimate, Hits, Size, changed, mean, rate, share
from fsm_language.report.tables import tables

GOLDEN = Path(__file__).parent / "golden" / "audit.html"
RULES = {"blaming.failed-to": "blaming", "acronym.unexplained": "acronym", "jargon.placement": "jargon"}
WORDINGS = {"blaming.failed-to": "fail to …", "acronym.unexplained": "CIN", "jargon.placement": "placement"}


def found(rule, number=0):
    return {
        "rule": rule,
        "category": RULES[rule],
        "level": "warning",
        "start": number,
        "end": number + 4,
        "line": 1,
        "column": number + 1,
        "message": "Say what happened.",
        "suggestions": [
            {"label": "did not", "edits": [{"start": number, "end": number + 4, "text": "did not"}]},
            {"label": "What got in the way?", "edits": []},
        ],
        "fingerprint": f"{number:032}",
        "place": None,
        "wording": WORDINGS[rule],
        "end_line": 1,
        "end_column": number + 5,
    }


def row(number=0, *rules, words=100, team="North", date="2026-01-05", age=11.0, error=None, **groups):  # noqa: PLR0913  # what tests vary
    measures = {"words": float(words), **({} if age is None else {"reading_age": age})}
    return {
        "name": "notes.csv",
        "id": f"n{number}",
        "findings": [found(rule, at) for at, rule in enumerate(rules)],
        "measures": {} if error else measures,
        "error": error,
        "date": date,
        "team": team,
        "audience": None,
        "groups": groups,
        "notices": [],
        "hidden": [],
    }


def service():
    """A year of a small service: three teams, and one too small to show; things get better."""
    draw = random.Random(5)  # noqa: S311  # invented notes, no secret
    for number in range(140):
        team = "Duty" if number % 35 == 7 else draw.choice(["North", "South <b>", "Hill"])
        month = number % 6 + 1
        rules = [rule for rule in RULES if draw.random() < 0.5 - month / 20]
        age = 9 + number % 7
        yield row(number, *rules, words=90 + number % 50, team=team, date=f"2026-{month:02}-05", age=float(age))
    yield row(140, error="The file is empty. Was it saved?")
    yield row(141, words=0)


@pytest.fixture(scope="module")
def pack(linter):
    return linter.pack


@pytest.fixture
def folder(tmp_path):
    def make(rows, name="audit"):
        (tmp_path / name).mkdir()
        content = "".join(line(entry) + "\n" for entry in rows)
        (tmp_path / name / FINDINGS).write_text(content, encoding="utf-8")
        return tmp_path / name

    return make


def by_name(found_tables):
    return {table.name: table for table in found_tables}


# --- rates ---


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1), (81, 263, 0.2553, 0.3662)],
    ids=["none", "half", "all", "Newcombe's example"],  # Newcombe 1998, table I, method 3
)
def test_share_has_wilsons_interval(part, whole, low, high):
    found = share(part, whole)
    assert found.low == pytest.approx(low, abs=1e-4)
    assert found.high == pytest.approx(high, abs=1e-4)


def test_rate_is_findings_in_a_thousand_words():
    size, hits = Size(), Hits()
    for words, findings in ((200, 2), (300, 0), (500, 3)):
        size.add(words)
        hits.add(findings, words)
    assert rate(hits, size).value == 5
    assert hits.notes == 2


def test_nothing_found_is_no_proof_of_nothing():
    size = Size()
    size.add(1000)
    assert rate(Hits(), size) == (0, 0, pytest.approx(3.689, abs=1e-3))


def test_findings_that_come_together_make_a_rate_less_sure():
    spread, heaped, size = Hits(), Hits(), Size()
    for number in range(20):
        size.add(100)
        spread.add(1, 100)
        heaped.add(20 * (number == 0), 100)
    even, uneven = rate(spread, size), rate(heaped, size)
    assert even.value == uneven.value
    assert uneven.high > 2 * even.high


def test_intervals_hold_the_true_rate_about_as_often_as_they_say():
    draw = random.Random(11)  # noqa: S311  # likewise
    held = 0
    for _ in range(1000):
        size, hits = Size(), Hits()
        for _ in range(60):
            words = draw.randrange(50, 400)
            mean_of_note = draw.gammavariate(2, 0.005) * words  # 10 in 1,000 words, notes that differ
            findings = sum(draw.random() < mean_of_note / 50 for _ in range(50))
            size.add(words)
            hits.add(findings, words)
        found = rate(hits, size)
        held += found.low <= 10 <= found.high
    assert 910 <= held <= 980


def test_mean_age_needs_two_notes():
    ages = Ages()
    ages.add(10)
    assert mean(ages) is None
    ages.add(12)
    assert mean(ages) == (11, pytest.approx(9.04, abs=0.01), pytest.approx(12.96, abs=0.01))


def sample(findings, notes=50):
    size, hits = Size(), Hits()
    for number in range(notes):
        size.add(100)
        hits.add(findings * (number % 2), 100)
    return hits, size


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (sample(4), sample(2), "lower"),
        (sample(2), sample(4), "higher"),
        (sample(2), sample(2), "no clear change"),
        (sample(2, 4), sample(1, 4), "no clear change"),
        (sample(2), sample(0), "lower"),
        (sample(0), sample(2), "higher"),
        (sample(0), sample(0), "no clear change"),
    ],
    ids=["fewer", "more", "same", "too few notes", "none left", "none before", "never any"],
)
def test_a_change_is_told_only_when_it_is_clear(old, new, says):
    assert changed(old, new) == says


# --- groups ---

SIZES = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 40), min_size=1)


@given(SIZES, st.integers(1, 25))
def test_no_row_of_a_table_and_no_remainder_is_a_small_group(sizes, smallest):
    rows = Counter()
    for name, label in folded(sizes, smallest).items():
        rows[label] += sizes[name]
    if rows:
        assert rows.total() == sum(sizes.values())
        assert len(rows) > 1
        assert min(rows.values()) >= smallest
        assert not {name for name, notes in sizes.items() if notes < smallest} & set(rows)


@pytest.mark.parametrize(
    ("sizes", "labels"),
    [
        ({"A": 30, "B": 20}, {"A": "A", "B": "B"}),
        ({"A": 30, "B": 20, "C": 4}, {"A": "A", "B": OTHERS, "C": OTHERS}),
        ({"A": 30, "B": 6, "C": 4}, {"A": "A", "B": OTHERS, "C": OTHERS}),
        ({"A": 30, "C": 4}, {}),
        ({"A": 30}, {}),
    ],
    ids=["all large", "a lone small one takes the next", "two small ones", "nothing left to tell", "only one"],
)
def test_small_groups_are_folded(sizes, labels):
    assert folded(sizes, 10) == labels


@pytest.mark.parametrize(
    ("sizes", "labels"),
    [
        ({"2026-01": 10, "2026-02": 10}, ["January 2026", "February 2026"]),
        ({"2026-01": 4, "2026-02": 7, "2026-03": 30}, ["January to February 2026", "March 2026"]),
        ({"2025-12": 4, "2026-01": 7, "2026-03": 30}, ["December 2025 to January 2026", "March 2026"]),
        ({"2026-01": 30, "2026-02": 30, "2026-03": 3}, ["January 2026", "February to March 2026"]),
        ({"2026-01": 30, "2026-02": 30, NOT_SAID: 3}, ["January 2026", "February 2026 and no date"]),
        ({"2026-01": 30, NOT_SAID: 30}, ["January 2026", "no date"]),
        ({"2026-01": 30, "2026-02": 3}, []),
        ({"2026-01": 5}, []),
        ({NOT_SAID: 50}, []),
    ],
    ids=[
        "months",
        "few first",
        "over the year",
        "few last",
        "few undated",
        "undated",
        "one left",
        "too few",
        "no dates",
    ],
)
def test_months_with_few_notes_go_together(sizes, labels):
    found = periods(sizes, 10)
    assert list(dict.fromkeys(found.values())) == labels
    assert list(found) == sorted(found, key=lambda month: (month == NOT_SAID, month))


@given(st.dictionaries(st.sampled_from([f"2026-{n:02}" for n in range(1, 13)] + [NOT_SAID]), st.integers(1, 30)))
def test_no_period_is_small(sizes):
    rows = Counter()
    for month, label in periods(sizes, 10).items():
        rows[label] += sizes[month]
    assert not rows or (min(rows.values()) >= 10 and rows.total() == sum(sizes.values()))


CELLS = st.dictionaries(st.tuples(st.sampled_from("AB"), st.sampled_from("XYZ")), st.integers(1, 30), min_size=1)


@given(CELLS)
def test_what_two_tables_tell_by_subtraction_is_seen(cells):
    """Whatever rows of one table and rows of the other leave, when one is a part of the other, is never small."""
    firsts, seconds = ({pair[side] for pair in cells} for side in (0, 1))
    sizes = [Counter(), Counter()]
    for pair, notes in cells.items():
        for side in (0, 1):
            sizes[side][pair[side]] += notes
    if min(sizes[0].values()) < 10 or min(sizes[1].values()) < 10:
        return
    left = set()
    for some, others in itertools.product(subsets(firsts), subsets(seconds)):
        one = {pair for pair in cells if pair[0] in some}
        other = {pair for pair in cells if pair[1] in others}
        if one <= other or other <= one:
            left.add(sum(cells[pair] for pair in one ^ other))
    if any(0 < notes < 10 for notes in left):
        assert tells(cells, {name: name for name in firsts}, {name: name for name in seconds}, 10)


def subsets(names):
    return itertools.chain.from_iterable(itertools.combinations(sorted(names), size) for size in range(len(names) + 1))


@pytest.mark.parametrize(
    ("cells", "leaks"),
    [
        ({("North", "East"): 20, ("South", "East"): 20, ("Hill", "West"): 30}, False),
        ({("North", "East"): 20, (OTHERS, "East"): 4, (OTHERS, "West"): 30}, True),
        ({("North", "East"): 20, ("North", "West"): 20, ("South", "West"): 20}, False),
    ],
    ids=["nested, all large", "an area is a team and four notes", "areas cut across teams"],
)
def test_tables_that_tell_of_a_small_group_together_are_known(cells, leaks):
    assert tells(cells, {a: a for a, _ in cells}, {b: b for _, b in cells}, 10) is leaks


def test_a_table_that_would_give_a_small_team_away_is_not_shown(pack):
    rows = [row(n, team="North", area="East") for n in range(20)]
    rows += [row(n, team="Duty", area="East") for n in range(4)]
    rows += [row(n, team="Night", area="West") for n in range(9)]
    rows += [row(n, team="South", area="West") for n in range(20)]
    figures = figures_of(rows, pack)
    labels = figures.labels()
    assert set(labels[TEAM].values()) == {"North", "South", OTHERS}
    assert labels[FIELD + "area"] == {}


SOME_ROWS = st.lists(
    st.builds(
        row,
        st.integers(0, 10**6),
        team=st.sampled_from(["North", "South", "Secret"]),
        date=st.sampled_from(["2026-01-05", "2026-02-05", None]),
        area=st.sampled_from(["East", "West"]),
    ),
    min_size=1,
    max_size=60,
)


@given(SOME_ROWS)
def test_the_name_of_a_small_team_is_nowhere_in_a_report(pack, rows):
    figures = figures_of(rows, pack)
    small = {team for team, times in Counter(entry["team"] for entry in rows).items() if times < 10}
    shown = {str(cell) for table in tables(figures) for entry in table.rows for cell in entry}
    assert not small & shown
    for table in tables(figures):
        if table.name == "months" or table.name.startswith("by-"):
            assert all(entry[1] >= 10 for entry in table.rows)


@pytest.mark.parametrize("name", ["worker", "Social Worker", "recorded-by", "author"])
def test_single_workers_are_shown_only_when_asked_for_by_name(pack, name):
    rows = [row(n, **{name: f"W{n % 2}"}) for n in range(40)]
    unasked, asked = figures_of(rows, pack), figures_of(rows, pack, Brief(by_worker=name))
    assert unasked.withheld == {name}
    assert "W1" not in str(tables(unasked))
    assert "W1" in str(tables(asked))


# --- figures ---


def test_tables_say_what_rows_hold(pack):
    rows = [row(n, *["blaming.failed-to"] * 2, *["acronym.unexplained"] * (n % 2), words=100) for n in range(20)]
    found = by_name(tables(figures_of(rows, pack)))
    categories = {entry[0]: entry[1:] for entry in found["categories"].rows}
    assert categories["blaming"][0].value == 20
    assert categories["acronym"][0].value == 5
    assert categories["acronym"][1].value == 0.5
    assert categories["jargon"][0].value == 0
    assert [entry[0] for entry in found["rules"].rows] == ["blaming.failed-to", "acronym.unexplained"]
    assert [(entry[0], entry[1].value) for entry in found["principles"].rows] == [("collaborative", 25)]
    assert found["reading-ages"].rows == [("11", 20, (1.0, pytest.approx(0.84, abs=0.01), 1.0))]
    assert "months" not in found


def test_wordings_come_with_better_ones(pack):
    rows = [row(n, "blaming.failed-to", "acronym.unexplained") for n in range(3)]
    wordings = {entry[0]: entry for entry in by_name(tables(figures_of(rows, pack)))["wordings"].rows}
    assert "not" in wordings["fail to …"][3]
    assert wordings["CIN"][3].startswith("Child in Need")


def test_a_rule_that_is_no_more_is_still_counted(pack):
    entry = row(1, "jargon.placement")
    entry["findings"][0]["rule"] = "local.gone"
    found = by_name(tables(figures_of([entry], pack)))
    assert found["rules"].rows[0][:2] == ("local.gone", "")


def test_notes_without_words_or_with_an_error_change_no_figure(pack):
    plain = [row(n, "blaming.failed-to") for n in range(12)]
    broken = [*plain, row(98, error="Gone."), row(99, words=0)]
    figures = figures_of(broken, pack)
    assert tables(figures) == tables(figures_of(plain, pack))
    assert (figures.failed, figures.empty) == (1, 1)


def test_reading_age_of_a_group_is_not_that_of_a_few_notes(pack):
    rows = [row(n, team="North") for n in range(20)]
    rows += [row(n, team="South", age=11.0 if n < 3 else None) for n in range(20)]
    ages = {entry[0]: entry[4] for entry in by_name(tables(figures_of(rows, pack)))["by-team"].rows}
    assert ages["South"] is None
    assert ages["North"].value == 11


def test_records_worth_reading_are_spread_over_teams_and_kinds(pack):
    rows = [row(n, *["blaming.failed-to"] * 9, team="North") for n in range(30)]
    rows += [row(100 + n, *["jargon.placement"] * 8, team="South") for n in range(30)]
    rows += [row(200 + n, team=team, age=9.0) for n in range(30) for team in ("North", "South")]
    rows += [row(300, *["blaming.failed-to"] * 9, words=40)]
    found = by_name(tables(figures_of(rows, pack)))
    most = Counter(entry[2] for entry in found["worth-reading"].rows)
    assert most.total() == 15
    assert abs(most["North"] - most["South"]) == 1
    assert "n300" not in {entry[1] for entry in found["worth-reading"].rows}
    assert Counter(entry[2] for entry in found["doing-well"].rows) == {"North": 3, "South": 2}
    assert {entry[4] for entry in found["doing-well"].rows} == {0}


def test_records_keep_nothing_of_teams_too_small_to_show(pack):
    rows = [row(n, team="North") for n in range(40)] + [row(99, *["blaming.failed-to"] * 5, team="Duty")]
    (first,) = by_name(tables(figures_of(rows, pack)))["worth-reading"].rows
    assert first[1:3] == ("n99", "")


# --- files ---


class Page(HTMLParser):
    """The names and the links of a page, its tags, and whether they close in turn."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.open = set(), [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.tags.add(tag)
        self.ids += [known["id"]] if "id" in known else []
        self.links += [value for name, value in attrs if name in ("href", "xlink:href", "src")]
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_page_is_its_golden_file(folder, pack, request):
    made = folder(service())
    write(made, pack, compare=folder(itertools.islice(service(), 60), "old"))
    page = without_drawings((made / PAGE).read_text(encoding="utf-8"))
    if request.config.getoption("--regenerate"):
        GOLDEN.write_text(page, encoding="utf-8", newline="\n")
    assert page == GOLDEN.read_text(encoding="utf-8")


def without_drawings(page):
    """Return the page without what the charting library draws, which its next version may draw otherwise."""
    return re.sub(r"(</desc>).*?(</svg>)", r"\1\2", page, flags=re.DOTALL)


def test_page_fetches_and_runs_nothing_and_its_parts_have_names_of_their_own(folder, pack):
    made = folder(service())
    write(made, pack, compare=folder(service(), "old"))
    text = (made / PAGE).read_text(encoding="utf-8")
    page = Page(text)
    assert not page.open
    assert not {"script", "link", "img", "iframe", "object", "b"} & page.tags
    assert all(link.startswith("#") for link in page.links)
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} - {"report"} <= set(page.ids)
    assert text.count('role="img"') == 12  # each chart for a wide screen and for a narrow one
    assert "South &lt;b&gt;" in text
    assert "Duty" not in text


def test_the_same_rows_give_the_same_bytes(folder, pack):
    one, two = folder(service(), "one"), folder(service(), "two")
    for made in (one, two):
        write(made, pack)
    for name in (PAGE, "findings.csv", "findings.parquet", "tables/by-team.csv"):
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_a_report_can_be_made_of_nothing(folder, pack):
    made = folder([])
    write(made, pack)
    assert "No note was checked." in (made / PAGE).read_text(encoding="utf-8")
    assert openpyxl.load_workbook(made / WORKBOOK).sheetnames
    assert parquet.read_table(made / "findings.parquet").num_rows == 0


def test_rules_that_differ_from_last_time_are_told(folder, pack):
    new, old = folder(service()), folder(service(), "old")
    (new / "run.json").write_text('{"rules": "1", "settings": {}}')
    (old / "run.json").write_text('{"rules": "2", "settings": {}}')
    write(new, pack, compare=old)
    assert "other rules" in (new / PAGE).read_text(encoding="utf-8")


def test_an_audit_from_before_rows_said_where_findings_end_can_still_be_compared_with(folder, pack):
    rows = list(service())
    for finding in (finding for row in rows for finding in row["findings"]):
        del finding["end_line"], finding["end_column"]
    new = folder(service())
    write(new, pack, compare=folder(rows, "old"))
    assert "That is no clear change." in (new / PAGE).read_text(encoding="utf-8")


def test_an_audit_of_another_layout_is_named_and_not_compared_with(folder, pack):
    rows = [{**row, "findings": [{"rule": "blaming.failed-to"}]} for row in service()]
    with pytest.raises(AuditError, match=r"findings\.jsonl: line 1 is a row of another .*“findings.category”"):
        write(folder(service()), pack, compare=folder(rows, "old"))


def test_a_field_that_was_not_kept_is_asked_for_in_vain(folder, pack):
    with pytest.raises(AuditError, match="--by-worker nurse"):
        write(folder(service()), pack, Brief(by_worker="nurse"))
    with pytest.raises(AuditError, match="holds no audit"):
        write(folder(service(), "new"), pack, compare=Path("nowhere"))


FORMULA = "=HYPERLINK(A1)"


def test_workbook_has_filters_a_heading_that_stays_and_no_formula(folder, pack):
    made = folder([row(n, "blaming.failed-to", team=FORMULA if n % 2 else "North\x0b") for n in range(40)])
    write(made, pack)
    book = openpyxl.load_workbook(made / WORKBOOK)
    sheet = book["by-team"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet["A2"].value == FORMULA
    assert {cell.data_type for sheet in book for cells in sheet.iter_rows() for cell in cells} <= {"s", "n"}
    assert sheet["D2"].value == 10


def test_tables_are_csv_that_no_spreadsheet_runs(folder, pack):
    made = folder([row(n, "blaming.failed-to", team=FORMULA if n % 2 else "North") for n in range(40)])
    write(made, pack)
    with (made / "tables" / "by-team.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [entry["team"] for entry in rows] == [f"'{FORMULA}", "North"]
    assert [float(rows[0][f"in 1,000 words{end}"]) for end in ("", ", from", ", to")] == [10, 6.4515, 15.5002]


def test_tables_of_an_earlier_report_do_not_stay(folder, pack):
    made = folder(service())
    write(made, pack, Brief(smallest=2))
    assert (made / "tables" / "by-team.csv").read_text(encoding="utf-8-sig").count("Duty") == 1
    write(made, pack, Brief(smallest=100))
    assert not (made / "tables" / "by-team.csv").exists()


def test_findings_are_rows_of_csv_and_parquet(folder, pack):
    made = folder([row(1, "blaming.failed-to", "acronym.unexplained", area="East"), row(2, error="Gone.", area=None)])
    write(made, pack)
    table = parquet.read_table(made / "findings.parquet").to_pylist()
    assert [entry["rule"] for entry in table] == ["blaming.failed-to", "acronym.unexplained", None]
    assert table[0]["try"] == "did not"
    assert table[0]["ask"] == "What got in the way?"
    assert (table[1]["start"], table[0]["group area"], table[2]["error"]) == (1, "East", "Gone.")
    with (made / "findings.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [entry["fingerprint"] for entry in lines] == [entry["fingerprint"] or "" for entry in table]


@pytest.mark.parametrize("kind", list(CHARTS))
def test_every_chart_is_light_says_what_it_is_and_shows_every_row(pack, kind):
    figures = figures_of(service(), pack)
    before = SimpleNamespace(figures=figures)
    table = next(table for table in tables(figures, before) if table.chart == kind)
    drawn = chart(table, Estimate(5, 4, 6), "Words for those who do not see it & more.")
    assert len(drawn) < 40_000
    for size in ("large", "small"):
        assert f'<title id="chart-{table.name}-{size}">{table.title}</title>' in drawn
    assert "do not see it &amp; more." in drawn
    assert "<style" not in drawn
    if kind in ("bars", "points", "change"):
        assert all(str(entry[0]).replace("<", "&lt;").replace(">", "&gt;") in drawn for entry in table.rows)


def test_months_are_in_the_order_of_time(pack):
    months = by_name(tables(figures_of(service(), pack)))["months"].rows
    assert [entry[0].split()[0] for entry in months] == ["January", "February", "March", "April", "May", "June"]
    assert figures_of(service(), pack).labels()[MONTH]["2026-03"] == "March 2026"


def test_charts_take_their_colours_from_the_page_so_that_a_dark_one_has_its_own(folder, pack):
    made = folder(service())
    write(made, pack)
    page = (made / PAGE).read_text(encoding="utf-8")
    colours = set(re.findall(r"(?:fill|stroke): (#\w+)", page[page.index("<svg") :]))
    assert colours <= {"#1f77b4"}  # of markers' outlines that other colours lie over
    light, dark = page.split("prefers-color-scheme: dark", 1)
    for name in set(re.findall(r"var\((--\w+), #", page)):
        assert f"{name}:" in light
        assert f"{name}:" in dark.split("}", 1)[0]
