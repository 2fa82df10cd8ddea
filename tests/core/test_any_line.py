# SPDX-License-Identifier: GPL-3.0-only
"""What holds for any line whatever: the parser never raises, takes linear time, and its short cuts change nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtleak_gui.core.firmware_log import parse, with_what_it_tells
from mtleak_gui.core.line_header import _hidden_header, _uncommon_header, read_header
from mtleak_gui.core.telling_stems import STEMS, STEMS_WITHOUT_HEADER
from mtleak_gui.core.terminal_text import without_escapes
from tests.core.recorded_lines import all_lines

PIECES = [
    "INFO  ",
    "DEBUG ",
    "HEAP",
    "| ",
    "|",
    " ",
    "12:34:56",
    "??:??:??",
    "12345",
    "0.001",
    "[Router]",
    "[",
    "]",
    "[heap 92344]",
    "[heap 4294967295]",
    "message",
    "\x1b[32m",
    "\x1b",
    "[0m",
    "\r",
    "\n",
    "\x00",
    "E (123) tag: ",
    "[  12][E][a.c:1] ",
    "Nov 22 ",
    "2026-11-22T",
    "[12:00:00.123]",
    " -> ",
    "msg=",
    "user !",
    "{'",
    "Heap status: 1/2 bytes free (3)",
    "Heap: 5/6 bytes free",
    "Thread Router leaked heap 3 -> 1 (-2)",
    "Alloc in x pointer 0x1, size: 1, free: 2",
    "MemAudit[boot]: a=1 total=1",
    "S:B:37,2.8,native,x",
    "rst:0x1 (POWERON)",
    "Alloc an err=5,to=0x1",
    "out of memory",
    "\xe9",
    "\ud800",
    "=",
]

ROM_STEMS = set(STEMS_WITHOUT_HEADER) - set(STEMS)
ASSEMBLED = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
LONG = 100_000


@given(st.text())
def test_no_text_makes_it_raise(raw: str) -> None:
    assert parse(raw).raw == raw


@given(st.binary())
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    assert parse(raw).raw == raw.decode("utf-8", "replace")


@given(ASSEMBLED)
@settings(max_examples=400)
def test_no_line_made_of_pieces_of_real_ones_makes_it_raise(raw: str) -> None:
    line = parse(raw)
    assert line.raw == raw
    assert line.message in without_escapes(raw) or "[" in raw


@given(ASSEMBLED)
@settings(max_examples=400)
def test_the_short_way_for_common_headers_gives_what_the_long_way_gives(raw: str) -> None:
    text = without_escapes(raw)
    if text[:1].isalpha():
        assert read_header(text) == _uncommon_header(text)


@given(st.sampled_from(["------ Thread ", "++++++ Thread "]), ASSEMBLED)
@settings(max_examples=400)
def test_the_short_way_for_records_of_debug_heap_gives_what_the_long_way_gives(begin: str, raw: str) -> None:
    text = begin + without_escapes(raw)
    assert read_header(text) == _hidden_header(text)


@given(ASSEMBLED)
@settings(max_examples=400)
def test_a_line_that_is_let_pass_unread_has_nothing_to_tell(raw: str) -> None:
    line = parse(raw)
    behind_header = line.level is not None and any(stem in line.message.lower() for stem in ROM_STEMS)
    assert behind_header or with_what_it_tells(line) == line


def test_both_short_cuts_change_nothing_in_the_recorded_logs() -> None:
    for raw in all_lines():
        line = parse(raw)
        text = without_escapes(line.raw)
        assert with_what_it_tells(line) == line
        assert read_header(text) == _uncommon_header(text)


@pytest.mark.parametrize(
    "piece",
    [
        " ",
        "[",
        "]",
        "\x1b[",
        "\x1b]",
        "\x1b",
        "[0m",
        "0",
        "9:",
        "12:34:56 ",
        "[12:00:00.1] ",
        "Nov 22 12:00:00 ",
        "(",
        "!",
        "\x00",
        "\r",
        "INFO",
        "INFO  | ",
        "INFO  | 12:34:56 ",
        "INFO  | 12:34:56 1 [heap ",
        "Thread ",
        "Thread x leaked heap ",
        "Alloc in ",
        "Alloc in x pointer ",
        "Heap status: ",
        "Heap: 1/2 bytes free ",
        "MemAudit[",
        "MemAudit[x]: a=",
        "a=1 ",
        "S:B:",
        "S:B:1,2,",
        "rst:0x",
        "reset_reason=",
        "Alloc an err=",
        "allocation ",
        "malloc ",
        "heap_caps_alloc",
        "assertion ",
        "backtrace:",
        "msg=",
        "received ",
        "{ ",
        "user ",
        "é",
        "\ud800",
        "\u2592",
        "E (1) ",
        "[1][E]",
        "-",
        "+ ",
        "| ",
    ],
)
@pytest.mark.parametrize(
    "start", ["", "INFO  | 12:34:56 1 [Router] ", "INFO  | 12:34:56 1 heap alloc boot ", "MemAudit[x]:"]
)
def test_a_line_of_a_hundred_thousand_characters_is_read_in_the_end(piece: str, start: str) -> None:
    raw = start + piece * (LONG // len(piece))
    assert parse(raw).raw == raw


def test_figures_of_any_length_are_no_trouble() -> None:
    digits = "9" * LONG
    for message in (
        "Heap status: {}/{} bytes free ({})",
        "[heap {}] x",
        "S:B:{},{}",
        "Alloc an err={},to=0x1",
        "MemAudit[x]: a={}",
    ):
        parse(message.replace("{}", digits))
    parse(f"INFO  | 12:34:56 {digits} x")
    parse(f"E ({digits}) tag: x")
