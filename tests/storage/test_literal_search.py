# SPDX-License-Identifier: GPL-3.0-only
"""Searching a block for literals finds the lines that a plain look at each line finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mtleak_gui.core.regex_literals import Clause
from mtleak_gui.storage.literal_search import LiteralSearch

words = st.sampled_from([b"heap", b"ap", b"aaa", b"a", b"HEAP", b" ", b"\n", b"\n\n", b"ERROR", b'"', b"rare", b"RARE"])
texts = st.lists(words, max_size=40).map(b"".join)
literals = st.sets(
    st.sampled_from([b"heap", b"aa", b"aaaa", b"error", b"rare", b"ap a", b'"a', b"nowhere"]), min_size=1
)


@settings(max_examples=300)
@given(texts, texts, literals, st.booleans())
def test_lines_are_found_in_order_and_once(piece: bytes, sample: bytes, wanted: set[bytes], folded: bool) -> None:
    lines = piece.split(b"\n")
    expected = [line for line in lines if any(one in (line.lower() if folded else line) for one in wanted)]
    for common in (b"", b"heap aa error rare" * 99):  # pairs that are common are searched for in another way
        search = LiteralSearch(Clause(tuple(sorted(wanted)), folded), sample + common)
        for _ in range(2):
            assert search.lines(piece) == expected
