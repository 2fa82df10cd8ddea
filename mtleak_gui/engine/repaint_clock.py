# SPDX-License-Identifier: GPL-3.0-only
"""From "something changed", however often, to at most so many repaints a second, and none while nobody looks.

Runs in: GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal, Slot

PER_SECOND = 30


class RepaintClock(QObject):
    """Says ``due`` when it is time to draw what was marked dirty.

    ``watched``, its parent, is the widget that is drawn: what changes while it is hidden is due when it is shown. The
    first change after a rest is due at once; the pause between two repaints counts from the end of the one before, so
    that a slow repaint leaves the window time for everything else.
    """

    due = Signal()

    def __init__(self, watched: QObject, per_second: int = PER_SECOND) -> None:
        super().__init__(watched)
        self._interval_ms = round(1000 / per_second)
        self._is_dirty = False
        self._is_shown = bool(watched.property("visible"))
        self._since_last = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tell)
        watched.installEventFilter(self)

    @Slot()
    def mark_dirty(self) -> None:
        """Say that what is shown is no longer true."""
        self._is_dirty = True
        self._wind()

    def _wind(self) -> None:
        if not self._is_shown or self._timer.isActive():
            return
        rested = self._since_last.elapsed() if self._since_last.isValid() else self._interval_ms
        self._timer.start(max(0, self._interval_ms - int(rested)))

    @Slot()
    def _tell(self) -> None:
        if not self._is_dirty or not self._is_shown:
            return
        self._is_dirty = False
        self.due.emit()
        self._since_last.start()
        if self._is_dirty:
            self._wind()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow whether the widget is shown."""
        if event.type() == QEvent.Type.Show:
            self._is_shown = True
            if self._is_dirty:
                self._wind()
        elif event.type() == QEvent.Type.Hide:
            self._is_shown = False
            self._timer.stop()
        return False
