"""When a phrase does not count: for each guard, sentences in which it holds and sentences in which it does not."""

from __future__ import annotations

import functools
import operator

import pytest

from fsm_language.guards import GUARDS

FAIL, REFUSE = "{fail} to (*)", "{refuse}"

# guard: phrase, notes in which it holds, notes in which it does not
TABLE: dict[str, list[tuple[str, list[str], list[str]]]] = {
    "quoted": [
        (
            REFUSE,
            [
                "Mum said, “I refuse to go.”",
                'Mum said, "I refuse to go."',
                "Mum said, ‘I refuse to go.’",
                "Mum said, 'I refuse to go.'",
                "Mum said, 'I can't, I won't, and I'm right to refuse.'",
                "‘Nan’s letter says they’ll refuse,’ he said.",
                "“He’ll refuse and\nthat’s that,” said Dad.",
                "“They ask and I refuse",
                "> I refuse to see him.",
                "09:40 from Shanice: I refuse to see him.",
                "Me 09:02: Is 10 all right?\nTash 09:40: I refuse to see him.",
                "[9.40] Tash: I refuse to see him.\n[9.41] Me: All right.",
            ],
            [
                "Mum refuses to go.",
                "9.40 Tash: refused to go.\n9.50 Nan: refused to come.",
                "School: refused to go.\nMe: asked why.",
                "“No.” Mum refused to go.",
                'The 6" pipe was old, so he refused to use the 4" one.',
                "The parents' evening was late and the girls' dad refused.",
                "He’s tired and refuses what’s left.",
                "“I’m fine,” he said, and refused the “extra help”.",
                "“I am fine.\n\nHe refused tea.",
                "From school: he refused tea.",
            ],
        )
    ],
    "negated": [
        (
            FAIL,
            [
                "She did not fail to attend.",
                "She has never failed to attend.",
                "He doesn't fail to attend.",
                "He didn’t once fail to attend.",
                "Neither parent failed to attend.",
                "Nobody failed to attend.",
                "I do not think she failed to attend.",
                "Not, as we agreed, did I mean that she failed to attend.",
            ],
            [
                "She failed to attend.",
                "It was not raining, but she failed to attend.",
                "She did not ring because she failed to find the number.",
                "She not only failed to attend, she moved.",
                "No doubt she failed to attend.",
                "She did not ring. She failed to attend.",
                "He never rang and failed to attend.",
            ],
        ),
        (
            "chaotic",
            [
                "The home is not chaotic.",
                "The home was never chaotic or unsafe.",
                "There was nothing chaotic about it.",
                "It isn't a chaotic home.",
            ],
            ["The home is chaotic.", "Not surprisingly, the home is chaotic.", "It is chaotic, not calm."],
        ),
    ],
    "rejected": [
        (
            "chaotic",
            [
                "Please avoid saying chaotic.",
                "She was upset by the word chaotic.",
                "She is busy rather than chaotic.",
                "He has been called chaotic for years.",
                "We wrote “unsettled” instead of chaotic.",
                "The old report said the home was chaotic.",
            ],
            [
                "The home is chaotic.",
                "The home is chaotic rather than unsafe.",
                "Home was chaotic when I called.",
                "We talked of chaotic mornings.",
                "She said a word and the chaotic day began.",
            ],
        )
    ],
    "asked": [
        (
            REFUSE,
            [
                "Did mum refuse?",
                "Why would he refuse the visit?",
                "If dad refuses, we will ring.",
                "We asked whether she refused.",
                "Should she refuse, ring me.",
                "We will wait unless he refuses.",
            ],
            [
                "Mum refused.",
                "Did she ring? She refused.",
                "He refused, and we asked why.",
                "He refused to say if he would come.",
                "She should rest and we hope that in time they will not refuse.",
            ],
        )
    ],
    "unlikely": [
        (
            "{kick} off",
            [
                "The boiler kicked off at four.",
                "The match kicked off late because of the rain.",
                "The washing machine kicked off again at midnight.",
            ],
            ["Mum kicked off at staff again.", "Dad kicked off again in reception.", "Mum kicked off with me."],
        ),
        (
            "hopeless",
            ["The boiler is hopeless.", "The printer is hopeless today."],
            ["She was hopeless at turning up.", "Dad is hopeless with money."],
        ),
    ],
    "legal": [
        (
            "{deny}",
            [
                "He was charged and denied the offence.",
                "He denied it in court.",
                "He denied all in interview under caution.",
                "She denied it at trial.",
                "The judge heard that she denied it.",
                "He denies the offences.",
            ],
            [
                "He denied it.",
                "She denied eating the cake.",
                "He was in charge and denied it.",
                "They played on the tennis pitch and denied it.",
                "He went to court. At home he denied it.",
            ],
        )
    ],
    "heading": [
        (
            "challenging behaviour",
            [
                "Challenging behaviour:\nHe shouted.",
                "CHALLENGING BEHAVIOUR\nHe shouted.",
                "## Challenging behaviour\nHe shouted.",
                "Health.\n\nChallenging behaviour:\nNone.",
                "  Risk and challenging behaviour:  \nNone.",
            ],
            [
                "He showed challenging behaviour.",
                "We talked about what his school and his nan call challenging behaviour: shouting.",
                "- challenging behaviour at school",
                "Behaviour:\nSome challenging behaviour.",
                "HE SHOWED CHALLENGING BEHAVIOUR.",
            ],
        )
    ],
    "formal_name": [
        (
            "challenging behaviour",
            [
                "We follow the Challenging Behaviour Policy.",
                "See the Challenging Behaviour Foundation.",
                "She rang the Centre for Challenging Behaviour.",
                "Challenging Behaviour Policy is attached.",
                "Ask for the School Challenging Behaviour Plan.",
            ],
            [
                "He showed challenging behaviour.",
                "Challenging behaviour was seen.",
                "Some challenging behaviour on Monday.",
                "HE SHOWED CHALLENGING BEHAVIOUR TODAY",
                "Dad saw challenging behaviour at Park School.",
            ],
        )
    ],
    "person_name": [
        (
            "(crook|dirty|hope)",
            [
                "I met Mr Crook.",
                "I saw Dr Crook today.",
                "They live in Dirty Lane.",
                "Crook Farm is far.",
                "I spoke to Hope.",
            ],
            [
                "He is a crook.",
                "Dirty clothes lay about.",
                "The dirty clothes lay about.",
                "HE IS A CROOK",
                "We hope so.",
            ],
        )
    ],
    "explained": [
        (
            "contact",
            [
                "Contact (time with his dad) went well.",
                "We planned contact, which means time with his dad.",
                "We planned contact, i.e. time together.",
                "He asked about contact, meaning time with Dad.",
                "He had time with his dad (contact) today.",
                "Contact is when a child sees family. Next contact: May.",
            ],
            [
                "Contact went well.",
                "Contact (3) went well.",
                "Contact (Tuesday).",
                "We planned contact, which was late.",
                "Contact is good.",
            ],
        )
    ],
    "passive": [
        (
            "{ignore}",
            [
                "Mum was ignored.",
                "They have been ignored.",
                "Her views are being ignored.",
                "He got ignored.",
                "She was often ignored.",
                "It is ignored.",
            ],
            [
                "Mum ignored me.",
                "Was it right that the school then ignored it?",
                "They have ignored it.",
                "He ignores what is said.",
                "We ignored it.",
            ],
        )
    ],
    "service_subject": [
        (
            FAIL,
            [
                "We failed to ring.",
                "I failed to ring.",
                "The school failed to ring.",
                "The social worker has failed to ring.",
                "The team that failed to ring is sorry.",
                "Children's services failed to act.",
                "Mum was upset because the council failed to ring.",
                "The health visitor came late and failed to ring.",
                "I am sorry that we repeatedly failed to ring.",
            ],
            [
                "Mum failed to ring.",
                "He failed to ring.",
                "Tyler failed to ring.",
                "Mum told the school and failed to ring.",
                "The mother of the girl failed to ring.",
                "The boiler failed to start.",
                "We rang mum, who failed to answer.",
            ],
        )
    ],
    "own_words": [
        (
            FAIL,
            [
                "I failed to ring.",
                "We failed to ring.",
                "I have also failed to ring.",
                "Sadly we failed to ring.",
                "It was late and I failed to ring.",
                "I rang school and then failed to ring mum.",
            ],
            [
                "Mum failed to ring.",
                "The team failed to ring.",
                "She told me that he failed to ring.",
                "I saw mum, who failed to ring.",
                "I know Dad failed to ring.",
                "Amber kicked off when I asked about school and failed to answer.",
            ],
        )
    ],
    "thing_subject": [
        (
            FAIL,
            [
                "The boiler failed to start.",
                "The car has failed to start.",
                "The email failed to send.",
                "The old washing machine that we saw failed to start.",
                "It failed to start.",
                "The medication failed to help.",
                "Dad said the car failed to start.",
            ],
            [
                "Mum failed to ring.",
                "The school failed to ring.",
                "He failed to start the car.",
                "Tyler, in the car, failed to ring.",
                "Mum saw the boiler and failed to ring.",
            ],
        )
    ],
    "child_subject": [
        (
            FAIL,
            [
                "The child failed to eat.",
                "The children have failed to eat.",
                "His sister failed to eat.",
                "The young person failed to eat.",
                "The boy, who was ill, failed to eat.",
            ],
            [
                "Mum failed to eat.",
                "The boy's dad failed to eat.",
                "The mother of the children failed to eat.",
                "The school failed to help the child.",
                "I failed to eat.",
            ],
        )
    ],
    "parent_subject": [
        (
            FAIL,
            [
                "Mum failed to ring.",
                "His dad has failed to ring.",
                "Both parents failed to ring.",
                "The foster carer failed to ring.",
                "Mum, who was ill, failed to ring.",
                "Mum and dad failed to ring.",
            ],
            [
                "The boy failed to eat.",
                "The school failed to ring mum.",
                "Mum's social worker failed to ring.",
                "The car failed to start.",
                "We failed to ring.",
            ],
        )
    ],
    "family_subject": [
        (
            FAIL,
            [
                "Mum failed to ring.",
                "He failed to ring.",
                "They failed to ring.",
                "Tyler failed to ring.",
                "The boys failed to ring.",
                "We met Kayleigh, who failed to ring.",
                "Dad rang school and failed to ring me.",
            ],
            [
                "We failed to ring.",
                "The school failed to ring.",
                "The worker failed to ring mum.",
                "The boiler failed to start.",
                "Mum rang the surgery and they failed to answer.",
                "Mum was failed by us; the panel failed to meet.",
            ],
        )
    ],
    "about_thing": [
        (
            "(dirty|chaotic|difficult)",
            [
                "He wore a dirty nappy.",
                "The chaotic traffic made us late.",
                "The oven was dirty.",
                "It was difficult to park.",
                "She washed the dirty plates.",
                "The difficult letter came.",
            ],
            [
                "She is a difficult mother.",
                "He is difficult.",
                "Mum was chaotic.",
                "The dirty child waited.",
                "A difficult client rang.",
            ],
        )
    ],
    "reported": [
        (
            "filthy",
            [
                "Tyler told me his room is filthy.",
                "Mum says that the house is filthy.",
                "Dad has said the kitchen was filthy.",
                "The girls think their room is filthy.",
                "His nan believes the flat is filthy.",
            ],
            [
                "The room is filthy.",
                "The health visitor said the room is filthy.",
                "I told mum the room is filthy.",
                "The school reported that his shirt was filthy.",
                "He told me and left the room filthy.",
            ],
        )
    ],
    "as_verb": [
        (
            "contact",
            [
                "I will contact the school.",
                "Please contact her.",
                "She tried to contact us.",
                "We contact them weekly.",
                "Mum did not contact us.",
            ],
            [
                "The contact went well.",
                "Contact with dad was good.",
                "He enjoys contact.",
                "We planned a contact visit.",
                "Her contact is on Friday.",
            ],
        )
    ],
    "as_noun": [
        (
            "contact",
            [
                "The contact went well.",
                "He enjoyed his contact with dad.",
                "Her contact is on Friday.",
                "We planned more contact.",
                "They had no contact.",
            ],
            [
                "I will contact the school.",
                "She tried to contact us.",
                "We should contact them.",
                "Mum did not contact us.",
                "They can contact me.",
            ],
        )
    ],
    "as_adjective": [
        (
            "(closed|disturbed|settled)",
            [
                "The closed door was blue.",
                "He is a disturbed boy.",
                "She has a settled home.",
                "He seems disturbed.",
                "They live a settled life.",
            ],
            [
                "I closed the door.",
                "The noise disturbed him.",
                "They settled the bill.",
                "We have closed the case.",
                "She closed her eyes.",
            ],
        )
    ],
}

ROWS = [
    pytest.param(guard, phrase, note, holds, id=f"{guard}-{'holds' if holds else 'does not'}-{note[:40]}")
    for guard, tables in TABLE.items()
    for phrase, holding, others in tables
    for holds, notes in ((True, holding), (False, others))
    for note in notes
]


@pytest.mark.parametrize(("guard", "phrase", "note", "holds"), ROWS)
def test_when_a_guard_holds(contexts, guard, phrase, note, holds):
    found = contexts(phrase, note)
    assert found, "the phrase is not in the note"
    assert GUARDS[guard].holds(found[-1]) is holds


def test_every_guard_has_a_table():
    assert set(TABLE) == set(GUARDS)
    for tables in TABLE.values():
        for examples in (
            functools.reduce(operator.iadd, rows, []) for rows in zip(*(table[1:] for table in tables), strict=True)
        ):
            assert len(examples) >= 5


@pytest.mark.parametrize("guard", GUARDS)
def test_a_guard_says_what_it_means(guard):
    meaning = GUARDS[guard].meaning
    assert meaning.endswith((".", "”", '"'))
    assert len(meaning) < 160


@pytest.mark.parametrize("guard", [name for name, guard in GUARDS.items() if not guard.parses])
def test_a_guard_of_the_words_alone_never_asks_the_parser(contexts, guard):
    for tables in (TABLE[guard],):
        for phrase, holding, others in tables:
            for note in (*holding, *others):
                for context in contexts(phrase, note):
                    GUARDS[guard].holds(context)
                    assert not context.around._parsed


def test_a_sentence_is_parsed_once_for_all_its_candidates(contexts):
    first, second = contexts("old", "In the end the old one and the old two went.")
    assert first.parsed is second.parsed
