"""Lines, blocks, sentences and words, and the offsets by which everything else finds them."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fsm_language import Document
from fsm_language.document import SENTENCES_KEPT
from fsm_language.kept import Kept
from fsm_language.parting import LIST_ITEM
from fsm_language.words import key_of, keys_of, words_of

ODD = "aB1éß😀𝒳 \u0301.!?…,;:\n\r\t\v\f\x85\u2028\u2029\u00a0\u00ad’‘“”\"'-–|>#*•_()/"
PIECES = st.sampled_from(
    [*ODD, "\r\n", "\n\n", "mum", "Mr.", "didn't", "don’t", "mum’s", "e.g.", "p.m.", "no.", "1. ", "- ", "a) ", "A|b|c"]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=80))


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in Document(text).sentences]


def blocks(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in Document(text).blocks]


def keys(text: str) -> list[str]:
    return [word.key for word in words_of(text)]


# lines


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"], ids=["CR LF", "CR", "LF"])
def test_a_line_ends_where_editors_end_it(end):
    document = Document(f"one{end}two{end}")
    assert document.position(document.text.index("two")) == (2, 1)
    assert [document.line_text(line) for line in (1, 2, 3)] == ["one", "two", ""]


@pytest.mark.parametrize("char", ["\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"], ids=ascii)
def test_no_other_character_ends_a_line(char):
    document = Document(f"one{char}two")
    assert document.position(document.text.index("two")) == (1, 5)
    assert document.line_text(1) == document.text


def test_a_mixture_of_line_ends_counts_each_once():
    document = Document("a\r\nb\rc\nd\n\re")
    assert [document.position(document.text.index(letter))[0] for letter in "abcde"] == [1, 2, 3, 4, 6]


def test_columns_count_code_points_from_one():
    document = Document("a😀b\ncd")
    assert document.position(2) == (1, 3)
    assert document.position(5) == (2, 2)
    assert document.position(len(document.text)) == (2, 3)


def test_an_empty_note_has_one_line_and_nothing_else():
    document = Document("")
    assert document.position(0) == (1, 1)
    assert document.line_text(1) == ""
    assert document.blocks == document.sentences == ()
    assert document.sentence_index(0) == -1


@given(TEXTS, st.data())
def test_a_position_leads_back_to_its_offset(text, data):
    document = Document(text)
    offset = data.draw(st.integers(0, len(text)))
    line, column = document.position(offset)
    assert document.line_starts[line - 1] + column - 1 == offset
    assert line == len(re.findall(r"\r\n|\r|\n", text[: max(document.line_starts[line - 1], 0)])) + 1


@given(TEXTS)
def test_utf16_counts_what_an_encoder_writes(text):
    document = Document(text)
    for offset in range(len(text) + 1):
        assert document.utf16(offset) == len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


# blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One.\n\nTwo.", [("prose", "One."), ("prose", "Two.")], id="a blank line parts paragraphs"),
        pytest.param("One.\n \t \nTwo.", [("prose", "One."), ("prose", "Two.")], id="a line of blanks does too"),
        pytest.param("One.\r\n\r\nTwo.", [("prose", "One."), ("prose", "Two.")], id="with CR LF"),
        pytest.param("mum was\nat home", [("prose", "mum was\nat home")], id="a line that goes on in lower case"),
        pytest.param(
            "Mum was in.\nDad was out.", [("prose", "Mum was in."), ("prose", "Dad was out.")], id="two lines"
        ),
        pytest.param(
            "She told me that she had been waiting a long time for the letter from\nHousing.",
            [("prose", "She told me that she had been waiting a long time for the letter from\nHousing.")],
            id="a long line wraps before a capital",
        ),
        pytest.param("Home visit:\nAll well.", [("heading", "Home visit:"), ("prose", "All well.")], id="a label"),
        pytest.param("HOME VISIT\nAll well.", [("heading", "HOME VISIT"), ("prose", "All well.")], id="capitals"),
        pytest.param("## Views\nAll well.", [("heading", "## Views"), ("prose", "All well.")], id="a marked heading"),
        pytest.param("- tea\n- bath", [("list", "- tea"), ("list", "- bath")], id="dashes"),
        pytest.param("1. tea\n2) bath", [("list", "1. tea"), ("list", "2) bath")], id="numbers"),
        pytest.param("(a) tea\nb) bath", [("list", "(a) tea"), ("list", "b) bath")], id="letters"),
        pytest.param(
            "• tea and\n  toast\n• bath", [("list", "• tea and\n  toast"), ("list", "• bath")], id="a bullet wraps"
        ),
        pytest.param("> I miss him.\nAll well.", [("quote", "> I miss him."), ("prose", "All well.")], id="a quote"),
        pytest.param("Mon | school | fine", [("table", "Mon | school | fine")], id="a row with bars"),
        pytest.param("Mon\tschool\tfine", [("table", "Mon\tschool\tfine")], id="a row with tabs"),
        pytest.param("I AM NOT COMING.", [("prose", "I AM NOT COMING.")], id="a shouted sentence is no heading"),
    ],
)
def test_blocks(text, expected):
    assert blocks(text) == expected


def test_the_block_at_an_offset_is_the_one_that_holds_it():
    document = Document("Views:\nAll well.\n\n- tea")
    assert [document.block_at(document.text.index(w)).kind for w in ("Views", "well", "tea")] == [
        "heading",
        "prose",
        "list",
    ]


# sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Mum rang. Dad wrote.", ["Mum rang.", "Dad wrote."], id="full stops"),
        pytest.param("Did she? No! He did.", ["Did she?", "No!", "He did."], id="other marks"),
        pytest.param("Mr. Okafor rang. He will wait.", ["Mr. Okafor rang.", "He will wait."], id="a title"),
        pytest.param(
            "Ask someone, e.g. Nan, i.e. his gran.", ["Ask someone, e.g. Nan, i.e. his gran."], id="e.g., i.e."
        ),
        pytest.param("J. R. Khan rang. A. Patel wrote.", ["J. R. Khan rang.", "A. Patel wrote."], id="initials"),
        pytest.param("He left at 16.30. She stayed.", ["He left at 16.30.", "She stayed."], id="a time with a stop"),
        pytest.param("He left at 4 p.m. with his dad.", ["He left at 4 p.m. with his dad."], id="p.m. within"),
        pytest.param(
            "mum rang. no reply. will retry", ["mum rang.", "no reply.", "will retry"], id="hurried lower case"
        ),
        pytest.param("Dad said no. Mum agreed.", ["Dad said no.", "Mum agreed."], id="no as a word"),
        pytest.param("No. 4 is cold. It is damp.", ["No. 4 is cold.", "It is damp."], id="No. before a number"),
        pytest.param("She sat. He stood.", ["She sat.", "He stood."], id="sat as a verb"),
        pytest.param("We met on Sat. 4 May. All well.", ["We met on Sat. 4 May.", "All well."], id="Sat. as a day"),
        pytest.param("Back in 2 wks. I rang.", ["Back in 2 wks.", "I rang."], id="wks. ends a sentence"),
        pytest.param("Seen for 50 mins. Tia came.", ["Seen for 50 mins. Tia came."], id="mins. and a name"),
        pytest.param("Met Dr. He and Mr. Oh.", ["Met Dr. He and Mr. Oh."], id="a title never ends one"),
        pytest.param("“I stay.” He left.", ["“I stay.”", "He left."], id="a quote closes a sentence"),
        pytest.param("“Why?” he asked. She wept.", ["“Why?” he asked.", "She wept."], id="the speaker follows"),
        pytest.param('"Go away!" she said. I left.', ['"Go away!" she said.', "I left."], id="straight quotes"),
        pytest.param("(He was ill.) She was not.", ["(He was ill.)", "She was not."], id="in brackets"),
        pytest.param("1. He ate. He slept.", ["He ate.", "He slept."], id="a number is no sentence"),
        pytest.param("One\n\nTwo", ["One", "Two"], id="a blank line ends a sentence"),
        pytest.param("  One.  ", ["One."], id="no white space around"),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


@given(TEXTS)
@example("- ")
@example("1. \n2. ")
def test_spans_are_in_order_and_sentences_lie_within_their_blocks(text):
    document = Document(text)
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end <= len(text)
        last = block.end
    last = 0
    for number, (start, end) in enumerate(document.sentences):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        block = document.block_at(start)
        assert block.start <= start < end <= block.end
        assert document.sentence_index(start) == document.sentence_index(end - 1) == number
        last = end


@given(TEXTS)
def test_no_word_is_lost_between_sentences(text):
    document = Document(text)
    inside = {at for start, end in document.sentences for at in range(start, end)}
    for block in document.blocks:
        item = LIST_ITEM.match(text, block.start, block.end)
        inside.update(range(block.start, item.end() if item else block.start))
    lost = "".join(char for at, char in enumerate(text) if at not in inside)
    assert not lost.strip()


@given(TEXTS)
def test_words_are_in_order_within_their_sentence(text):
    document = Document(text)
    for number, (start, end) in enumerate(document.sentences):
        last = start
        for word in document.words(number):
            assert last <= word.start < word.end <= end
            assert word.key == key_of(text[word.start : word.end])
            last = word.end


# words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Mum rang", ["mum", "rang"], id="in lower case"),
        pytest.param("didn't can't won't", ["didnt", "cant", "wont"], id="contractions"),
        pytest.param("didn’t DON’T", ["didnt", "dont"], id="curly and shouted"),
        pytest.param(
            "mum's she'll they've I'd I'm",
            ["mum", "'s", "she", "'ll", "they", "'ve", "i", "'d", "i", "'m"],
            id="endings",
        ),
        pytest.param("mum’s", ["mum", "'s"], id="a curly ending"),
        pytest.param("O’Neill o'clock", ["o'neill", "o'clock"], id="an apostrophe within"),
        pytest.param("parents' evening", ["parents", "evening"], id="a bare apostrophe"),
        pytest.param("hard-to-reach", ["hard", "to", "reach"], id="hyphens part words"),
        pytest.param("snake_case", ["snake", "case"], id="underscores part words"),
        pytest.param("LAC/CIN", ["lac", "cin"], id="slashes part words"),
        pytest.param("16.30 4pm", ["16", "30", "4pm"], id="numbers"),
        pytest.param(
            "Zoe\u0308’s cafe\u0301s", ["zoe\u0308", "'s", "cafe\u0301s"], id="combining marks stay in the word"
        ),
        pytest.param("Łukasz Muñoz ığdır", ["łukasz", "muñoz", "ığdır"], id="letters of other alphabets"),
        pytest.param("fine 😀 now", ["fine", "now"], id="an emoji is no word"),
    ],
)
def test_words(text, expected):
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("between", "joined"),
    [
        pytest.param(" ", True, id="space"),
        pytest.param("  \t ", True, id="blanks"),
        pytest.param("\u00a0", True, id="no-break space"),
        pytest.param("-", True, id="hyphen"),
        pytest.param("\u2011", True, id="no-break hyphen"),
        pytest.param("\n", True, id="one line break"),
        pytest.param(" \r\n  ", True, id="CR LF and an indent"),
        pytest.param("\v", True, id="a vertical tab"),
        pytest.param("\u2028", True, id="a line separator"),
        pytest.param("\n\n", False, id="a blank line"),
        pytest.param("\r\n \r\n", False, id="a blank line with CR LF"),
        pytest.param(", ", False, id="comma"),
        pytest.param(". ", False, id="full stop"),
        pytest.param(" (", False, id="bracket"),
        pytest.param("/", False, id="slash"),
        pytest.param(" - ", False, id="a dash"),
        pytest.param("; ", False, id="semicolon"),
    ],
)
def test_words_are_joined_when_only_a_space_a_wrap_or_a_hyphen_parts_them(between, joined):
    assert words_of(f"hard{between}work")[1].joined is joined


@given(TEXTS)
@example("didn't he can't've e\u0301t\u0301 İs'nt 'S")
def test_keys_are_those_of_the_words(text):
    assert keys_of(text) == tuple(word.key for word in words_of(text))


@pytest.mark.parametrize(
    "after", ["", " ", " Mum came.", " " * 5000, " b" * 5000], ids=["no", "gap", "end", "gaps", "words"]
)
def test_a_word_longer_than_a_sentence_may_be_is_a_sentence_of_its_own(after):
    assert sentences("[" * 5000 + after)[0] == "[" * 5000


def test_the_words_of_a_long_note_are_not_all_kept_and_are_found_again():
    document = Document("".join(f"Day {number} was fine. " for number in range(3 * SENTENCES_KEPT)))
    first = [(document.words(sentence), document.keys(sentence)) for sentence in range(len(document.sentences))]
    again = [(document.words(sentence), document.keys(sentence)) for sentence in range(len(document.sentences))]
    assert first == again
    assert len(document._words) <= SENTENCES_KEPT
    assert len(document._keys) <= SENTENCES_KEPT


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        pytest.param("One.\nOne still.\r\nAnd still.", ["One.\nOne still.\r\nAnd still."], id="single line ends"),
        pytest.param("One.\n\nTwo.", ["One.", "Two."], id="a blank line"),
        pytest.param("One.\r\n\r\nTwo.\r\rThree.", ["One.", "Two.", "Three."], id="of any kind"),
        pytest.param("One.\n \t\v\u2028\n  Two.", ["One.", "  Two."], id="with white space"),
        pytest.param("\n\nOne.\n\n\n\n", ["", "One.", ""], id="around the note"),
    ],
)
def test_passages_stand_between_blank_lines(text, passages):
    document = Document(text)
    assert [passage.text for passage in document.passages] == passages
    assert all(text.startswith(passage.text, passage.start) for passage in document.passages)


def test_what_is_known_of_a_passage_is_not_worked_out_again():
    asked = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    before = Document("One.\n\nTwo.")
    assert list(before.by_passage(length)) == [(0, 4), (6, 4)]
    after = Document("Once more.\n\nOne.\n\nTwo!", kept=Kept(before.kept.now))
    assert list(after.by_passage(length)) == [(0, 10), (12, 4), (18, 4)]
    assert asked == ["One.", "Two.", "Once more.", "Two!"]
