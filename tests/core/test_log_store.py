# SPDX-License-Identifier: GPL-3.0-only
"""The rows in memory: nothing is lost or doubled at the seams of blocks, and the oldest go first."""

from __future__ import annotations

import numpy as np

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.log_columns import LogColumns, LogSource, columns_of_lines
from mtleak_gui.core.log_store import LogStore
from mtleak_gui.core.records import HeardLine, RawLine, RawMark


def rows(start: int, stop: int, port: str = "COM5") -> LogColumns:
    texts = [
        f"INFO  | 12:00:00 {number} [T{number % 3}] [heap {number}] line {number}" for number in range(start, stop)
    ]
    return columns_of_lines(
        HeardLine(RawLine(float(start + place), port, "serial", text), parse(text)) for place, text in enumerate(texts)
    )


def messages(store: LogStore) -> list[str]:
    found = [store.row(number) for number in range(store.first, store.end)]
    return [row.message for row in found if row is not None]


def test_rows_come_back_as_they_were_over_the_seams_of_blocks() -> None:
    store = LogStore(block_rows=8)
    for start, stop in ((0, 3), (3, 20), (20, 20), (20, 37)):
        store.append(rows(start, stop))
    assert len(store) == 37
    assert [len(block) for block in store.blocks] == [8, 8, 8, 8, 5]
    assert messages(store) == [f"line {number}" for number in range(37)]
    row = store.row(11)
    assert row is not None
    assert (row.number, row.ts, row.uptime, row.heap, row.thread) == (11, 11.0, 11.0, 11, "T2")
    assert row.source == LogSource("COM5", "serial")
    assert row.text == "INFO  | 12:00:00 11 [T2] [heap 11] line 11"


def test_the_oldest_block_goes_as_a_whole_and_numbers_stay() -> None:
    store = LogStore(capacity=20, block_rows=8)
    store.append(rows(0, 30))
    assert len(store) <= 20
    assert (store.first, store.end, store.forgotten) == (16, 30, 16)
    assert store.row(15) is None
    assert messages(store) == [f"line {number}" for number in range(16, 30)]


def test_older_rows_stand_before_and_those_that_are_held_are_left_out() -> None:
    store = LogStore(block_rows=8)
    store.append(rows(20, 25))
    assert store.put_before(store.older_than_held(rows(0, 22))) == 20
    assert store.first == -20
    assert messages(store) == [f"line {number}" for number in range(25)]
    row = store.row(0)
    assert row is not None
    assert row.message == "line 20"


def test_rows_of_one_time_are_neither_lost_nor_doubled() -> None:
    same = rows(0, 6)
    same.ts[:] = 7.0
    store = LogStore()
    store.append(same.between(4, 6))
    assert store.put_before(store.older_than_held(same)) == 4
    assert messages(store) == [f"line {number}" for number in range(6)]
    assert len(store.older_than_held(same)) == 0


def test_a_full_store_takes_the_newest_of_the_older_rows() -> None:
    store = LogStore(capacity=10, block_rows=4)
    store.append(rows(20, 26))
    assert store.put_before(rows(0, 20)) == 4
    assert messages(store) == [f"line {number}" for number in range(16, 26)]
    assert store.is_full
    assert store.put_before(rows(0, 16)) == 0


def test_an_empty_store_takes_the_past_and_goes_on() -> None:
    store = LogStore(block_rows=4)
    assert store.put_before(rows(0, 6)) == 6
    store.append(rows(6, 9))
    assert messages(store) == [f"line {number}" for number in range(9)]


def test_names_of_two_boards_are_told_apart() -> None:
    store = LogStore()
    store.append(rows(0, 2, "COM5"))
    store.append(rows(2, 4, "COM7"))
    ports = [row.source.port for number in range(4) if (row := store.row(number))]
    assert ports == ["COM5", "COM5", "COM7", "COM7"]


def test_forgetting_everything() -> None:
    store = LogStore()
    store.append(rows(0, 5))
    store.clear()
    assert (len(store), store.first, store.end) == (0, 0, 0)
    store.append(rows(5, 6))
    assert messages(store) == ["line 5"]


def test_blocks_hold_what_was_given_to_them() -> None:
    store = LogStore(block_rows=4)
    given = rows(0, 10)
    store.append(given)
    np.testing.assert_array_equal(np.concatenate([block.ts for block in store.blocks]), given.ts)
    assert b"".join(bytes(block.text) for block in store.blocks) == given.text


def test_rows_of_a_boot_are_counted_with_the_marks_in_it() -> None:
    store = LogStore(block_rows=4)
    store.append(rows(0, 10, "COM5"))
    store.append(rows(10, 14, "COM7"))
    store.append(columns_of_lines([], [RawMark(14.0, "burst")]))
    assert store.count_between(3.0, 12.0) == 9
    assert store.count_between(3.0, 99.0, "COM7") == 5
    assert store.count_between(0.0, 99.0, "COM9") == 1
