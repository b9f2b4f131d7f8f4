"""The phrase language: what each row of it finds, and that finding is exact and never slow."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fsm_language import Document, RuleError
from fsm_language.anchorbook import AnchorBook, rows
from fsm_language.index import Index, Phrasebook
from fsm_language.machine import Phrase
from fsm_language.phrases import Item
from fsm_language.words import Word, lowered, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORDS = {
    "parent": ("mum", "dad", "foster carer", "(step|grand) father"),
    "family": ("@parent", "baby"),
    "itself": ("@itself",),
    "bad_entry": ("mum ) dad",),
    "marked_entry": ("^ mum ^",),
}


def index(*sources: str) -> Index:
    return Index(
        sources, AnchorBook.of({source: Phrase(source, WORDS).anchors for source in sources}), Phrasebook(WORDS)
    )


def found(phrase: str, note: str) -> list[str]:
    """Return the marked words of each match of `phrase` in `note`."""
    document = Document(note)
    marked = []
    for candidate in index(phrase).find(document):
        words = document.words(candidate.sentence)
        match = candidate.match
        marked.append(note[words[match.start].start : words[match.end - 1].end])
    return marked


@pytest.mark.parametrize(
    ("phrase", "note", "expected"),
    [
        # plain words
        pytest.param("hard to reach", "A hard to reach family.", ["hard to reach"], id="words in order"),
        pytest.param("hard to reach", "HARD To reach", ["HARD To reach"], id="capitals or not"),
        pytest.param("hard to reach", "a hard-to-reach family", ["hard-to-reach"], id="hyphens in the note"),
        pytest.param("hard-to-reach", "a hard to reach family", ["hard to reach"], id="hyphens in the phrase"),
        pytest.param("hard to reach", "hard  to\u00a0reach", ["hard  to\u00a0reach"], id="other spaces"),
        pytest.param("hard to reach", "Dad is hard to\nreach now.", ["hard to\nreach"], id="over a line wrap"),
        pytest.param(
            "hard to reach", "dad is hard to\r\n  reach", ["hard to\r\n  reach"], id="over CR LF and an indent"
        ),
        pytest.param("hard to reach", "hard to\n\nreach", [], id="not over a blank line"),
        pytest.param("hard to reach", "It was hard. To reach her, ring.", [], id="not over a full stop"),
        pytest.param("hard to reach", "hard, to reach", [], id="not over a comma"),
        pytest.param("hard to reach", "hard (to reach)", [], id="not over a bracket"),
        pytest.param("hard to reach", "hard/to reach", [], id="not over a slash"),
        pytest.param("hard to reach", "hard to reached", [], id="not a longer word"),
        pytest.param("reach", "outreach reachable pre-reach", ["reach"], id="whole words only"),
        pytest.param("mum dad", "mum dad mum dad", ["mum dad", "mum dad"], id="every time"),
        pytest.param("mum mum", "mum mum mum", ["mum mum"], id="no overlap with itself"),
        pytest.param("mum's house", "mum’s house, MUM'S HOUSE", ["mum’s house", "MUM'S HOUSE"], id="either apostrophe"),
        pytest.param("mum 's", "It is mum's.", ["mum's"], id="mum's is two words"),
        pytest.param(
            "can't cope", "can't cope; cant cope; can’t cope", ["can't cope", "cant cope", "can’t cope"], id="can't"
        ),
        pytest.param("cant cope", "She can't cope.", ["can't cope"], id="cant finds can't"),
        # braces
        pytest.param(
            "{fail}", "fail fails, failed; failing failure", ["fail", "fails", "failed", "failing"], id="a verb"
        ),
        pytest.param("{write}", "wrote written writes", ["wrote", "written", "writes"], id="an irregular verb"),
        pytest.param("{minimise}", "minimised minimizing", ["minimised", "minimizing"], id="-ise and -ize"),
        pytest.param(
            "{be} late", "is late was late been late I'm late", ["is late", "was late", "been late", "'m late"], id="be"
        ),
        pytest.param("{case/n}", "case cases cased", ["case", "cases"], id="a noun"),
        pytest.param("{child/n}", "child, children", ["child", "children"], id="an irregular noun"),
        pytest.param("{deny/s,past}", "deny denies denied denying", ["denies", "denied"], id="some forms of a verb"),
        pytest.param("{case/pl}", "case cases", ["cases"], id="one form of a noun"),
        # round brackets
        pytest.param("(mum|dad) left", "mum left dad left nan left", ["mum left", "dad left"], id="one of these"),
        pytest.param(
            "(mum|the [young] parents) left", "the young parents left", ["the young parents left"], id="nested"
        ),
        pytest.param("(mum|(his|her) dad) left", "his dad left", ["his dad left"], id="brackets in brackets"),
        pytest.param("(mum|<1>) left", "dad left", ["dad left"], id="a gap in brackets"),
        # square brackets
        pytest.param(
            "mum [really|just] left", "mum left, mum just left", ["mum left", "mum just left"], id="or nothing"
        ),
        pytest.param("mum [really] [just] left", "mum really just left", ["mum really just left"], id="two in a row"),
        pytest.param("mum [really|just] left", "mum never left", [], id="and nothing else"),
        # stars and gaps
        pytest.param("mum * left", "mum suddenly left", ["mum suddenly left"], id="a star is a word"),
        pytest.param("mum * left", "mum left", [], id="a star is not none"),
        pytest.param("mum * left", "mum, angry, left", [], id="a star respects commas"),
        pytest.param("mum <3> left", "mum left", ["mum left"], id="a gap may be none"),
        pytest.param("mum <3> left", "mum and dad then left", ["mum and dad then left"], id="a gap of three"),
        pytest.param("mum <3> left", "mum and dad and nan left", [], id="a gap of four is too many"),
        pytest.param("mum <3> left", "mum, who was ill, left", ["mum, who was ill, left"], id="a gap allows commas"),
        pytest.param("mum <3> left", "mum, left", ["mum, left"], id="even with no word in it"),
        pytest.param("mum <3> left", "Mum came. Dad left.", [], id="a gap respects full stops"),
        pytest.param("mum <3> left", "mum came\n\ndad left", [], id="and blank lines"),
        pytest.param("mum <0> left", "mum, left", ["mum, left"], id="a gap of none"),
        # lists
        pytest.param("@parent left", "dad left", ["dad left"], id="a listed word"),
        pytest.param("@parent left", "the foster carer left", ["foster carer left"], id="a listed pair"),
        pytest.param("@parent left", "his step father left", ["step father left"], id="a listed phrase"),
        pytest.param("@family left", "the baby left, mum left", ["baby left", "mum left"], id="a list in a list"),
        # carets
        pytest.param("she ^ is a liar ^ again", "she is a liar again", ["is a liar"], id="only the marked words"),
        pytest.param("she ^ is a liar ^ again", "she is a liar", [], id="but the rest must be there"),
        pytest.param("^ mum ^ <2> left", "mum has left", ["mum"], id="a mark at the start"),
    ],
)
def test_what_a_phrase_finds(phrase, note, expected):
    assert found(phrase, note) == expected


def test_the_alternative_written_first_is_preferred():
    assert found("(foster carer|foster)", "a foster carer, foster care") == ["foster carer", "foster"]
    assert found("(foster|foster carer)", "a foster carer") == ["foster"]


def test_what_may_be_there_is_taken_when_it_is():
    assert found("foster [carer]", "a foster carer, foster care") == ["foster carer", "foster"]


def test_a_gap_holds_no_more_words_than_it_needs():
    assert found("mum <3> left", "mum left and dad left") == ["mum left"]


@pytest.mark.parametrize(
    ("phrase", "place"),
    [
        pytest.param("(mum|dad left", "no “)”", id="an open round bracket"),
        pytest.param("[mum left", "no “]”", id="an open square bracket"),
        pytest.param("mum) left", "closing bracket too many", id="a closing bracket"),
        pytest.param("(mum] left", "wrong one", id="crossed brackets"),
        pytest.param("mum <9> left", "more than 8", id="a gap too wide"),
        pytest.param("mum <x> left", "“<x> left”", id="a gap of what"),
        pytest.param("mum { left", "“{ left”", id="an open brace"),
        pytest.param("{} left", "“{} left”", id="an empty brace"),
        pytest.param("{give up}", "one word", id="two words in braces"),
        pytest.param("{fail/passed}", "“passed”", id="a form that is none"),
        pytest.param("{fail/pl}", "", id="a noun's form is no error of a verb's"),
        pytest.param("@cousin left", "@cousin", id="an unknown list"),
        pytest.param("@itself left", "holds itself", id="a list that holds itself"),
        pytest.param("@bad_entry left", "list entry", id="an unreadable entry"),
        pytest.param("mum ^ left", "two carets", id="one caret"),
        pytest.param("(a|^) mum", "outside brackets", id="a caret in brackets"),
        pytest.param("@marked_entry left", "has a caret", id="a caret in a list"),
        pytest.param("[mum]", "no words at all", id="nothing needed"),
        pytest.param("<3>", "no words at all", id="a gap alone"),
        pytest.param("", "no words at all", id="nothing"),
        pytest.param("* <3>", "always there", id="no word to find it by"),
        pytest.param("mum ... left", "holds no word", id="punctuation"),
    ],
)
def test_a_phrase_that_cannot_be_read_says_where(phrase, place):
    if not place:
        assert found(phrase, "two fails") == ["fails"]
        return
    with pytest.raises(RuleError) as error:
        index(phrase)
    assert place in str(error.value)
    assert phrase.strip() in str(error.value) or phrase.startswith("@")


def test_what_stood_in_the_open_parts_is_remembered():
    note = "mum really failed to go"
    words = words_of(note)
    match = Phrase("(mum|dad) [really] {fail} to * <2>", {}).match_at(words, 0)
    assert match is not None
    slots = [" ".join(word.key for word in words[start:end]) for start, end in match.slots]
    assert slots == ["mum", "really", "failed", "go", ""]
    assert [(bend.word, {lemma for lemma, _ in bend.forms}) for bend in match.bends] == [(2, {"fail"})]


def test_lowering_keeps_every_character_where_it_was():
    assert lowered("İSTANBUL’s") == "İstanbul's"


def test_anchors_that_were_written_down_are_read_as_they_were():
    sources = ("(mum|dad) [really] {fail} to *", "* hard to reach", "@family")
    anchors = {source: Phrase(source, WORDS).anchors for source in sources}
    book = AnchorBook.of(anchors)
    assert {source: book.find(source) for source in sources} == anchors
    assert book.find("another") is None
    written = [
        (sources[int(line)], " ".join([word, *filter(None, [second]), *further]), int(least), int(most))
        for word in book.beginnings
        for second, written in book.seconds(word).items()
        for line, least, most, *further in rows(written)
    ]
    assert sorted(written) == sorted(
        (source, stretch, found.least, found.most) for source, found in anchors.items() for stretch in found.stretches
    )


# the automaton against plain trying


VOCABULARY = ["mum", "dad", "left", "fails", "failed", "the", "not", "foster", "carer", "didn't"]
ITEMS = st.recursive(
    st.sampled_from([*VOCABULARY, "{fail}", "{carer/n}", "*", "<1>", "<2>", "@family", "@parent"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: f"[{'|'.join(parts)}]"),
    ),
    max_leaves=6,
)
NOISE = ["house", "a", "😀", "42", "mother-in-law"]
BETWEEN = [" ", " ", " ", ", ", ". ", "\n", "\n\n", "\r\n", "-", " (", "’s ", "\u2028", "/"]
NOTES = st.lists(
    st.tuples(st.sampled_from([*VOCABULARY, *NOISE, "MUM", "didn’t"]), st.sampled_from(BETWEEN)), max_size=14
).map(lambda pieces: "".join(word + after for word, after in pieces))


def readable(sources: Sequence[str]) -> list[str]:
    good = []
    for source in sources:
        try:
            index(source)
        except RuleError:
            continue
        good.append(source)
    return good


@given(st.lists(ITEMS, min_size=1, max_size=4, unique=True), NOTES)
def test_the_automaton_finds_what_trying_every_phrase_on_every_sentence_finds(sources, note):
    sources = readable(sources)
    assume(sources)
    document = Document(note)
    tried = [
        (source, sentence, match)
        for sentence in range(len(document.sentences))
        for source in sources
        for match in Phrase(source, WORDS).find(document.words(sentence))
    ]
    assert [tuple(candidate) for candidate in index(*sources).find(document)] == tried


def ends(items: Sequence[Item], words: Sequence[Word], at: int, *, loose: bool) -> Iterator[tuple[int, bool]]:
    """Yield every place where `items` may end when read the plain way, trying one reading after another."""
    if not items:
        yield at, loose
        return
    item, rest = items[0], items[1:]
    if item.kind in ("word", "brace", "star"):
        fits = at < len(words) and (loose or words[at].joined) and (item.kind == "star" or words[at].key in item.keys)
        if fits:
            yield from ends(rest, words, at + 1, loose=False)
    elif item.kind == "gap":
        for more in range(min(item.most, len(words) - at) + 1):
            yield from ends(rest, words, at + more, loose=True)
    elif item.kind == "mark":
        yield from ends(rest, words, at, loose=loose)
    else:
        for branch in [*item.branches, *([()] if item.kind == "maybe" else [])]:
            yield from ends([*branch, *rest], words, at, loose=loose)


@given(ITEMS, NOTES)
def test_the_machine_agrees_with_reading_a_phrase_the_plain_way(source, note):
    assume(readable([source]))
    phrase = Phrase(source, WORDS)
    words = words_of(note)
    for first in range(len(words)):
        possible = {end for end, _ in ends(phrase.items, words, first, loose=True)}
        match = phrase.match_at(words, first)
        assert (match is not None) is bool(possible)
        assert match is None or match.after in possible


# never slow


def steps(phrase: str, words: Sequence[Word]) -> int:
    """Return how many calls the phrase machine makes while `phrase` is looked for: each reading it follows is one."""
    compiled = Phrase(phrase, WORDS)
    count = 0

    def called(_frame, _event, _argument):
        nonlocal count
        count += 1

    before = sys.gettrace()
    sys.settrace(called)
    try:
        assert not list(compiled.find(words))
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "phrase",
    [
        pytest.param("[a [a [a [a] a] a] a] b", id="nested optionals"),
        pytest.param("[a] [a] [a] a a a b", id="optionals in a row"),
        pytest.param("a <3> a <3> b", id="gaps in a row"),
        pytest.param("[a <2> [a <2>]] a b", id="optionals with gaps"),
        pytest.param("((a|a a)|(a|a a)) ((a|a a)|(a|a a)) ((a|a a)|(a|a a)) b", id="many readings of the same"),
    ],
)
def test_a_hostile_phrase_takes_steps_in_proportion_to_the_length(phrase):
    words = words_of("a " * 2000)
    short, long = steps(phrase, words[:200]), steps(phrase, words)
    assert long <= 10.5 * short


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        pytest.param("(" * 5000 + "a" + ")" * 5000, {}, id="brackets within brackets"),
        pytest.param("[" * 5000, {}, id="brackets that are never closed"),
        pytest.param(
            "a @a0", {f"a{n}": [f"@a{n + 1} @a{n + 1}"] for n in range(30)} | {"a30": ["a"]}, id="lists in lists"
        ),
    ],
)
def test_a_phrase_that_would_take_for_ever_to_read_is_refused(phrase, words):
    with pytest.raises(RuleError, match="within"):
        Phrase(phrase, words)
