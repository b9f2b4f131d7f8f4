"""Whatever is sent to a surface, it answers in its own words: good input, cut and mixed at random.

`FSM_LANGUAGE_EXAMPLES=1000` tries more of them; `benchmarks/fuzz.py` goes on for as long as it is told.
"""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from surfaces import TARGETS

EXAMPLES = int(os.environ.get("FSM_LANGUAGE_EXAMPLES", "12"))
SCRAPS = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [b"", b"\0", b"\xff", b'"', b"\n\n", b"<a>", b"</", b"&x;", b"[" * 400, b"{", b"*a", b"&a ", b"null", b"-1",
         b"9" * 5000, b"2026-13-45", b"true", b"\xed\xa0\x80",
         "“".encode(), "\u202e".encode(), b"%PDF", b"PK\x03\x04", b"\\u-999999 "]
    ),
)  # fmt: skip
CUT = st.tuples(st.floats(0, 1), st.integers(0, 40), SCRAPS)


def cut(content, cuts):
    """`content` with stretches of it replaced."""
    for where, length, scrap in cuts:
        at = int(where * len(content))
        content = content[:at] + scrap + content[at + length :]
    return content


@pytest.mark.parametrize("name", TARGETS)
def test_a_surface_takes_what_is_good_and_what_is_cut_and_mixed(name):
    target = TARGETS[name]
    seeds = list(target.seeds())
    target.feed(seeds[0])

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(seeds), st.lists(CUT, max_size=4))
    def feed(seed, cuts):
        target.feed(cut(seed, cuts))

    feed()
