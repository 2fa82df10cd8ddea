# SPDX-License-Identifier: GPL-3.0-only
"""Thousands of rows looked at together are told to match if, and only if, each by itself matches."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mtleak_gui.core.bit_rows import BitRows
from mtleak_gui.core.literal_places import LiteralPlaces
from mtleak_gui.core.log_filter import LogFilter
from mtleak_gui.core.regex_streams import stream_regex
from tests.core.log_by_hand import expected_numbers, filtered, numbers, store_of

ALPHABET = "abzAZ019_ ,.-[\t\r\x00\x1b\x1c\x7f"
ROW = st.text(alphabet=ALPHABET, max_size=12)
ROWS = st.lists(ROW, min_size=1, max_size=40)
ROWS_OF_BYTES = st.lists(st.text(alphabet=f"{ALPHABET}\nkKsü☃İſ", max_size=12).map(str.encode), min_size=1, max_size=40)
LITERALS = st.sampled_from(
    ["a", "b", "A", "ab", "bA", "k", "s", "0", ",", r"\.", " ", r"\x00", r"\x1b", r"\n", r"\x80"]
)
CLASSES = st.sampled_from(
    [".", r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", "[ab]", "[^ab]", "[A-Z]", "[^a-z0]", "[Z-a]", r"[^\W_]", r"[\d,-]"]
)
ONE = st.one_of(LITERALS, CLASSES)
PLACES = st.sampled_from(["^", "$", r"\A", r"\Z", r"\b", r"\B"])
LIMITS = st.sampled_from(["*", "+", "?", "{2}", "{3}", "{0}", "{1,3}", "{0,5}", "{2,}", "*?", "+?", "??", "{1,2}?"])
FEW = st.sampled_from(["?", "??", "{2}", "{0,2}", "{1,3}", "{2,3}?", "{0}"])


def _larger(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(smaller, min_size=1, max_size=4).map("".join),
        st.lists(smaller, min_size=2, max_size=3).map(lambda some: f"(?:{'|'.join(some)})"),
        st.tuples(smaller, FEW).map(lambda made: f"({made[0]}){made[1]}"),
        st.tuples(st.sampled_from("ims"), smaller).map(lambda made: f"(?{made[0]}:{made[1]})"),
        smaller.map(lambda inner: f"(?:{inner}|)"),
    )


PATTERN = st.recursive(
    st.one_of(ONE, PLACES, st.tuples(ONE, LIMITS).map("".join)),
    _larger,
    max_leaves=6,
)
FLAGS = st.sets(st.sampled_from([re.IGNORECASE, re.MULTILINE, re.DOTALL])).map(lambda flags: sum(flags, re.NOFLAG))


def together(expression: re.Pattern[bytes], rows: list[bytes]) -> list[bool]:
    ends = np.cumsum([len(row) + 1 for row in rows]) - 1
    bits = BitRows(LiteralPlaces(b"\n".join(rows) + b"\n"), ends)
    streams = stream_regex(expression)
    assert streams is not None
    return [bool(found) for found in bits.with_any(streams.ends(bits))]


@settings(max_examples=600, deadline=None)
@given(rows=ROWS_OF_BYTES, pattern=PATTERN, flags=FLAGS)
@example(rows=[b"", b"a", b""], pattern=r"\B", flags=re.NOFLAG)
@example(rows=[b"a\n", b"\n", b"a\n\n"], pattern="a$", flags=re.NOFLAG)
@example(rows=[b"a\nb"], pattern="^b", flags=re.MULTILINE)
@example(rows=[b"ab", b"cd"], pattern=r"b\nc|b\s*c|b[^x]*c", flags=re.NOFLAG)
@example(rows=[b"a" * 40, b"a" * 39, b"a" * 20 + b"b" + b"a" * 39], pattern="a{40}", flags=re.NOFLAG)
@example(rows=[b"xaaaay", b"xaaaaay", b"xaaay"], pattern="xa{2,4}y", flags=re.NOFLAG)
@example(rows=[b"a" * 50], pattern="a{4000000000}|a{51,4000000000}", flags=re.NOFLAG)
def test_rows_together_match_as_each_by_itself(rows: list[bytes], pattern: str, flags: int) -> None:
    expression = re.compile(pattern.encode(), flags)
    assert together(expression, rows) == [expression.search(row) is not None for row in rows]


@settings(max_examples=250, deadline=None)
@given(rows=ROWS, pattern=PATTERN, match_case=st.booleans(), negate=st.booleans())
def test_any_filter_shows_what_a_look_at_each_row_shows(
    rows: list[str], pattern: str, match_case: bool, negate: bool
) -> None:
    store = store_of(rows, block_rows=16)
    wanted = LogFilter(pattern, match_case=match_case, negate=negate)
    assert numbers(filtered(store, wanted)) == expected_numbers(store, wanted)


@pytest.mark.parametrize("pattern", [r"(a)\1", "(?=a)b", "(?<!a)b", "(ab)*", "((ab?){9}){9}", "(){4000}"])
def test_what_streams_cannot_tell_is_refused(pattern: str) -> None:
    assert stream_regex(re.compile(pattern.encode())) is None


@settings(max_examples=200, deadline=None)
@given(rows=ROWS_OF_BYTES, literal=st.text(alphabet="abAkK0 ,.[\x00\x7f@`", min_size=1, max_size=4).map(str.encode))
def test_literals_stand_where_a_slow_search_finds_them(rows: list[bytes], literal: bytes) -> None:
    text = b"\n".join(rows)
    for folded in (False, True):
        look_in, look_for = (text.lower(), literal.lower()) if folded else (text, literal)
        expected = [at for at in range(len(text)) if look_in.startswith(look_for, at)]
        assert LiteralPlaces(text).of(literal, folded=folded).tolist() == expected


def test_a_letter_named_by_its_number_is_found_in_text() -> None:
    store = store_of(["Müller", "Muller", "caf\xe9"])
    assert numbers(filtered(store, LogFilter(r"\u00fc|\u00e9"))) == [0, 2]
