"""Code points to code units and back, in the three encodings that editors choose from."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsm_language import Document
from fsm_language.units import Units

WIDTH = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
TEXTS = st.text(st.sampled_from("a£’\u0905\U0001f600\U00010348\ud83d\v\u2028\x85\r\n") | st.characters(), max_size=40)
encodings = pytest.mark.parametrize("encoding", WIDTH)


def length(text, encoding):
    plain = encoding if encoding == "utf-8" else f"{encoding}-le"
    return len(text.encode(plain, "surrogatepass")) // WIDTH[encoding]


@encodings
@given(text=TEXTS)
def test_every_code_point_has_its_units_and_they_lead_back(encoding, text):
    units = Units(text, encoding)
    for offset in range(len(text) + 1):
        assert units.before(offset) == length(text[:offset], encoding)
        assert units.offset(units.before(offset)) == offset


@encodings
@given(text=TEXTS.filter(bool))
def test_units_within_a_character_are_that_character(encoding, text):
    units = Units(text, encoding)
    owner = [offset for offset, char in enumerate(text) for _ in range(length(char, encoding))]
    assert [units.offset(unit) for unit in range(len(owner))] == owner


@encodings
@given(text=TEXTS)
def test_a_place_leads_back_to_its_code_point(encoding, text):
    document = Document(text)
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    for offset in range(len(text) + 1):
        line, column = document.place(offset, encoding)
        # the end of a line is reached before its line end, so the middle of CR LF is no place an editor can name
        ends = sum(map(len, lines[:line])) + len(lines[line].rstrip("\r\n"))
        assert document.offset(line, column, encoding) == min(offset, ends)


@encodings
def test_a_place_past_the_end_is_the_end(encoding):
    document = Document("ab\U0001f600\r\ncd")
    assert document.offset(0, 99, encoding) == 3
    assert document.offset(1, 99, encoding) == 7
    assert document.offset(9, 0, encoding) == 7
    assert Document("").offset(0, 5, encoding) == 0
