"""How English words bend: the forms of verbs and nouns, British spelling, and a or an."""

import re
from functools import lru_cache
from typing import Literal

VerbForm = Literal["base", "s", "ing", "past", "pp"]
NounForm = Literal["sg", "pl"]
VERB_FORMS: tuple[VerbForm, ...] = ("base", "s", "past", "pp", "ing")
NOUN_FORMS: tuple[NounForm, ...] = ("sg", "pl")

# past and past participle of verbs that do not take -ed; alternatives after a slash, the British one first
IRREGULAR = {
    lemma: (past, pp)
    for lemma, past, pp in (
        line.split()
        for line in """
arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become|begin began begun
bend bent bent|bet bet bet|bite bit bitten|bleed bled bled|blow blew blown|break broke broken|bring brought brought
build built built|burn burnt/burned burnt/burned|burst burst burst|buy bought bought|catch caught caught
choose chose chosen|come came come|cost cost cost|creep crept crept|cut cut cut|deal dealt dealt|dig dug dug
do did done|draw drew drawn|dream dreamt/dreamed dreamt/dreamed|drink drank drunk|drive drove driven|eat ate eaten
fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found|flee fled fled|fling flung flung
fly flew flown|forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen
get got got|give gave given|go went gone|grow grew grown|hang hung hung|have had had|hear heard heard|hide hid hidden
hit hit hit|hold held held|hurt hurt hurt|keep kept kept|kneel knelt knelt|know knew known|lay laid laid|lead led led
lean leant/leaned leant/leaned|leap leapt/leaped leapt/leaped|learn learnt/learned learnt/learned|leave left left
lend lent lent|let let let|lie lay lain|light lit lit|lose lost lost|make made made|mean meant meant|meet met met
mislead misled misled|mistake mistook mistaken|misunderstand misunderstood misunderstood|overdo overdid overdone
overhear overheard overheard|oversleep overslept overslept|overcome overcame overcome
pay paid paid|prove proved proved/proven|put put put|quit quit quit
read read read|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said|see saw seen|seek sought sought
sell sold sold|send sent sent|set set set|shake shook shaken|shed shed shed|shine shone shone|shoot shot shot
show showed shown|shrink shrank shrunk|shut shut shut|sing sang sung|sink sank sunk|sit sat sat|sleep slept slept
slide slid slid|smell smelt/smelled smelt/smelled|speak spoke spoken|spell spelt/spelled spelt/spelled|spend spent spent
spill spilt/spilled spilt/spilled|spin spun spun|spit spat spat|split split split|spoil spoilt/spoiled spoilt/spoiled
spread spread spread|stand stood stood|steal stole stolen|stick stuck stuck|sting stung stung|stink stank stunk
strike struck struck|strive strove striven|swear swore sworn|sweep swept swept|swell swelled swollen|swim swam swum
swing swung swung|take took taken|teach taught taught|tear tore torn|tell told told|think thought thought
throw threw thrown|undergo underwent undergone|understand understood understood|undertake undertook undertaken
undo undid undone|upset upset upset|wake woke woken|wear wore worn|weep wept wept|win won won|wind wound wound
withdraw withdrew withdrawn|withhold withheld withheld|write wrote written|rebuild rebuilt rebuilt|retell retold retold
rewrite rewrote rewritten|outgrow outgrew outgrown|offset offset offset|foresee foresaw foreseen
""".replace("|", "\n")
        .strip()
        .splitlines()
    )
}
BE: dict[VerbForm, tuple[str, ...]] = {
    "base": ("be",),
    "s": ("is", "are", "am", "'s", "'re", "'m"),
    "ing": ("being",),
    "past": ("was", "were"),
    "pp": ("been",),
}
HAVE: dict[VerbForm, tuple[str, ...]] = {
    "base": ("have", "'ve"),
    "s": ("has",),
    "ing": ("having",),
    "past": ("had", "'d"),
    "pp": ("had",),
}
# verbs of two syllables or more that double their last letter, the stress being on the end (or British -l)
DOUBLING = frozenset(
    "admit commit submit permit omit refer prefer defer infer occur recur concur incur deter regret forget begin "
    "acquit equip rebel compel expel repel propel excel control patrol enrol fulfil instil distil abet emit transmit "
    "travel cancel label quarrel signal model level channel counsel marvel tunnel fuel duel dial total equal "
    "worship kidnap handicap program format unplug".split()
)
IRREGULAR_PLURALS = {
    "child": "children",
    "man": "men",
    "woman": "women",
    "person": "people",
    "foot": "feet",
    "tooth": "teeth",
    "life": "lives",
    "wife": "wives",
    "knife": "knives",
    "half": "halves",
    "shelf": "shelves",
    "self": "selves",
    "loaf": "loaves",
    "thief": "thieves",
    "crisis": "crises",
    "analysis": "analyses",
    "diagnosis": "diagnoses",
    "basis": "bases",
    "criterion": "criteria",
    "phenomenon": "phenomena",
}
VOWELS = "aeiou"
SILENT_H = ("hour", "honest", "honour", "heir")
SOUNDS_LIKE_YOU = re.compile(r"(?:u(?:ni(?!n|m|d)|s[aeiu]|til|kr)|eu|one\b|once\b|u[kbs]\b)", re.IGNORECASE)
SPELT_WITH_VOWEL = "AEFHILMNORSX"
SOUNDS_WITH_VOWEL = re.compile(r"8|1[18](?!\d)|x-", re.IGNORECASE)  # eight, eleven, eighteen, X-ray


def _doubles(verb: str) -> bool:
    if verb in DOUBLING:
        return True
    return (re.fullmatch(r"[^aeiou]*(?:qu)?[aeiou][^aeiouwxy]", verb) is not None and len(verb) > 2) or (
        verb.endswith(("step", "stop", "trip", "drop", "slip", "shut", "chat", "plan", "ban", "set", "let", "pit"))
        and verb not in ("profit", "edit", "limit", "spit")
    )


def _ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ied"
    if verb.endswith("ic"):
        return verb + "ked"
    return verb + verb[-1] + "ed" if _doubles(verb) else verb + "ed"


def _ing(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and len(verb) > 2:
        return verb[:-1] + "ing"
    if verb.endswith("ic"):
        return verb + "king"
    return verb + verb[-1] + "ing" if _doubles(verb) else verb + "ing"


def _s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")) or word in ("go", "do", "undergo", "undo", "overdo", "veto", "echo"):
        return word + "es"
    return word + "s"


@lru_cache(maxsize=4096)
def verb_forms(lemma: str) -> dict[VerbForm, tuple[str, ...]]:
    """Return every spelling of each form of a verb, the one to write first.

    `s` holds the present third person (`is`, `are` for `be`). A verb in -ise is also known in -ize.
    Source of the rules: the usual school grammar of English spelling; irregular verbs are listed.
    """
    if lemma in ("be", "have"):
        return BE if lemma == "be" else HAVE
    past, pp = IRREGULAR.get(lemma, (None, None))
    forms: dict[VerbForm, tuple[str, ...]] = {
        "base": (lemma,),
        "s": (_s(lemma),),
        "past": tuple(past.split("/")) if past else (_ed(lemma),),
        "pp": tuple(pp.split("/")) if pp else (_ed(lemma),),
        "ing": (_ing(lemma),),
    }
    if lemma.endswith(("ise", "yse")):
        american = lemma[:-2] + "ze"
        forms = {form: (*known, *verb_forms(american)[form]) for form, known in forms.items()}
    return forms


@lru_cache(maxsize=4096)
def noun_forms(lemma: str) -> dict[NounForm, tuple[str, ...]]:
    """Return the singular and the plural of a noun, which may be of several words (`service user`)."""
    *before, head = lemma.split(" ")
    plural = IRREGULAR_PLURALS.get(head) or (
        head[:-3] + "men" if head.endswith("man") and head != "human" else _s(head)
    )
    return {"sg": (lemma,), "pl": (" ".join([*before, plural]),)}


def bend_verb(lemma: str, form: VerbForm, *, bare: bool = False, plural: bool = False) -> str:
    """Return `lemma` (whose first word may be followed by others) in `form`.

    `bare` says that the verb follows "to" or a modal; `plural` that its subject takes "are" and "have".
    """
    verb, *rest = lemma.split(" ")
    if verb == "be" and form in ("base", "s", "past") and not bare:
        bent = {"s": ("is", "are"), "past": ("was", "were"), "base": ("are", "are")}[form][plural]
    elif form == "s" and plural:
        bent = verb
    else:
        bent = verb_forms(verb)[form][0]
    return " ".join([bent, *rest])


def negate(lemma: str, form: VerbForm, *, bare: bool = False, plural: bool = False) -> str:
    """Return the verb `lemma` in `form` with "not": did not come, does not come, not coming, not come."""
    if form in ("ing", "pp") or bare:
        return "not " + bend_verb(lemma, form, bare=bare)
    if lemma.split(" ", maxsplit=1)[0] == "be":
        verb, *rest = bend_verb(lemma, form, plural=plural).split(" ")
        return " ".join([verb, "not", *rest])
    auxiliary = {"past": "did", "s": "do" if plural else "does", "base": "do"}[form]
    return f"{auxiliary} not {lemma}"


def article(word: str) -> Literal["a", "an"]:
    """Return the article that goes before `word`, by how it sounds: an hour, a unit, an IRO, a UK school."""
    if len(word) > 1 and word.isupper():
        return "an" if word[0] in SPELT_WITH_VOWEL else "a"
    lower = word.lower()
    if lower.startswith(SILENT_H):
        return "an"
    if SOUNDS_WITH_VOWEL.match(lower):
        return "an"
    return "an" if lower[:1] in VOWELS and not SOUNDS_LIKE_YOU.match(lower) else "a"
