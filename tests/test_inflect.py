"""How verbs and nouns bend, what negation does to them, and a or an."""

import pytest

from fsm_language.inflect import article, bend_verb, negate, noun_forms, verb_forms


@pytest.mark.parametrize(
    ("lemma", "s", "past", "pp", "ing"),
    [
        row.split()
        for row in """
        attend attends attended attended attending
        engage engages engaged engaged engaging
        refuse refuses refused refused refusing
        deny denies denied denied denying
        play plays played played playing
        miss misses missed missed missing
        watch watches watched watched watching
        wish wishes wished wished wishing
        fix fixes fixed fixed fixing
        visit visits visited visited visiting
        open opens opened opened opening
        listen listens listened listened listening
        offer offers offered offered offering
        stop stops stopped stopped stopping
        plan plans planned planned planning
        hug hugs hugged hugged hugging
        refer refers referred referred referring
        admit admits admitted admitted admitting
        submit submits submitted submitted submitting
        commit commits committed committed committing
        travel travels travelled travelled travelling
        label labels labelled labelled labelling
        cancel cancels cancelled cancelled cancelling
        enrol enrols enrolled enrolled enrolling
        focus focuses focused focused focusing
        benefit benefits benefited benefited benefiting
        target targets targeted targeted targeting
        develop develops developed developed developing
        agree agrees agreed agreed agreeing
        die dies died died dying
        panic panics panicked panicked panicking
        be is was been being
        have has had had having
        do does did done doing
        go goes went gone going
        see sees saw seen seeing
        come comes came come coming
        become becomes became become becoming
        write writes wrote written writing
        get gets got got getting
        put puts put put putting
        hit hits hit hit hitting
        let lets let let letting
        lie lies lay lain lying
        lay lays laid laid laying
        learn learns learnt learnt learning
        forget forgets forgot forgotten forgetting
        begin begins began begun beginning
        run runs ran run running
        choose chooses chose chosen choosing
        understand understands understood understood understanding
        undergo undergoes underwent undergone undergoing
        withhold withholds withheld withheld withholding
        """.strip().splitlines()
    ],
    ids=lambda value: value,
)
def test_a_verb_is_written_the_british_way(lemma, s, past, pp, ing):
    forms = verb_forms(lemma)
    assert (forms["base"][0], forms["s"][0], forms["past"][0], forms["pp"][0], forms["ing"][0]) == (
        lemma,
        s,
        past,
        pp,
        ing,
    )


@pytest.mark.parametrize(
    ("lemma", "form", "other"),
    [
        ("minimise", "past", "minimized"),
        ("minimise", "ing", "minimizing"),
        ("recognise", "s", "recognizes"),
        ("learn", "past", "learned"),
        ("be", "s", "are"),
        ("be", "s", "'s"),
        ("be", "past", "were"),
        ("have", "past", "'d"),
    ],
)
def test_other_spellings_are_known_but_not_written(lemma, form, other):
    assert other in verb_forms(lemma)[form][1:]


@pytest.mark.parametrize(
    ("lemma", "plural"),
    [
        ("case", "cases"),
        ("family", "families"),
        ("boy", "boys"),
        ("child", "children"),
        ("woman", "women"),
        ("human", "humans"),
        ("person", "people"),
        ("wife", "wives"),
        ("crisis", "crises"),
        ("diagnosis", "diagnoses"),
        ("bus", "buses"),
        ("church", "churches"),
        ("service user", "service users"),
        ("young person", "young people"),
        ("foster carer", "foster carers"),
    ],
)
def test_a_noun_has_one_plural(lemma, plural):
    assert noun_forms(lemma) == {"sg": (lemma,), "pl": (plural,)}


@pytest.mark.parametrize(
    ("lemma", "form", "options", "bent"),
    [
        ("miss the visit", "past", {}, "missed the visit"),
        ("miss the visit", "s", {}, "misses the visit"),
        ("miss the visit", "s", {"plural": True}, "miss the visit"),
        ("be distressed", "past", {}, "was distressed"),
        ("be distressed", "past", {"plural": True}, "were distressed"),
        ("be distressed", "s", {}, "is distressed"),
        ("be distressed", "s", {"plural": True}, "are distressed"),
        ("be distressed", "base", {"bare": True}, "be distressed"),
        ("be distressed", "ing", {}, "being distressed"),
        ("be distressed", "pp", {}, "been distressed"),
        ("become distressed", "pp", {}, "become distressed"),
    ],
    ids=str,
)
def test_the_first_word_of_several_bends(lemma, form, options, bent):
    assert bend_verb(lemma, form, **options) == bent


@pytest.mark.parametrize(
    ("lemma", "form", "options", "negative"),
    [
        ("come", "past", {}, "did not come"),
        ("come", "s", {}, "does not come"),
        ("come", "s", {"plural": True}, "do not come"),
        ("come", "base", {}, "do not come"),
        ("come", "base", {"bare": True}, "not come"),
        ("come", "ing", {}, "not coming"),
        ("come", "pp", {}, "not come"),
        ("attend school", "past", {}, "did not attend school"),
        ("be there", "past", {}, "was not there"),
        ("be there", "past", {"plural": True}, "were not there"),
        ("be there", "s", {}, "is not there"),
        ("be there", "base", {"bare": True}, "not be there"),
        ("have", "past", {}, "did not have"),
    ],
    ids=str,
)
def test_negation(lemma, form, options, negative):
    assert negate(lemma, form, **options) == negative


@pytest.mark.parametrize(
    "word",
    "visit child European uniform university union user usual utility Ukrainian one-off once GP CIN UK TAF YOT "
    "hospital home house 7 10 100 wage year".split(),
)
def test_a_goes_before_a_consonant_sound(word):
    assert article(word) == "a"


@pytest.mark.parametrize(
    "word",
    "assessment advocate uncle unusual uninvited unidentified unimportant umbrella hour honest heir honour IRO EHCP "
    "SGO LAC NHS MP RSO FGM X-ray only ongoing 8 8-week 11 18 18-year-old 80".split(),
)
def test_an_goes_before_a_vowel_sound(word):
    assert article(word) == "an"
