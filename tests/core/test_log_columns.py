# SPDX-License-Identifier: GPL-3.0-only
"""Log rows as columns: made from lines as heard and from rows as stored, they say the same."""

from __future__ import annotations

import json
import math
import pickle

import numpy as np
import pytest

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.log_columns import (
    LEVELS,
    MARK,
    MOST_THREADS,
    NO_HEAP,
    NO_LEVEL,
    LogColumns,
    LogSource,
    columns_of_lines,
    columns_of_rows,
)
from mtleak_gui.core.records import HeardLine, RawLine, RawMark
from mtleak_gui.core.rows import log_row, mark_rows
from tests.core.recorded_lines import console_lines


def heard(ts: float, text: str, level: str | None = None, thread: str | None = None) -> HeardLine:
    raw = RawLine(ts, "COM5", "serial", text, level, thread)
    return HeardLine(raw, parse(text))


def text_of(columns: LogColumns, row: int) -> str:
    return columns.text[columns.offsets[row] : columns.offsets[row + 1] - 1].decode()


def message_of(columns: LogColumns, row: int) -> str:
    return columns.text[columns.offsets[row] + columns.message_at[row] : columns.offsets[row + 1] - 1].decode()


def test_a_line_of_a_debug_heap_board() -> None:
    columns = columns_of_lines(
        [
            heard(
                5.0, "\x1b[34mDEBUG \x1b[0m| 12:00:01 95227 [Router] [heap 97412] \x1b[34mRx from=0x7c5a1f0e\x1b[0m\r\n"
            )
        ]
    )
    assert text_of(columns, 0) == "DEBUG | 12:00:01 95227 [Router] [heap 97412] Rx from=0x7c5a1f0e"
    assert message_of(columns, 0) == "Rx from=0x7c5a1f0e"
    assert (columns.ts[0], LEVELS[columns.level[0]], columns.uptime[0], columns.heap[0]) == (5.0, "DEBUG", 95227, 97412)
    assert columns.threads[columns.thread[0]] == "Router"
    assert columns.sources[columns.source[0]] == LogSource("COM5", "serial")


def test_a_line_without_anything() -> None:
    columns = columns_of_lines([heard(5.0, "rst:0x1 (POWERON)")])
    assert columns.level[0] == NO_LEVEL
    assert math.isnan(columns.uptime[0])
    assert columns.heap[0] == NO_HEAP
    assert columns.threads[columns.thread[0]] == ""
    assert message_of(columns, 0) == "rst:0x1 (POWERON)"


def test_a_log_record_brings_its_own_level_and_thread() -> None:
    columns = columns_of_lines([heard(5.0, "Lost everything", "ERROR", "Power")])
    assert LEVELS[columns.level[0]] == "ERROR"
    assert columns.threads[columns.thread[0]] == "Power"


def test_lines_of_level_heap_are_known_in_log_records_which_have_no_number_for_it() -> None:
    texts = [
        "------ Thread Router leaked heap 66080 -> 65632 (-448) ------",
        "Alloc in Router pointer 0x1, size: 4, free: 9",
    ]
    live = columns_of_lines([heard(1.0, text, None, "Router") for text in texts])
    stored = columns_of_rows([{"ts": 1.0, "role": "tcp", "level": None, "line": text} for text in texts])
    assert [LEVELS[code] for code in (*live.level, *stored.level)] == ["HEAP"] * 4


def test_marks_stand_between_the_lines_of_their_time() -> None:
    lines = [heard(1.0, "first"), heard(3.0, "third")]
    columns = columns_of_lines(lines, [RawMark(4.0, "end"), RawMark(2.0, "burst", "50 broadcasts")])
    assert columns.ts.tolist() == [1.0, 2.0, 3.0, 4.0]
    assert (columns.level == MARK).tolist() == [False, True, False, True]
    assert message_of(columns, 1) == "burst — 50 broadcasts"
    assert message_of(columns, 3) == "end"


def test_rows_from_disk_say_what_the_lines_said() -> None:
    texts = [raw.decode("utf-8", "replace") for raw in console_lines("heap-stdout.log")]
    lines = [heard(float(number), text) for number, text in enumerate(texts)]
    mark = RawMark(len(lines) + 1.0, "burst", "50 broadcasts")
    rows = [json.loads(json.dumps(log_row(*line))) for line in lines] + [mark_rows(mark)[1]]
    live, stored = columns_of_lines(lines, [mark]), columns_of_rows(rows)
    assert len(live) == len(lines) + 1
    for name in ("ts", "level", "uptime", "heap", "thread", "message_at", "offsets"):
        np.testing.assert_array_equal(getattr(live, name), getattr(stored, name), err_msg=name)
    assert live.text == stored.text
    assert live.threads == stored.threads


def test_a_board_cannot_set_a_mark() -> None:
    columns = columns_of_rows([{"ts": 1.0, "role": "serial", "level": "MARK", "line": "[mark] not a mark"}])
    assert columns.level[0] == NO_LEVEL
    assert message_of(columns, 0) == "[mark] not a mark"


@pytest.mark.parametrize("line", [None, 5, ["x"], "\ud800 lone surrogate", "Müller ☃", "", "\x00\x00"])
def test_rows_that_are_amiss_are_rows_still(line: object) -> None:
    row = {"ts": 1, "port": 7, "level": 3, "tag": {}, "uptime_s": True, "heap_free": 10**400, "line": line}
    columns = columns_of_rows([row])
    assert len(columns) == 1
    assert columns.level[0] == NO_LEVEL
    assert columns.heap[0] == NO_HEAP
    text_of(columns, 0)


def test_noise_cannot_fill_the_table_of_threads() -> None:
    columns = columns_of_lines([heard(0.0, "x", "INFO", f"thread {number}") for number in range(MOST_THREADS + 50)])
    assert len(columns.threads) == MOST_THREADS
    assert columns.thread[-1] == 0


def test_a_part_of_the_rows() -> None:
    columns = columns_of_lines([heard(float(number), f"line {number} é") for number in range(10)])
    part = columns.between(3, 6)
    assert part.ts.tolist() == [3.0, 4.0, 5.0]
    assert [text_of(part, row) for row in range(3)] == ["line 3 é", "line 4 é", "line 5 é"]
    assert len(columns.between(4, 4)) == 0
    assert columns.between(0, 10) is columns


def test_columns_go_to_another_process_and_come_back() -> None:
    columns = columns_of_lines([heard(1.0, "INFO  | 12:00:00 5 [Power] Battery")])
    back = pickle.loads(pickle.dumps(columns))
    assert text_of(back, 0) == text_of(columns, 0)
    assert back.sources == columns.sources
