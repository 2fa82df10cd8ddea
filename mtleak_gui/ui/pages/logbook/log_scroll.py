# SPDX-License-Identifier: GPL-3.0-only
"""Scrolls over any number of log rows by pixels: stays at the newest, or at the rows that are on the screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from mtleak_gui.ui.pages.logbook.log_sifter import LogSifter
from mtleak_gui.ui.pages.logbook.row_heights import RowHeights
from mtleak_gui.ui.pages.logbook.row_layout import RowLayout

_WHEEL_ROWS = 3


class LogScroll(QAbstractScrollArea):
    """An empty view of ``sifter.shown``. ``follows`` is on while it stands at the newest row.

    An own scroll area, because item views need 1 to 25 s for a million rows, and because marks are higher than lines.
    """

    follow_changed = Signal(bool)
    older_requested = Signal()
    """The user wants to go on above the oldest row."""
    zoom_requested = Signal(int)
    """Steps by which letters shall be larger."""

    def __init__(self, sifter: LogSifter, layout: RowLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sifter = sifter
        self._heights = RowHeights(sifter.shown, layout)
        self.follows = True
        self._anchor = (0, 0)
        """The number of the row at the top, and how far it is scrolled out."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        sifter.changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Take what changed in the rows."""
        bar = self.verticalScrollBar()
        bar.blockSignals(True)  # noqa: FBT003 - Qt's signature
        room = self.viewport().height()
        bar.setRange(0, max(0, self._heights.total() - room))
        bar.setPageStep(room)
        bar.setSingleStep(self._heights.layout.row)
        if self.follows:
            bar.setValue(bar.maximum())
        else:
            number, offset = self._anchor
            bar.setValue(self._heights.top(self._sifter.shown.nearest(number)) + offset)
        bar.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.viewport().update()
        self.verticalScrollBar().rangeChanged.emit(bar.minimum(), bar.maximum())
        if not self.follows and bar.maximum() == 0 and self._sifter.is_done and not self._sifter.frozen:
            self.follow(on=True)  # all rows are on the screen, the newest too

    def follow(self, *, on: bool) -> None:
        """Stay at the newest row from now on, or stay where the view is."""
        if on != self.follows:
            self.follows = on
            if not on:
                self._keep_place()
            self.follow_changed.emit(on)
        if on:
            self.refresh()

    def bring(self, place: int) -> None:
        """Bring a row on the screen, to its middle unless it is well inside, and stay there."""
        self.follow(on=False)
        bar = self.verticalScrollBar()
        top, margin = self._heights.top(place), self._heights.layout.mark
        if not bar.value() + margin <= top <= bar.value() + bar.pageStep() - 2 * margin:
            bar.setValue(top - bar.pageStep() // 2)
        self._keep_place()
        self.viewport().update()

    def reveal(self, place: int) -> None:
        """Scroll no further than it takes to see a row."""
        bar = self.verticalScrollBar()
        top, bottom = self._heights.top(place), self._heights.top(place + 1)
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + bar.pageStep():
            bar.setValue(bottom - bar.pageStep())
        self.viewport().update()

    def shown_range(self) -> tuple[int, int]:
        """Return the first row on the screen, and the one after the last."""
        if not len(self._sifter.shown):
            return 0, 0
        top = self.verticalScrollBar().value()
        first = self._heights.at(top)
        return first, min(len(self._sifter.shown), self._heights.at(top + self.viewport().height() - 1) + 1)

    def rows_height(self) -> int:
        """Return how high all rows are."""
        return self._heights.total()

    def row_at(self, point: QPoint) -> int | None:
        """Return the row at a point of the viewport, ``None`` below the last."""
        y = point.y() + self.verticalScrollBar().value()
        return self._heights.at(y) if 0 <= y < self._heights.total() else None

    def _keep_place(self) -> None:
        if len(self._sifter.shown):
            top = self.verticalScrollBar().value()
            first = self._heights.at(top)
            self._anchor = (self._sifter.shown.number(first), top - self._heights.top(first))

    @Slot(int)
    def _scrolled(self, value: int) -> None:
        self._keep_place()
        self.viewport().update()
        at_end = value >= self.verticalScrollBar().maximum()
        if at_end != self.follows:
            self.follows = at_end
            self.follow_changed.emit(at_end)

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Stay where the view is."""
        self.refresh()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll; with Ctrl make letters larger or smaller."""
        steps = event.angleDelta().y() / 120
        event.accept()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_requested.emit(1 if steps > 0 else -1)
            return
        bar = self.verticalScrollBar()
        pixels = event.pixelDelta().y() or round(steps * _WHEEL_ROWS * self._heights.layout.row)
        if pixels > 0 and bar.value() == bar.minimum():
            self.older_requested.emit()
        bar.setValue(bar.value() - pixels)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that shows some rows."""
        return QSize(200, 5 * self._heights.layout.row)
