# SPDX-License-Identifier: GPL-3.0-only
"""Stores of log rows made by hand for the tests, and what a filter must show said row by row, without any haste."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mtleak_gui.core.filtered_log import FilteredLog
from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.log_columns import LEVELS, MARK, NO_LEVEL, LogColumns, columns_of_lines
from mtleak_gui.core.log_filter import LogFilter, checked_pattern
from mtleak_gui.core.log_matching import TextMatcher
from mtleak_gui.core.log_store import LogStore
from mtleak_gui.core.records import HeardLine, RawLine, RawMark


class Unbounded:
    """Stands for the engine that gives up where the text of the test is harmless."""

    def __init__(self, pattern: str, match_case: bool) -> None:
        self._pattern = re.compile(pattern, re.ASCII if match_case else re.ASCII | re.IGNORECASE)

    def matches(self, text: str) -> bool | None:
        return self._pattern.search(text) is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in self._pattern.finditer(text)]


def heard(ts: float, text: str, port: str = "COM5", level: str | None = None) -> HeardLine:
    return HeardLine(RawLine(ts, port, "serial", text, level), parse(text))


def columns(texts: Iterable[str], *, start: float = 0.0, port: str = "COM5") -> LogColumns:
    """Return a row for each text, a second apart; ``[mark] x`` is a mark, all others are lines."""
    lines, marks = [], []
    for second, text in enumerate(texts):
        if text.startswith("[mark] "):
            marks.append(RawMark(start + second, text.removeprefix("[mark] ")))
        else:
            lines.append(heard(start + second, text, port))
    return columns_of_lines(lines, marks)


def store_of(texts: Iterable[str], *, block_rows: int = 8, port: str = "COM5") -> LogStore:
    store = LogStore(block_rows=block_rows)
    store.append(columns(texts, port=port))
    return store


def matcher_of(wanted: LogFilter) -> TextMatcher:
    return TextMatcher(wanted, Unbounded)


def filtered(store: LogStore, wanted: LogFilter) -> FilteredLog:
    """Return a filtered log that is done."""
    log = FilteredLog(store, wanted, matcher_of(wanted))
    while not log.is_done:
        log.advance(lambda: True)
    return log


def numbers(log: FilteredLog) -> list[int]:
    return [log.number(shown) for shown in range(len(log))]


def expected_numbers(store: LogStore, wanted: LogFilter) -> list[int]:
    """Return the rows that must be shown, by the words of ``LogFilter`` and nothing else."""
    pattern = checked_pattern(wanted)
    since, until = wanted.span
    found = []
    for number in range(store.first, store.end):
        row = store.row(number)
        assert row is not None
        name = "INFO" if row.level == NO_LEVEL else LEVELS[row.level]
        if not since <= row.ts <= until or name not in wanted.levels:
            continue
        if row.level != MARK:
            if wanted.port is not None and row.source.port != wanted.port:
                continue
            if wanted.thread is not None and row.thread != wanted.thread:
                continue
            if pattern is not None and (pattern.search(row.text) is not None) == wanted.negate:
                continue
        found.append(number)
    return found
