"""A process that is ended while it checks notes costs at most the note that ended it."""

import ctypes
import faulthandler
import multiprocessing
import os
import signal
from dataclasses import replace

import pytest

from fsm_language.batch import check
from fsm_language.configuration import Configuration
from fsm_language.readers import Note
from fsm_language.settings import Settings

PLAIN = Configuration(Settings(contextual=False, tone=False), jobs=2)
FILLING = "Mum failed to attend the review. Gran made tea.\n" * 400  # about a third of a chunk
COUNT = 24


def killed():
    os.kill(os.getpid(), signal.SIGKILL)


def out_of_bounds():
    faulthandler.disable()  # what it prints would be of use to nobody
    ctypes.string_at(0)


def gone():
    os._exit(1)


class Deadly(Note):
    """A note that ends any process that it is handed to."""

    __slots__ = ("how",)

    def __reduce__(self):
        return self.how, ()


def deadly(number, how):
    note = Deadly("n.jsonl", FILLING, str(number))
    object.__setattr__(note, "how", how)
    return note


def notes(ends=()):
    ends = dict(ends)
    for number in range(COUNT):
        yield deadly(number, ends[number]) if number in ends else Note("n.jsonl", FILLING, str(number))


def shown(reports):
    return [(report.id, report.findings, dict(report.measures), report.error, report.document) for report in reports]


@pytest.fixture(scope="module")
def undisturbed():
    return shown(check(notes(), replace(PLAIN, jobs=1)))


@pytest.mark.parametrize(
    "ends",
    [
        {7: killed},
        {0: out_of_bounds},
        {COUNT - 1: gone},
        {3: killed, 4: out_of_bounds, 5: gone, 20: killed},
    ],
    ids=["kill -9", "a segmentation fault in the first", "an exit in the last", "several, some side by side"],
)
def test_a_note_that_ends_its_process_is_an_error_and_the_others_are_checked(undisturbed, ends):
    reports = shown(check(notes(ends), PLAIN))
    assert [report[0] for report in reports] == [str(number) for number in range(COUNT)]
    for number, (disturbed, expected) in enumerate(zip(reports, undisturbed, strict=True)):
        if number in ends:
            assert "ended the process" in disturbed[3]
        else:
            assert disturbed == expected


def test_a_process_ended_from_outside_costs_nothing(undisturbed):
    reports = []
    for report in check(notes(), PLAIN):
        if not reports:
            os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)
        reports.append(report)
    assert shown(reports) == undisturbed


def test_no_process_is_left_when_all_is_done():
    assert sum(report.error is not None for report in check(notes({2: killed}), PLAIN)) == 1
    assert multiprocessing.active_children() == []
