"""The acronym check: what it finds in a note, what it lets be, and what it says and offers."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsm_language import Finding, Linter, Settings
from fsm_language.finding import apply
from fsm_language.glossary import Acronym, Glossary, spelling

Find = Callable[[str], list[Finding]]
ACRONYMS = Settings(select=("acronym",), contextual=False)


@pytest.fixture(scope="module")
def acronyms() -> Linter:
    return Linter(ACRONYMS)


@pytest.fixture(scope="module")
def find(acronyms: Linter) -> Find:
    return lambda note: list(acronyms.check(note).findings)


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        pytest.param("SW completed HV to see YP.", ["SW", "HV", "YP"], id="three in a row"),
        pytest.param("The health visitor (HV) came. HV weighed Tia.", [], id="explained first"),
        pytest.param("HV weighed Tia. The health visitor (HV) left at 2pm.", ["HV"], id="explained late"),
        pytest.param("He came at 5.30 p.m. and rang at 9 P.M. that day.", [], id="hours of the afternoon"),
        pytest.param("Mum took Tia to the GP and A&E.", [], id="common knowledge"),
        pytest.param("CP plan (neglect) agreed at ICPC.", ["CP", "ICPC"], id="a category in brackets"),
        pytest.param("JB told me he hates PE.", [], id="initials"),
        pytest.param('He shouted "I am NOT going".', [], id="shouted in quotation marks"),
        pytest.param("ACTIONS: SW TO CALL DSL BY FRI", ["SW", "DSL"], id="a line in capitals"),
        pytest.param("DNA'd twice so case NFA'd.", ["DNA'd", "NFA'd"], id="verbs"),
        pytest.param("The PAs at the LAs met the IRO's manager.", ["PAs", "LAs", "IRO's"], id="plurals, possessive"),
        pytest.param("s.47 enquiries ended; stepped down to CiN.", ["CiN"], id="mixed case; sections are jargon"),
        pytest.param("He stepped down from the bus in SE1.", [], id="half a postcode"),
        pytest.param("10mg BD, review 2/52.", ["BD", "2/52"], id="doses and weeks"),
        pytest.param("A child in need (CIN) is a child who needs extra help.", [], id="explained in full"),
        pytest.param("MGM (Susan) had contact at the contact centre.", ["MGM"], id="a name in brackets"),
        pytest.param("I made contact with the school.", [], id="no capitals"),
        pytest.param("Care Order granted. Part IV proceedings end.", [], id="a Roman numeral"),
    ],
)
def test_made_up_sentences(find: Find, note: str, expected: list[str]) -> None:
    assert [finding.text for finding in find(note)] == expected


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("EHCPs are late.", ["EHCPs"]),
        ("The SW’s visit went well.", ["SW’s"]),
        ("N.F.A. was agreed.", ["N.F.A."]),
        ("On a C.P. plan since May.", ["C.P."]),
        ("Worried about CSA/CSE.", ["CSA", "CSE"]),
        ("H/V done on Monday.", ["H/V"]),
        ("Mum/SW/HV all came.", ["SW", "HV"]),
        ("SW,HV and IDVA came.", ["SW", "HV", "IDVA"]),
        ("An ex-LAC young man.", ["LAC"]),
        ("SENCO-led group on Friday.", ["SENCO"]),
        ("RAG-rated amber.", ["RAG"]),
        ("On the CP-IS list.", ["CP-IS"]),
        ("PHQ-9 was 14.", ["PHQ-9"]),
        ("GAD7 was 9.", ["GAD7"]),
        ("lac review is on Monday.", ["lac"]),
        ("camhs rang, and the senco's plan is in.", ["camhs", "senco's"]),
        ("Rang s/w and left a message.", ["s/w"]),
        ("Spoke to Cafcass today.", ["Cafcass"]),
        ("Marac is on Friday.", ["Marac"]),
        ("The DfE letter is out.", ["DfE"]),
        ("Head of year (not the HoS) rang.", ["HoS"]),
        ("LAC review then LAC nurse, then LAC team.", ["LAC"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_acronym_is_found_in_the_shapes_people_type(find: Find, note: str, expected: list[str]) -> None:
    assert [finding.text for finding in find(note)] == expected


@pytest.mark.parametrize(
    "note",
    [
        "AJ (Andrea Jones) came with her dad.",
        "CB (girl, 3) had her tea.",
        "DN, 16. Seen at home.",
        "TS got up at ten and made toast.",
        "• TC won at cards\n• PA had a bath\n• MJ chose the film",
        "See you Monday.\nTJ",
        "Her coat peg says A.D. and she is proud of it: she reads A.D. aloud.",
        "Dr L.A.C. Mbeki saw her.",
        "CHILD'S VIEWS\nTia likes art.",
        "HOME CONDITIONS: warm and tidy.",
        "Do NOT ring after six. It is SO important.",
        "STOP IT, he said, and they did.",
        "SAUSAGE AND MASH was up on the board.",
        "Moved to 4 Mill Row, LA1 4CN.",
        "Housing ref CP/20417.",
        "Crime no. 12345, tag H801200001001.",
        "Type II diabetes. Henry VIII. World War II.",
        "MON football, WEDS swimming, back on 14 MAR.",
        "PC 4417 HUSSAIN spoke to Carly HAYES.",
        "New trainers from JD, lunch at KFC, a chat about FIFA.",
        "He plays for Marsh Lane FC.",
        "Her aunt does PR for a band in the US and works in IT.",
        "The court asked for a DNA test.",
        "PS Thanks for the cake.",
        "[REDACTED] and XXXX.",
        "MS Teams call at two.",
        "She said, “My SW never rings and CAMHS said no.”",
        "The mash was hot, the salt ran out, and we had to dash.",
        "McDonald and McDs again. JoJo came too.",
        "",
    ],
)
def test_capitals_that_are_no_acronyms_are_let_be(find: Find, note: str) -> None:
    assert [finding.text for finding in find(note)] == []


def test_words_in_a_message_from_the_family_are_theirs(find: Find) -> None:
    assert find("09:40 from Shanice: my SW is late again\n") == []


def test_every_acronym_is_found_once_with_its_later_uses(find: Find) -> None:
    note = "IRO rang. The IRO agreed. IRO's letter came."
    (found,) = find(note)
    assert (found.start, found.end) == (0, 3)
    assert [note[start:end] for start, end in found.related] == ["IRO", "IRO's"]


def test_an_unambiguous_one_offers_the_long_form_and_says_it_plainly(find: Find) -> None:
    (found,) = find("The IRO rang twice. The IRO will write.")
    assert found.rule.id == "acronym.unexplained"
    assert [suggestion.label for suggestion in found.suggestions] == ["Independent Reviewing Officer (IRO)"]
    assert "the person who checks" in found.message


def test_one_that_is_used_once_may_be_left_out_altogether(find: Find) -> None:
    (found,) = find("The IRO rang.")
    assert [suggestion.label for suggestion in found.suggestions][1] == "Independent Reviewing Officer"


def test_an_ambiguous_one_asks_and_offers_each_meaning(find: Find) -> None:
    (found,) = find("On a CP plan.")
    assert found.rule.id == "acronym.ambiguous"
    assert "can mean Child Protection, Care Plan, Cerebral Palsy or Care Proceedings" in found.message
    assert len(found.suggestions) == 4


def test_an_unknown_one_asks_and_changes_nothing(find: Find) -> None:
    (found,) = find("Referred to BRKP on Monday.")
    assert found.rule.id == "acronym.unknown"
    assert all(suggestion.is_question for suggestion in found.suggestions)


def test_one_explained_late_says_so_gently(find: Find) -> None:
    (found,) = find("Next CIN meeting is Monday. Told dad that CIN stands for Child in Need.")
    assert (found.rule.id, found.level) == ("acronym.explained-late", "suggestion")


def test_where_a_rule_has_more_to_say_of_dna_the_acronym_gives_way() -> None:
    (found,) = Linter(Settings(contextual=False, tone=False)).check("Kian DNA'd the dentist.").findings
    assert found.rule.id == "blaming.child-dna"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("An ICPC is booked.", "An Initial Child Protection Conference (ICPC) is booked."),
        ("She needs an SGO.", "She needs a Special Guardianship Order (SGO)."),
        ("An SGO was made.", "A Special Guardianship Order (SGO) was made."),
        ("The IRO's view.", "The Independent Reviewing Officer's (IRO's) view."),
        ("Two CINs here.", "Two Children in Need (CINs) here."),
        ("Review in 6/52.", "Review in 6 weeks."),
        ("Three YPs came.", "Three Young People (YPs) came."),
    ],
)
def test_the_long_form_fits_its_sentence(find: Find, note: str, expected: str) -> None:
    (found,) = find(note)
    assert apply(note, found.suggestions[0].edits) == expected


@pytest.mark.parametrize(
    "acronym", ["CIN", "ICPC", "IRO", "SGO", "CAMHS", "MARAC", "HV", "CP", "SW", "EHCP", "DSL", "TM"]
)
def test_once_the_suggestion_is_taken_nothing_is_left_to_say(acronyms: Linter, acronym: str) -> None:
    for note in (f"The {acronym} rang.", f"Her {acronym}'s note. Her {acronym}s. The {acronym} again."):
        (found,) = acronyms.check(note).findings
        for suggestion in found.suggestions:
            better = apply(note, suggestion.edits)
            left = [finding.text for finding in acronyms.check(better).findings]
            assert left == ([] if "(" in suggestion.label or not found.related else [acronym]), better


def test_acronyms_that_the_team_knows_are_let_be() -> None:
    linter = Linter(Settings(select=("acronym",), known_acronyms=("cin", "HV"), contextual=False))
    assert [finding.text for finding in linter.check("CIN and HV and TAF.").findings] == ["TAF"]


def test_strict_teams_have_even_the_common_ones_explained() -> None:
    linter = Linter(Settings(select=("acronym",), strict_acronyms=True, contextual=False))
    assert [finding.text for finding in linter.check("Mum took Tia to the GP and A&E.").findings] == ["GP", "A&E"]


@given(st.text(alphabet="CIN SW.HV/'’s(\n)\r\u2028\x0b😀é-d", max_size=60))
def test_spans_are_the_words_that_were_found(note: str) -> None:
    for finding in LINTER.check(note).findings:
        assert note[finding.start : finding.end] == finding.text
        assert all(0 <= start < end <= len(note) for start, end in finding.related)


LINTER = Linter(ACRONYMS)

GLOSSARY = Glossary(
    [
        Acronym("GP", ("General Practitioner",), "A family doctor."),
        Acronym("GPS", ("Global Positioning System",), "Shows where something is."),
        Acronym("KS", ("Key Stage",), "A part of school.", variants=("KS#",)),
    ]
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("GPs", "GP"), ("GPS", "GPS"), ("G.P.", "GP"), ("GP’s", "GP"), ("GP'd", "GP"), ("KS3", "KS"), ("KS12", "KS")],
)
def test_the_glossary_finds_an_acronym_however_it_is_typed(written: str, expected: str) -> None:
    found = GLOSSARY.find(written)
    assert found is not None
    assert found.acronym == expected


@pytest.mark.parametrize("written", ["gp", "Gp", "XGP", ""])
def test_the_glossary_does_not_take_a_word_for_an_acronym(written: str) -> None:
    assert GLOSSARY.find(written) is None


@given(st.from_regex(r"[A-Z]{2,6}", fullmatch=True), st.sampled_from(["", "s", "'s", "’s", "'d"]))
def test_letters_and_ending_are_told_apart(letters: str, ending: str) -> None:
    assert spelling(letters + ending) == (letters, ending)


def test_the_shipped_glossary_is_whole(linter: Linter) -> None:
    glossary = linter.pack.glossary
    assert len(glossary) > 1000
    for acronym in glossary:
        assert acronym.plain.strip().endswith((".", "?", "'", ")")), acronym
        assert all(expansion.strip() for expansion in acronym.expansions), acronym
        assert acronym.source == "" or acronym.source.startswith("http"), acronym
    assert json.dumps([acronym.acronym for acronym in glossary])
