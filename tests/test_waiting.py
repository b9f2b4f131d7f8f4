"""Pieces of work that wait for a reader: what several want at the same time is read at once, and each gets its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsm_language.waiting import Wanted, alone, side_by_side


class Reader:
    """Answers each number with its double, and remembers how much it was asked at once."""

    def __init__(self):
        self.asked = []

    def read(self, items):
        self.asked.append(list(items))
        return (2 * item for item in items)


def doubled(*wanted):
    """Return work that wants lists of numbers of readers, one list after another, and comes to all answers."""
    answers = []
    for reader, items in wanted:
        answers.append((yield Wanted(reader.read, items)))
    return answers


def test_work_that_wants_nothing_comes_to_its_end():
    assert alone(doubled()) == []
    assert side_by_side([]) == []


def test_what_several_wait_for_is_read_at_once():
    reader = Reader()
    works = [doubled((reader, [1, 2])), doubled(), doubled((reader, [3]), (reader, [4]))]
    assert side_by_side(works) == [[[2, 4]], [], [[6], [8]]]
    assert reader.asked == [[1, 2, 3], [4]]


def test_each_reader_is_asked_what_is_wanted_of_it():
    one, other = Reader(), Reader()
    works = [doubled((one, [1]), (other, [2])), doubled((other, [3])), doubled((one, [4]))]
    assert side_by_side(works) == [[[2], [4]], [[6]], [[8]]]
    assert (one.asked, other.asked) == ([[1, 4]], [[3], [2]])


@given(st.lists(st.lists(st.lists(st.integers(), max_size=3), max_size=3), max_size=5))
def test_each_comes_to_what_it_comes_to_alone(plans):
    together = side_by_side(doubled(*((Reader(), items) for items in plan)) for plan in plans)
    shared = Reader()
    assert together == side_by_side(doubled(*((shared, items) for items in plan)) for plan in plans)
    assert together == [[[2 * item for item in items] for items in plan] for plan in plans]


def test_what_a_reader_raises_is_raised():
    class Broken:
        def read(self, items):
            raise OSError(len(items))

    with pytest.raises(OSError, match="3"):
        side_by_side([doubled((Broken(), [1, 2, 3]))])
