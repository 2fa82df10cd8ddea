# SPDX-License-Identifier: GPL-3.0-only
"""Joins the list of marks and the plot's marks to the bench: rename, remove, bring back, add, jump."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mtleak_gui.core import wording
from mtleak_gui.core.dips import MarkResults
from mtleak_gui.core.markers import pair_ranges
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.heap.marker_list import MarkerList, labels_after_rename
from mtleak_gui.ui.pages.heap.marker_rows import ClockWords, MarkerRow, marker_rows
from mtleak_gui.ui.pages.heap.plot.picture import PlotMark, PlotRange

_MORE_SOON_MS = 40


class MarkDesk(QObject):
    """``shown`` tells what the plot shall show: its marks and its ranges."""

    shown = Signal(object, object)
    """Tuples of ``PlotMark`` and ``PlotRange``."""
    more_wanted = Signal()
    """There are results still to be worked out: ``refresh`` again."""
    chosen = Signal(float)
    """Go to this time."""

    def __init__(self, bench: Bench, view: MarkerList, parent: QObject) -> None:
        super().__init__(parent)
        self._bench, self._view = bench, view
        self._unit = wording.BYTE_UNIT
        self._results, self._heap_results = MarkResults(wording.BYTE_UNIT), MarkResults(wording.BYTE_UNIT)
        self._words = ClockWords()
        self._more_soon = QTimer(self, singleShot=True, interval=_MORE_SOON_MS)
        self._more_soon.timeout.connect(self.more_wanted)
        self._naming: float | None = None
        self._at: float | None = None
        view.mark_chosen.connect(self._choose)
        view.rename_requested.connect(self._rename)
        view.remove_requested.connect(self._remove)
        view.restore_requested.connect(self._restore)

    @property
    def count(self) -> int:
        """How many rows the list has."""
        return self._view.rows_model.rowCount()

    def refresh(self, session: Session | None, history: SeriesHistory | None, unit: str, now: float) -> None:
        """Show the marks as they stand, with what ``history`` did at them."""
        marks = self._bench.markers
        if self._unit != unit:
            self._unit, self._results = unit, MarkResults(unit)
        for results in (self._heap_results, self._results):
            results.begin()
        heap = None if session is None else session.heap
        self._view.show_rows(
            marker_rows(marks, () if session is None else session.boots, heap, self._heap_results, self._words)
        )
        ranges = tuple(
            PlotRange(
                mark.start,
                mark.end if mark.end is not None else now,
                "" if history is None else self._results.of_range(mark, history),
            )
            for mark in pair_ranges(marks)
        )
        plotted = tuple(
            PlotMark(mark.ts, wording.single_line(mark.label, 24), mark.note) for mark in marks if not mark.removed
        )
        self.shown.emit(plotted, ranges)
        if self._heap_results.pending or self._results.pending:
            self._more_soon.start()
        if self._naming is not None and any(mark.ts == self._naming for mark in marks):
            naming, self._naming = self._naming, None
            self._view.rename(naming)

    @Slot()
    def add(self) -> None:
        """Mark this moment; its name is asked for in the list."""
        self._naming = self._bench.now()
        self._bench.mark(self.tr("mark"), ts=self._naming)

    def jump(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) mark."""
        times = self._times()
        if self._at is None:
            ahead = times if by > 0 else times[::-1]
        else:
            ahead = [ts for ts in times if ts > self._at] if by > 0 else [ts for ts in times[::-1] if ts < self._at]
        if ahead:
            self._choose(ahead[0])

    def jump_to(self, number: int) -> None:
        """Go to mark ``number``, counted from 1 in the order of time; one that there is not is passed over."""
        times = self._times()
        if number <= len(times):
            self._choose(times[number - 1])

    def _times(self) -> list[float]:
        return [mark.ts for mark in self._bench.markers if not mark.removed]

    @Slot(float)
    def _choose(self, ts: float) -> None:
        self._at = ts
        self.chosen.emit(ts)

    @Slot(object, str)
    def _rename(self, row: MarkerRow, name: str) -> None:
        for mark, label in labels_after_rename(row, name):
            self._bench.edit_mark(mark.ts, label, mark.note)

    @Slot(object)
    def _remove(self, row: MarkerRow) -> None:
        for mark in row.marks:
            self._bench.remove_mark(mark.ts)

    @Slot(object)
    def _restore(self, row: MarkerRow) -> None:
        for mark in row.marks:
            self._bench.restore_mark(mark.ts)
