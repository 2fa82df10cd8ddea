# SPDX-License-Identifier: GPL-3.0-only
"""Whatever a row holds, its line is ASCII-safe JSON that strict readers take."""

from __future__ import annotations

import enum
import json
import math
from collections.abc import Iterator

import msgspec
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtleak_gui.storage.row_encoding import encoded_row, encoded_rows


class Colour(enum.Enum):
    RED = "red"


class Stubborn:
    def __str__(self) -> str:
        raise RuntimeError("no text")


def endless() -> dict[str, object]:
    circle: dict[str, object] = {}
    circle["again"] = circle
    return circle


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("\x1b[32mINFO\x1b[0m | \x7f\t", "\x1b[32mINFO\x1b[0m | \x7f\t"),
        ("grün — ☃ 😀", "grün — ☃ 😀"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("\ud83d\ude00", "😀"),
        (math.nan, None),
        (math.inf, None),
        (2**64 - 1, 2**64 - 1),
        (2**64, str(2**64)),
        (-(2**80), str(-(2**80))),
        (b"\x00\xff", "00ff"),
        (bytearray(b"\x01"), "01"),
        ((1, "é"), [1, "é"]),
        ({1: "one", None: 2}, {"1": "one", "None": 2}),
        ({"\ud800": math.nan}, {"\ufffd": None}),
        (Colour.RED, "red"),
        (1e16, 1e16),
        ([True, None, 1.5], [True, None, 1.5]),
    ],
)
def test_each_value_is_stored_as_json_can_say_it(value: object, stored: object) -> None:
    line = encoded_row({"ts": 1795342500.25, "value": value})
    assert line.isascii()
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert orjson.loads(line) == {"ts": 1795342500.25, "value": stored}
    assert json.loads(line) == msgspec.json.decode(line)


def test_separators_and_escapes_are_those_of_the_peer() -> None:
    row = {"ts": 1.5, "line": "é\x1b", "n": None, "l": [1, 2]}
    assert encoded_row(row) == json.dumps(row, separators=(",", ":")).encode() + b"\n"


@pytest.mark.parametrize(
    "value",
    [Stubborn(), 10**5000, endless(), iter([1]), {"deep": endless()}],
    ids=["no text", "too long for decimals", "circle", "iterator", "circle below"],
)
def test_nothing_makes_it_raise(value: object) -> None:
    assert b"value" in encoded_row({"ts": 1.0, "value": value})


def values() -> st.SearchStrategy[object]:
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()) | st.binary()
    return st.recursive(
        scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner), max_leaves=6
    )


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(st.characters()), values()))
def test_any_row_is_one_line_that_strict_decoders_agree_on(row: dict[str, object]) -> None:
    line = encoded_row(row)
    assert line.isascii()
    assert line.index(b"\n") == len(line) - 1
    assert json.loads(line) == orjson.loads(line) == msgspec.json.decode(line)
    assert all(not 0xD800 <= ord(letter) <= 0xDFFF for text in _texts(json.loads(line)) for letter in text)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (*_texts(key), *_texts(item))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


@pytest.mark.parametrize("odd", ["plain", "größe", "\ud800", 1 << 70, float("nan"), b"\x00", {1: 2}])
def test_rows_encoded_at_once_are_those_encoded_one_by_one(odd: object) -> None:
    rows: list[dict[str, object]] = [
        {"ts": 1.5, "line": "a"},
        {"ts": 1.5, "line": odd},
        {"ts": 2.0, "line": "é"},
        {"ts": 3.0},
    ]
    for batch in (rows, rows[:2], rows[1:2], rows[:1], []):
        assert encoded_rows(batch) == b"".join(map(encoded_row, batch))
