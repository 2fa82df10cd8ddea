# SPDX-License-Identifier: GPL-3.0-only
"""Literals taken from regular expressions: no row that matches is ever without one, however it is escaped."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtleak_gui.core.regex_literals import Clause, plain_clause, quoted_clause, required_clause


def holds(raw: bytes, clause: Clause) -> bool:
    haystack = raw.lower() if clause.folded else raw
    return any(literal in haystack for literal in clause.literals)


@pytest.mark.parametrize(
    ("expression", "literals", "folded"),
    [
        (r"Alloc an err=\d+", [b"Alloc an err="], False),
        (r"^\s*heap \d+|free (a|b)+ memory$", [b" memory", b"heap "], False),
        (r"out of memory|bad_alloc|Low heap \(", [b"Low heap (", b"bad_alloc", b"out of memory"], False),
        (r"(?i)ROUTER", [b"router"], True),
        (r"(?i)task", [b"ta"], True),
        (r"(?ai)task", [b"task"], True),
        (r"(?:leaked){2,3}", [b"leaked"], False),
        (r'say "hello" \\ twice', [b" twice"], False),
        (r"(?P<a>one)(?=two)(?P=a)", [b"one"], False),
        (r"(?>atomic)++", [b"atomic"], False),
    ],
)
def test_the_literals_of_an_expression(expression: str, literals: list[bytes], folded: bool) -> None:
    assert required_clause(re.compile(expression)) == Clause(tuple(literals), folded)


@pytest.mark.parametrize(
    "expression", ["", ".*", r"\d+", "(heap)?", "a|heap", "[hH][eE]", "(heap|)", "é", "(?i)ski", "x*"]
)
def test_an_expression_that_requires_no_literal_has_none(expression: str) -> None:
    assert required_clause(re.compile(expression)) is None


SPECIAL = ["heap", "He", "k", "s", "is", " ", '"', "/", "é", "\n", "ſ", "K", "<", "1"]
atoms = st.sampled_from([*SPECIAL, "\\\\", ".", r"\d", r"\w", "[ab]", "^", "$", r"\b"])
repeats = st.sampled_from(["*", "+", "?", "{2}", "{0,2}", "+?"])
expressions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, repeats).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        st.tuples(st.sampled_from(["(?i:", "(?=", "(?!"]), inner).map(lambda pair: f"{pair[0]}{pair[1]})"),
    ),
    max_leaves=8,
)
lines = st.lists(st.sampled_from([*SPECIAL, "HEAP", "K", "S", "İs", "\\", "a"]), max_size=8).map("".join)


@settings(max_examples=400)
@given(expressions, st.sampled_from([0, re.IGNORECASE, re.MULTILINE, re.VERBOSE, re.IGNORECASE | re.ASCII]), lines)
def test_each_line_that_matches_holds_a_literal(expression: str, flags: int, line: str) -> None:
    compiled = re.compile(expression, flags)
    clause = required_clause(compiled)
    if clause is None or compiled.search(line) is None:
        return
    for ascii_only in (True, False):
        assert holds(json.dumps({"ts": 1.0, "line": line}, ensure_ascii=ascii_only).encode(), clause)
    assert holds(json.dumps({"line": line}).replace("/", "\\/").replace("<", "\\u003c").encode(), clause)


@given(st.sets(st.text(max_size=6), min_size=1, max_size=3), st.text(max_size=6))
def test_a_value_is_found_quoted_or_the_clause_is_not_used(values: set[str], other: str) -> None:
    loose, compact = (quoted_clause("tag", values, compact=compact) for compact in (False, True))
    for value in values:
        row = {"tag": value, "x": other}
        assert loose is None or holds(json.dumps(row, indent=1).encode(), loose)
        assert compact is None or holds(json.dumps(row, separators=(",", ":")).encode(), compact)


def test_a_node_may_be_text_or_number_but_nothing_that_reads_like_null() -> None:
    assert plain_clause(["!a1b2c3d4", "42"]) == Clause((b"!a1b2c3d4", b"42"))
    assert plain_clause(["None"]) is None
    assert plain_clause(["1.5"]) is None
