"""The ways in which people explain an acronym, and the brackets that explain nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsm_language import Linter, Settings
from fsm_language.checks.explanations import spells

LINTER = Linter(Settings(select=("acronym",), contextual=False))


@pytest.mark.parametrize(
    "note",
    [
        pytest.param("Child and Adolescent Mental Health Services (CAMHS) rang.", id="1 long form, then brackets"),
        pytest.param("Children & Adolescent Mental Health Service (CAMHS) rang.", id="1 worded a little differently"),
        pytest.param(
            "She met the Independent Reviewing Officer (the IRO, who checks the plan).", id="1 with an article"
        ),
        pytest.param("The CAMHS (Child and Adolescent Mental Health Services) rang.", id="2 in brackets after"),
        pytest.param("CIN – Child In Need", id="3 en dash"),
        pytest.param("CAO- Child Arrangement Order", id="3 hyphen, space after"),
        pytest.param("EDT-Emergency Duty Team", id="3 hyphen, no space"),
        pytest.param("ABE: Achieving Best Evidence", id="4 colon"),
        pytest.param("AA = Alcoholics Anonymous", id="5 equals"),
        pytest.param("ICPC Initial Child Protection Conference", id="6 only a space"),
        pytest.param("AO is made. AOAdoption Order", id="7 pasted together"),
        pytest.param("AR | Annual Review", id="8 table"),
        pytest.param("CAMHS stands for the 'Child and Adolescent Mental Health Services'.", id="9 stands for"),
        pytest.param("CAMS is short for a way of planning with someone who feels hopeless.", id="10 is short for"),
        pytest.param("CAMHS is an acronym for a mental health service.", id="10 is an acronym for"),
        pytest.param("'CMH' means the Case Management Hearing.", id="10 means, in quotation marks"),
        pytest.param("LADO refers to the designated officer.", id="10 refers to"),
        pytest.param("An initial child protection conference, known as ICPC, is next.", id="11 known as"),
        pytest.param("A looked after child, also known as LAC, has a plan.", id="11 also known as"),
        pytest.param("CIN – Child in Need – extra help for a family.", id="12 with a gloss after"),
        pytest.param("DA/DV Domestic Abuse/Domestic Violence", id="13 two acronyms, one gloss"),
        pytest.param("LAC (or CLA) - Child Looked After", id="13 two names for one thing"),
        pytest.param("An independent reviewing officer, the IRO, chairs it.", id="14 beside it"),
        pytest.param("The team around the family met, and TAF went well.", id="14 earlier in the sentence"),
        pytest.param("CIN (a child who needs extra help) plan.", id="15 plain words in brackets"),
        pytest.param("The IRO, the person who checks the council's plan, came.", id="15 plain words beside it"),
        pytest.param("MARAC is a meeting where police and others plan to keep people safe.", id="15 is a ..."),
        pytest.param(
            "TM rang. HV came.\n\nAbbreviations: TM = team manager; HV = health visitor", id="16 key at the foot"
        ),
        pytest.param("DC Shaw (detective constable) rang.", id="a rank and a name"),
        pytest.param("MIL, mother in law, was there.", id="beside it, after"),
        pytest.param("The dentist (QER: quick extra review) rang.", id="one that no glossary has"),
    ],
)
def test_an_explained_acronym_is_let_be(note: str) -> None:
    assert [finding.text for finding in LINTER.check(note).findings] == []


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        pytest.param("MGM (Susan) came.", ["MGM"], id="a name"),
        pytest.param("SW (on leave) rang.", ["SW"], id="a comment"),
        pytest.param("CP (neglect) since May.", ["CP"], id="a category"),
        pytest.param("CP (ICPC) since May.", ["CP", "ICPC"], id="another acronym"),
        pytest.param("CAMHS (14/03/2024) wrote.", ["CAMHS"], id="a date"),
        pytest.param("HV (tel 01632 960000) rang.", ["HV"], id="a telephone number"),
        pytest.param("Susan Green (MGM) came.", ["MGM"], id="a name before"),
        pytest.param("I rang the school (DSL) at two.", ["DSL"], id="not the long form"),
        pytest.param("HV (has moved) rang.", ["HV"], id="words that happen to fit the letters"),
        pytest.param("SW - visited on Monday.", ["SW"], id="a label in minutes"),
        pytest.param("Mum said “CIN stands for Child in Need”. CIN plan next.", ["CIN"], id="somebody else's words"),
        pytest.param("The health visitor came on Monday. HV weighed Tia.", ["HV"], id="another sentence"),
    ],
)
def test_brackets_and_dashes_that_do_not_explain(note: str, expected: list[str]) -> None:
    assert [finding.text for finding in LINTER.check(note).findings] == expected


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ("CIN", "Child in Need"),
        ("TAF", "Team Around the Family"),
        ("NFA", "No Further Action"),
        ("LADO", "Local Authority Designated Officer"),
        ("Cafcass", "Children and Family Court Advisory and Support Service"),
        ("SENCO", "Special Educational Needs Coordinator"),
        ("DoLS", "Deprivation of Liberty Safeguards"),
        ("MISPER", "missing person"),
    ],
)
def test_words_spell_an_acronym(letters: str, words: str) -> None:
    assert spells(letters, words.split())


@pytest.mark.parametrize(
    ("letters", "words"), [("MGM", "Susan Green"), ("HV", "has moved"), ("CIN", "Child"), ("CIN", "")]
)
def test_words_that_do_not_spell_an_acronym(letters: str, words: str) -> None:
    assert not spells(letters, words.split())


@given(st.lists(st.from_regex(r"[b-z][a-z]{2,9}", fullmatch=True), min_size=2, max_size=6))
def test_first_letters_always_spell(words: list[str]) -> None:
    assert spells("".join(word[0] for word in words).upper(), words)
