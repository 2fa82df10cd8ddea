# SPDX-License-Identifier: GPL-3.0-only
"""The sieve of lines misses nothing: it finds what a look at each line by itself finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.storage.evidence_logs import telling_words
from mtleak_gui.storage.line_prefilter import LineSieve

WORDS = ("alloc", "wdt", "no_mem", "heap: ", "ets ")


def one_by_one(lines: list[str], words: tuple[str, ...]) -> list[int]:
    return [index for index, line in enumerate(lines) if any(word in line.lower() for word in words)]


@given(st.lists(st.text(alphabet="aAlLoOcCwdt_nmhep: \nüİ漢\x00", max_size=40), max_size=30))
def test_it_finds_what_a_plain_search_finds(lines: list[str]) -> None:
    assert LineSieve(WORDS).hits(lines) == one_by_one(lines, WORDS)


@pytest.mark.parametrize("at", [0, 1, 2, 3, (1 << 18) - 5, (1 << 18) - 3, (1 << 18) - 1, 1 << 18])
def test_a_word_is_found_wherever_it_stands(at: int) -> None:
    lines = ["x" * at + "No_Mem", "nothing", "WDT"]
    assert LineSieve(WORDS).hits(lines) == [0, 2]


@pytest.mark.parametrize("name", ["heap-stdout.log", "stock-plain-nocolour.log"])
def test_no_telling_line_of_a_real_console_is_missed(name: str, data: Path) -> None:
    lines = (data / name).read_text(encoding="utf-8", errors="replace").splitlines()
    hits = set(LineSieve(telling_words()).hits(lines))
    for index, text in enumerate(lines):
        line = parse(text)
        stated = line.heap is not None and line.heap.source != "prefix"
        if line.signature or line.boot or line.mem_audit or line.heap_event or stated:
            assert index in hits, text
