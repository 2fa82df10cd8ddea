# SPDX-License-Identifier: GPL-3.0-only
"""Many lines at once give what the same lines give one by one: parsed, as rows, and watched for restarts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.line_batch import parse_all
from mtleak_gui.core.records import RawLine
from mtleak_gui.core.restart_watch import RestartWatch
from mtleak_gui.core.rows import CONSOLE_ROLE, heap_row, line_rows, log_row
from mtleak_gui.core.telling_stems import STEMS, may_tell, numbers_of_those_that_may_tell
from tests.core.recorded_lines import all_lines
from tests.core.test_any_line import ASSEMBLED, PIECES

COMMON = "DEBUG | 12:34:56 12345 [Router] [heap 92344] "
SPECIAL = [
    *PIECES,
    COMMON,
    "\x1b]0;title",
    "\x07",
    "\x1b[",
    "\x1b[0m31m",
    "\u212a",
    "\u0130",
    "\u2028",
    "\x85",
    "BacK",
    "paniC",
]
LINES = st.lists(ASSEMBLED | st.text() | st.lists(st.sampled_from(SPECIAL), max_size=8).map("".join), max_size=12)


def recorded_texts() -> list[str]:
    return [parse(raw).raw for raw in all_lines()]


@given(LINES)
@settings(max_examples=600)
def test_lines_parsed_at_once_are_those_parsed_one_by_one(texts: list[str]) -> None:
    assert parse_all(texts) == [parse(text) for text in texts]


@given(LINES)
@settings(max_examples=600)
def test_lines_with_common_headers_parsed_at_once_are_those_parsed_one_by_one(texts: list[str]) -> None:
    headed = [COMMON + text for text in texts]
    assert parse_all(headed) == [parse(text) for text in headed]


@pytest.mark.parametrize("size", [1, 4, 64, 1000])
def test_the_recorded_logs_parsed_at_once_are_those_parsed_one_by_one(size: int) -> None:
    texts = recorded_texts()
    at_once = [line for begin in range(0, len(texts), size) for line in parse_all(texts[begin : begin + size])]
    assert at_once == [parse(text) for text in texts]


@pytest.mark.parametrize("odd", ["", "\n", "a\nb", "x\r", "x\x00\r\n", "\x1b]0;a", "\x1b", "\x1b[", "\ud800", "\u212a"])
def test_one_odd_line_changes_none_of_its_neighbours(odd: str) -> None:
    texts = [COMMON + "one", odd, COMMON + odd, "m31m" + COMMON, "", COMMON + "panic'ed", "\x07" + COMMON, odd]
    assert parse_all(texts) == [parse(text) for text in texts]


@pytest.mark.parametrize("stem", STEMS)
def test_a_stem_is_found_wherever_it_stands(stem: str) -> None:
    messages = [stem, "x", f"x{stem}", f"{stem}x", "", f"x {stem.upper()} y", stem[:-1], stem.title(), f"é{stem}"]
    assert numbers_of_those_that_may_tell(messages) == [
        number for number, message in enumerate(messages) if may_tell(message, STEMS)
    ]
    assert 8 in numbers_of_those_that_may_tell(messages)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([CONSOLE_ROLE, "serial"]),
            ASSEMBLED | ASSEMBLED.map(COMMON.__add__),
            st.sampled_from([None, "WARN"]),
            st.sampled_from([None, "Main"]),
            st.sampled_from([None, 0, 1_700_000_000]),
        )
    )
)
def test_rows_made_at_once_are_those_of_each_line_with_the_same_order_of_keys(
    told: list[tuple[str, str, str | None, str | None, int | None]],
) -> None:
    heard = [RawLine(float(ts), "/dev/x", *one) for ts, one in enumerate(told)]
    lines = [parse(one.text) for one in heard]
    expected: list[tuple[str, object]] = []
    for one, line in zip(heard, lines, strict=True):
        expected.append(("logs", [*log_row(one, line).items()]))
        sample = None if line.heap is None else heap_row(one, line.heap)
        if sample is not None:
            expected.append(("telemetry", [*sample.items()]))
    assert [(stream, [*row.items()]) for stream, row in line_rows(heard, lines)] == expected


def test_restarts_in_the_recorded_logs_are_those_told_line_by_line() -> None:
    heard = [
        RawLine(number * 7.0, f"/dev/{number % 2}", "serial", text) for number, text in enumerate(recorded_texts())
    ]
    lines = parse_all([one.text for one in heard])
    singly = RestartWatch()
    expected = [
        (number, restart)
        for number, (one, line) in enumerate(zip(heard, lines, strict=True))
        if (restart := singly.line_heard(one.ts, one.port, line)) is not None
    ]
    assert RestartWatch().lines_heard(heard, lines) == expected
    assert len(expected) > 2


def test_figures_beside_the_prefix_are_kept() -> None:
    text = "WARN  | 12:00:00 5 [Main] [heap 9000] Total heap: 300000"
    heard = RawLine(1.0, "/dev/ttyUSB0", CONSOLE_ROLE, text)
    (_, log), (_, telemetry) = line_rows([heard], parse_all([text]))
    assert (log["heap_free"], log["heap_total"]) == (9_000, 300_000)
    assert telemetry["fields"] == {"heap_free_bytes": 9_000, "heap_total_bytes": 300_000}
