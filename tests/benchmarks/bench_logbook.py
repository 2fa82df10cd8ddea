# SPDX-License-Identifier: GPL-3.0-only
"""The logbook: filters over a million rows, following two thousand rows a second, memory, against Qt's proxy model.

Times are those of the processor: all of this is work of one thread, and a shared machine makes its wall times wander.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QRegularExpression, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication

from mtleak_gui.core.filtered_log import FilteredLog
from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.log_columns import LogColumns, columns_of_lines
from mtleak_gui.core.log_filter import LogFilter
from mtleak_gui.core.log_matching import TextMatcher
from mtleak_gui.core.log_store import LogStore
from mtleak_gui.core.records import Batch, HeardLine, RawLine
from mtleak_gui.ui.pages.logbook.bounded_regex import stepped_regex
from mtleak_gui.ui.pages.logbook.log_sifter import SLICE_S, LogSifter
from mtleak_gui.ui.pages.logbook.log_tab import LogTab
from mtleak_gui.ui.theme.assets import resource_folder
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.benchmarks.figures import Figure

ROWS = 1_000_000
SCREEN = 32
"""Rows on a screen of 716 pixels."""
FIRST_GOAL_MS, WHOLE_GOAL_MS = 10, 500
FILTERS = {
    "literal, any case": LogFilter("leaked heap"),
    "alternation": LogFilter("leaked heap|Alloc an err|Heap: "),
    "classes behind a literal": LogFilter(r"to=0x[0-9a-f]{8},id"),
    "classes alone": LogFilter(r"[0-9a-f]{8},"),
    "many repeats without a literal": LogFilter(r"\S+=\S+, \S+=\S+"),
    "words at the end of a row": LogFilter(r"\b\w+ \w+ \w+$"),
    "expression with a literal": LogFilter(r"Thread \w+ leaked"),
    "two repeats (engine that gives up)": LogFilter(r"leaked heap \d+ -> \d+"),
    "levels alone": LogFilter(levels=frozenset({"WARN", "ERROR"})),
    "not": LogFilter("Lora RX", negate=True),
    "no match": LogFilter("absent everywhere"),
}
FOLLOW_S = 10.0
ROWS_A_SECOND = 2_000
BATCHES_A_SECOND = 10


def run() -> list[Figure]:
    """Measure; takes about a minute."""
    sys.setswitchinterval(0.0005)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    columns = columns_of_lines(_lines(40_000))
    store, figures = _filled(columns)
    figures += [figure for name, wanted in FILTERS.items() for figure in _filter(store, name, wanted)]
    figures.append(_against_proxy(store))
    figures += _following(application, columns)
    return figures


def _lines(count: int) -> list[HeardLine]:
    """Return lines like those of a busy DEBUG_HEAP board: 130 bytes, one in twenty about memory."""
    rng = np.random.default_rng(7)
    kinds = rng.random(count)
    numbers = rng.integers(0, 2**32, (count, 2))
    lines = []
    for number, (kind, (one, two)) in enumerate(zip(kinds.tolist(), numbers.tolist(), strict=True)):
        heap = 120_000 - number % 5000
        if kind < 0.04:
            level, thread, message = (
                "HEAP ",
                "Router",
                f"------ Thread Router leaked heap {heap + 288} -> {heap} (-288) ------",
            )
        elif kind < 0.05:
            level, thread, message = (
                "WARN ",
                "Router",
                f"Alloc an err=8,to=0x{one:08x},idFrom=0x{two:08x},id=0x{one:08x}",
            )
        elif kind < 0.3:
            level, thread, message = (
                "INFO ",
                "Power",
                f"Battery: usbPower=1, isCharging=0, batMv={4000 + number % 200}, batPct=97",
            )
        else:
            message = f"Lora RX (id=0x{one:08x} fr=0x{two:08x} to=0xffffffff, WantAck=0, HopLim=3 Ch=0x8) rxSNR=5.5"
            level, thread = "DEBUG", "RadioIf"
        text = f"\x1b[34m{level} \x1b[0m| 12:00:00 {number} [{thread}] [heap {heap}] {message}"
        lines.append(HeardLine(RawLine(float(number), "COM5", "serial", text), parse(text)))
    return lines


def _filled(columns: LogColumns) -> tuple[LogStore, list[Figure]]:
    tracemalloc.start()
    store = LogStore(ROWS + len(columns))
    while len(store) < ROWS:
        store.append(columns)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    text = sum(len(block.text) for block in store.blocks)
    told = f"{held / len(store):.0f} B, {text / len(store):.0f} of it text"
    return store, [Figure("memory per row", told, goal="text + 40 B", met=held - text < 40 * len(store))]


def _filter(store: LogStore, name: str, wanted: LogFilter) -> list[Figure]:
    first, whole, longest, hits = [], [], [], 0
    for _ in range(3):
        log = FilteredLog(store, wanted, TextMatcher(wanted, stepped_regex))
        began = time.process_time()
        screen: float | None = None
        slices = []
        while not log.is_done:
            start = time.process_time()
            log.advance(lambda start=start: time.process_time() - start > SLICE_S, time.process_time)  # type: ignore[misc]  # bound at once
            now = time.process_time()
            slices.append(now - start)
            if screen is None and len(log) >= SCREEN:
                screen = now - began
        whole.append(time.process_time() - began)
        first.append(whole[-1] if screen is None else screen)
        longest.append(max(slices))
        hits = len(log)
    first_ms, whole_ms, slice_ms = (1000 * statistics.median(values) for values in (first, whole, longest))
    none = not hits
    return [
        Figure(
            f"{name}: first screen of 1M rows" if not none else f"{name}: sure that there is none",
            f"{first_ms:.1f} ms",
            goal=f"{FIRST_GOAL_MS} ms" if not none else "-",
            met=None if none else first_ms < FIRST_GOAL_MS,
        ),
        Figure(
            f"{name}: all of it ({hits:,} rows)",
            f"{whole_ms:.0f} ms, longest slice {slice_ms:.1f} ms",
            goal=f"{WHOLE_GOAL_MS} ms",
            met=whole_ms < WHOLE_GOAL_MS,
        ),
    ]


class _Rows(QAbstractListModel):
    """What a program without an own filter would have: a list of texts in a model of Python."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self._texts = texts

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # type: ignore[override]  # noqa: N802, B008 - Qt's
        return 0 if parent.isValid() else len(self._texts)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # type: ignore[override]
        return self._texts[index.row()] if role == Qt.ItemDataRole.DisplayRole else None


def _against_proxy(store: LogStore) -> Figure:
    texts = []
    for block in store.blocks:
        texts += [block.raw(index).decode() for index in range(len(block))]
    model, proxy = _Rows(texts[:ROWS]), QSortFilterProxyModel()
    proxy.setSourceModel(model)
    pattern = "leaked heap|Alloc an err|Heap: "
    theirs = _seconds(lambda: (proxy.setFilterRegularExpression(QRegularExpression(pattern)), proxy.rowCount()))
    wanted = LogFilter(pattern, match_case=True)
    log = FilteredLog(store, wanted, TextMatcher(wanted, stepped_regex))
    ours = _seconds(lambda: log.advance(lambda: False, time.process_time))
    assert len(log) >= proxy.rowCount() > 0
    name = "whole filter, against QSortFilterProxyModel over a Python model"
    return Figure(name, f"{ours * 1000:.0f} ms", f"{theirs * 1000:.0f} ms", theirs / ours, "x20", theirs / ours >= 20)


def _following(application: QApplication, columns: LogColumns) -> list[Figure]:
    """Take 2,000 rows a second while the view follows, with a filter in force, and draw each batch."""
    theme = ThemeKeeper(application, resource_folder(), "light")
    sifter = LogSifter()
    while len(sifter.store) < ROWS - len(columns):
        sifter.store.append(columns)
    tab = LogTab(theme, sifter, 12)
    tab.resize(1048, 571)
    tab.show()
    sifter.filter(LogFilter("Router|Lora|Battery"))
    while not sifter.is_done:
        application.processEvents()
    lines = _lines(ROWS_A_SECOND)
    size = ROWS_A_SECOND // BATCHES_A_SECOND
    batches = [Batch(lines=tuple(lines[at : at + size])) for at in range(0, len(lines), size)]
    steps: list[float] = []
    cpu, began, taken = time.process_time(), time.perf_counter(), 0
    while time.perf_counter() - began < FOLLOW_S:
        start = time.process_time()
        sifter.take_lines(batches[taken % len(batches)])
        tab.view.viewport().repaint()
        application.processEvents()
        steps.append(time.process_time() - start)
        taken += 1
        time.sleep(max(0.0, began + taken / BATCHES_A_SECOND - time.perf_counter()))
    share = (time.process_time() - cpu) / (time.perf_counter() - began)
    rows = taken * size
    complete = sifter.store.end >= rows and len(sifter.shown) <= len(sifter.store)
    tab.close()
    tab.deleteLater()
    return [
        Figure("following 2,000 rows/s: share of a core", f"{share * 100:.0f} %", goal="30 %", met=share < 0.3),
        Figure(
            "following 2,000 rows/s: longest step",
            f"{max(steps) * 1000:.1f} ms, median {statistics.median(steps) * 1000:.1f} ms, {rows:,} rows",
            goal="50 ms, none dropped",
            met=max(steps) < 0.05 and complete,
        ),
    ]


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
