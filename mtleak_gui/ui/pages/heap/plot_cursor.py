# SPDX-License-Identifier: GPL-3.0-only
"""The plot's cursor: it follows the pointer, stays where it was put, and tells the sample that was clicked."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from mtleak_gui.core import wording
from mtleak_gui.core.axis_ticks import TimeMode
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.heap.cursor_words import cursor_at, nearest_sample
from mtleak_gui.ui.pages.heap.picture_composer import ValueMap
from mtleak_gui.ui.pages.heap.plot.heap_plot import HeapPlot
from mtleak_gui.ui.pages.heap.plot.picture import PlotMark

_NEAR_LINE_S = 0.05
_NEAR_MARK_PX = 4.0


class PlotCursor(QObject):
    """``sample_clicked`` comes when a click did not turn out to be half of a double click."""

    sample_clicked = Signal(float)

    def __init__(self, plot: HeapPlot, parent: QObject) -> None:
        super().__init__(parent)
        self._plot = plot
        self._session: Session | None = None
        self._history: SeriesHistory | None = None
        self._mapped = ValueMap(1.0, 0.0, "")
        self._mode: TimeMode = "local"
        self._ts: float | None = None
        self._pinned = False
        self._click_wait = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._click_wait.timeout.connect(self._tell_click)
        plot.hovered.connect(self._hover)
        plot.view.clicked.connect(self._click)
        plot.view.fit_requested.connect(self._click_wait.stop)

    def show_subject(self, session: Session, history: SeriesHistory, mapped: ValueMap, mode: TimeMode) -> None:
        """Read another series, or the same one with more samples."""
        self._session, self._history, self._mapped, self._mode = session, history, mapped, mode
        self._show()

    def put(self, ts: float) -> None:
        """Put the cursor on the sample nearest to ``ts`` and keep it there."""
        self._pinned, self._ts = True, ts
        self._show()

    def clear(self) -> None:
        """Take the cursor away until the pointer moves."""
        self._pinned, self._ts = False, None
        self._plot.cursor_layer.show_cursor(None)

    @Slot(object)
    def _hover(self, ts: float | None) -> None:
        if not self._pinned:
            self._ts = ts
            self._show()

    @Slot(float)
    def _click(self, ts: float) -> None:
        self.put(ts)
        self._click_wait.start()

    @Slot()
    def _tell_click(self) -> None:
        index = self._index()
        if self._history is not None and index is not None:
            self.sample_clicked.emit(float(self._history.ts[index]))

    def _index(self) -> int | None:
        return None if self._history is None or self._ts is None else nearest_sample(self._history, self._ts)

    def _show(self) -> None:
        index = self._index()
        if self._history is None or self._session is None or index is None:
            self._plot.cursor_layer.show_cursor(None)
            return
        thread = _thread_at(self._session, float(self._history.ts[index]))
        cursor = cursor_at(self._history, index, self._mapped, self._mode, thread)
        mark = self._mark_near()
        self._plot.cursor_layer.show_cursor(cursor if mark is None else cursor._replace(source=_mark_words(mark)))

    def _mark_near(self) -> PlotMark | None:
        """Return the mark whose line is under the pointer."""
        picture, scale = self._plot.picture, self._plot.view.scale_now()
        if picture is None or self._ts is None:
            return None
        reach = abs(scale.time_at(_NEAR_MARK_PX) - scale.time_at(0))
        near = [mark for mark in picture.marks if abs(mark.ts - self._ts) <= reach]
        return min(near, key=lambda mark: abs(mark.ts - (self._ts or 0.0)), default=None)


def _mark_words(mark: PlotMark) -> str:
    return f"{mark.label} — {wording.single_line(mark.note, 48)}" if mark.note else mark.label


def _thread_at(session: Session, ts: float) -> str | None:
    """Return the thread whose leaked or freed line gave the sample, among the newest ones."""
    for delta in reversed(session.thread_deltas):
        if abs(delta.ts - ts) <= _NEAR_LINE_S:
            return delta.thread
        if delta.ts < ts - 1:
            return None
    return None
