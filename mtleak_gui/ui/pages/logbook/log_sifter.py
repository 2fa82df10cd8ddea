# SPDX-License-Identifier: GPL-3.0-only
"""Holds the log rows, filters and searches them in slices of a few milliseconds. Runs in: GUI thread."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mtleak_gui.core.filtered_log import FilteredLog
from mtleak_gui.core.found_rows import FoundRows
from mtleak_gui.core.log_columns import LogColumns, columns_of_lines
from mtleak_gui.core.log_filter import LogFilter
from mtleak_gui.core.log_matching import TextMatcher
from mtleak_gui.core.log_store import LogStore
from mtleak_gui.core.records import Batch
from mtleak_gui.ui.pages.logbook.bounded_regex import stepped_regex

SLICE_S = 0.003
_ROWS_AT_ONCE = 8_192
"""Rows from disk that are taken in one slice: about 1 ms."""
_SCREEN = 100
"""Rows that fill any screen."""
_TELL_EACH_S = 0.06


class LogSifter(QObject):
    """``shown`` is what a view shows now, ``found`` what find has found in it, ``None`` when nothing is looked for."""

    changed = Signal()
    """Rows were added to ``shown``, or left it, or the counts are others."""
    done = Signal()
    """All rows that are held are filtered and searched."""
    found_changed = Signal()

    def __init__(self, parent: QObject | None = None, capacity: int | None = None) -> None:
        super().__init__(parent)
        self.store = LogStore() if capacity is None else LogStore(capacity)
        self.found: FoundRows | None = None
        self._waiting: LogColumns | None = None
        """Rows from disk that are still to be taken, the newest first: ``_left`` of them."""
        self._left = 0
        self._told_at = 0.0
        self._frozen = False
        self.shown = FilteredLog(self.store, LogFilter(), _matcher(LogFilter()))
        # A timer without a wait lets the window draw and listen between two slices.
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._work)

    @property
    def wanted(self) -> LogFilter:
        """The filter in force."""
        return self.shown.wanted

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be done."""
        return not self._timer.isActive()

    @property
    def is_taking(self) -> bool:
        """Whether rows from disk are still being taken."""
        return self._waiting is not None

    @property
    def frozen(self) -> bool:
        """Whether the view stands still."""
        return self._frozen

    @property
    def unseen(self) -> int:
        """Rows that came while the view stood still."""
        return self.store.end - self.shown.end

    def filter(self, wanted: LogFilter) -> None:
        """Show other rows, the newest at once. Raises ``PatternError``; then the filter before stays in force."""
        self.shown.restart(wanted, _matcher(wanted))
        if self.found is not None:
            self.found = FoundRows(self.shown, self.found.matcher)
        self._work()

    def find(self, wanted: LogFilter | None) -> None:
        """Look for a pattern among the rows that are shown; ``None`` ends it. Raises ``PatternError``."""
        self.found = None if wanted is None else FoundRows(self.shown, _matcher(wanted))
        self.found_changed.emit()
        self._go_on()

    def freeze(self, *, on: bool) -> None:
        """Let the view stand still, or show what came since."""
        self._frozen = on
        if not on:
            self._follow()

    def take_lines(self, batch: Batch) -> None:
        """Take what was heard."""
        if batch.lines or batch.marks:
            self.store.append(columns_of_lines(batch.lines, batch.marks))
            self._follow()

    def take_past(self, columns: LogColumns) -> int:
        """Take rows of the recording that are older than those held; return how many there are.

        They are shown as they are filtered, newest first. While some still wait, others are not taken.
        """
        older = self.store.older_than_held(columns)
        if self._waiting is not None or not len(older):
            return 0
        self._waiting, self._left = older, len(older)
        self._go_on()
        return len(older)

    def forget(self) -> None:
        """Forget all rows."""
        self._waiting = None
        self.store.clear()
        self.shown.restart(self.shown.wanted, _matcher(self.shown.wanted))
        if self.found is not None:
            self.found = FoundRows(self.shown, self.found.matcher)
        self._frozen = False
        self._timer.stop()
        self.changed.emit()
        self.done.emit()

    def _follow(self) -> None:
        if self._frozen:
            self.changed.emit()
            return
        self.shown.follow()
        self.changed.emit()
        if self.found is not None:
            self._go_on()

    def _go_on(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _work(self) -> None:
        """Do one slice."""
        is_over = _deadline(SLICE_S)
        if self._waiting is not None and self.shown.is_done:
            self._take_some(self._waiting)
        if not self.shown.is_done:
            first_screen = len(self.shown) < _SCREEN
            self.shown.advance(is_over, time.perf_counter)
            self._tell(at_once=first_screen or self.shown.is_done)
        found = self.found
        if self.shown.is_done and self._waiting is None and found is not None and not found.is_done:
            found.advance(is_over, time.perf_counter)
            self.found_changed.emit()
        if self._waiting is not None or not self.shown.is_done or (found is not None and not found.is_done):
            self._go_on()
        else:
            self._timer.stop()
            self.done.emit()

    def _tell(self, *, at_once: bool) -> None:
        """Tell that rows were found: not with each slice, because to draw them takes longer than a slice."""
        now = time.perf_counter()
        if at_once or now - self._told_at > _TELL_EACH_S:
            self._told_at = now
            self.changed.emit()

    def _take_some(self, columns: LogColumns) -> None:
        first_ones = not len(self.store)
        start = max(0, self._left - _ROWS_AT_ONCE)
        taken = self.store.put_before(columns.between(start, self._left))
        if first_ones:
            self.shown.restart(self.shown.wanted, self.shown.matcher)
        complete = taken == self._left - start
        self._left = start
        if not start or not complete:
            self._waiting = None


def _matcher(wanted: LogFilter) -> TextMatcher:
    # Time of this thread alone: on a busy machine no pattern is cut off for what others do.
    return TextMatcher(wanted, stepped_regex, time.thread_time)


def _deadline(seconds: float) -> Callable[[], bool]:
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() >= end
