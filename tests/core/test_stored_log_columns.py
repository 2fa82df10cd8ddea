# SPDX-License-Identifier: GPL-3.0-only
"""Rows made into columns many at a time are those made one by one: real consoles, odd lines, marks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.log_columns import HEAP, NO_LEVEL, LogColumns, columns_of_rows
from mtleak_gui.core.records import RawLine, RawMark
from mtleak_gui.core.rows import log_row, mark_rows
from mtleak_gui.core.stored_log_columns import columns_of_stored

_KEYS = ("ts", "port", "role", "level", "tag", "uptime_s", "line", "heap_free")


@dataclass
class StoredRow:
    """A row as it was decoded."""

    ts: float
    port: str | None = None
    role: str | None = None
    level: str | None = None
    tag: str | None = None
    uptime_s: float | None = None
    line: str | None = None
    heap_free: object = None


def _check(rows: list[StoredRow]) -> None:
    made, expected = columns_of_stored(rows), columns_of_rows([vars(row) for row in rows])
    for name in ("ts", "level", "uptime", "heap", "source", "thread", "message_at", "offsets"):
        mine, its = getattr(made, name), getattr(expected, name)
        assert mine.dtype == its.dtype, name
        assert np.array_equal(mine, its, equal_nan=mine.dtype == np.float64), name
    assert (made.text, made.sources, made.threads) == (expected.text, expected.sources, expected.threads)
    assert isinstance(made, LogColumns)


def _row(text: str, ts: float) -> StoredRow:
    row = log_row(RawLine(ts, "COM3", "serial", text), parse(text))
    return StoredRow(**{key: row[key] for key in _KEYS if key in row})  # type: ignore[arg-type]  # keys of the row


def _texts_of(path: Path) -> list[str]:
    return path.read_text("utf-8", "replace").split("\n")[:3_000]


def test_real_consoles(data: Path) -> None:
    consoles = [path for path in data.rglob("*.log") if path.is_file()]
    assert consoles
    for path in consoles:
        _check([_row(text, 1.0 + number) for number, text in enumerate(_texts_of(path))])


def test_marks_and_text_beyond_ascii() -> None:
    _, mark = mark_rows(RawMark(2.0, "Büro", "über 3 Wände — weit"))
    lines = ["INFO  | 12:00:00 7 [Röuter] naïve", "DEBUG | 12:00:00 8 [heap 9] x", "ÄÖÜ", "", "[mark] of the board"]
    rows = [_row(text, 3.0 + number) for number, text in enumerate(lines)]
    rows.insert(1, StoredRow(**{key: mark[key] for key in _KEYS if key in mark}))  # type: ignore[arg-type]  # its keys
    rows.append(StoredRow(9.0, "COM3", "serial", "MARK", "x", 5.0, "a board that says MARK", 5))
    _check(rows)


@pytest.mark.parametrize(
    "rows", [[], [StoredRow(1.0)], [StoredRow(1.0, line="two\nlines"), StoredRow(2.0, line="\r\n")]]
)
def test_few_or_odd_rows(rows: list[StoredRow]) -> None:
    _check(rows)


def test_records_without_a_level_are_heap_lines_by_what_they_say() -> None:
    texts = [
        "------ Thread Router leaked heap 90 -> 80 (-10) ------",
        "\x1b[36m++++++ Thread Power freed heap 80 -> 90 (10) ++++++\x1b[0m",
        "------ Thread Router leaked heap",
        "Alloc in Router::x pointer 0x3fce, size: 432, free: 80\r",
        "HEAP  | 12:00:00 7 [Router] ------ Thread Router leaked heap 90 -> 80 (-10) ------",
        "msg=------ Thread Router leaked heap 90 -> 80 (-10) ------",
        "the heap is full",
    ]
    rows = [StoredRow(1.0, "p", "demo", line=text) for text in texts]
    _check(rows)
    assert list(columns_of_stored(rows).level) == [HEAP, HEAP, NO_LEVEL, HEAP, HEAP, NO_LEVEL, NO_LEVEL]


@given(st.lists(st.tuples(st.text(max_size=60), st.sampled_from(["DEBUG", "MARK", None, "odd"])), max_size=6))
def test_any_line(lines: list[tuple[str, str | None]]) -> None:
    _check([StoredRow(1.0, "p", "serial", level, None, None, text) for text, level in lines])
