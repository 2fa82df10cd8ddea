# SPDX-License-Identifier: GPL-3.0-only
"""The rows of the log: draws those on the screen, out of any number; scrolls by pixels; selects. Runs in: GUI thread.

An own scroll area, because item views need 1 to 25 s for a million rows, and because marks are higher than lines.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from mtleak_gui.core.log_columns import MARK
from mtleak_gui.core.log_store import LogRow
from mtleak_gui.ui.pages.logbook.log_sifter import LogSifter
from mtleak_gui.ui.pages.logbook.row_heights import RowHeights
from mtleak_gui.ui.pages.logbook.row_layout import RowLayout
from mtleak_gui.ui.pages.logbook.row_painter import MarkWords, RowPainter, RowState, mark_words
from mtleak_gui.ui.pages.logbook.row_selection import RowSelection
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_WHEEL_ROWS = 3


class LogView(QAbstractScrollArea):
    """Shows ``sifter.shown``. ``follows`` is on while it stands at the newest row."""

    row_clicked = Signal(float, str)
    """A row was chosen by mouse or keys: its time and port, ``""`` for a mark."""
    opened = Signal(float, str)
    """A row was double-clicked, or Enter pressed on it."""
    follow_changed = Signal(bool)
    older_requested = Signal()
    """The user wants to go on above the oldest row."""
    zoom_requested = Signal(int)
    """Steps by which letters shall be larger."""
    menu_requested = Signal(QPoint)

    def __init__(self, theme: ThemeKeeper, sifter: LogSifter, layout: RowLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sifter = sifter
        self._heights = RowHeights(sifter.shown, layout)
        self._painter = RowPainter(theme, layout)
        self.selection = RowSelection(sifter.shown)
        self.words_of_mark: Callable[[LogRow], MarkWords] = mark_words
        self.follows = True
        self._hovered = -1
        self._anchor = (0, 0)
        """The number of the row at the top, and how far it is scrolled out."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Log rows"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        sifter.changed.connect(self.refresh)
        theme.changed.connect(self.viewport().update)

    def set_layout(self, layout: RowLayout) -> None:
        """Draw rows in another size."""
        self._heights.layout = layout
        spans = self._painter.filter_spans, self._painter.find_spans
        self._painter = RowPainter(self._theme, layout)
        self._painter.filter_spans, self._painter.find_spans = spans
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Take what changed in the rows: stay at the newest, or at the rows that are on the screen."""
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

    def highlight(self) -> None:
        """Draw the highlights of the filter and find in force."""
        found = self._sifter.found
        self._painter.filter_spans = self._sifter.shown.matcher.spans
        self._painter.find_spans = _no_spans if found is None else found.matcher.spans
        self.viewport().update()

    def follow(self, *, on: bool) -> None:
        """Stay at the newest row from now on, or stay where the view is."""
        if on != self.follows:
            self.follows = on
            if not on:
                self._keep_place()
            self.follow_changed.emit(on)
        if on:
            self.refresh()

    def show_number(self, number: int, *, select: bool = True) -> None:
        """Bring a row, or the next one that is shown, to the middle of the view."""
        shown = self._sifter.shown
        place = min(shown.nearest(number), len(shown) - 1)
        if place < 0:
            return
        if select:
            self.selection.choose(place)
        self.follow(on=False)
        bar = self.verticalScrollBar()
        top = self._heights.top(place)
        if (
            not bar.value() + self._heights.layout.mark
            <= top
            <= bar.value() + bar.pageStep() - 2 * self._heights.layout.mark
        ):
            bar.setValue(top - bar.pageStep() // 2)
        self._keep_place()
        self.viewport().update()

    def show_time(self, ts: float) -> None:
        """Bring the first row at or after a moment to the middle of the view, and choose it."""
        shown = self._sifter.shown
        place = min(shown.at_time(ts), len(shown) - 1)
        if place >= 0:
            self.show_number(shown.number(place))

    def rows_height(self) -> int:
        """Return how high all rows are."""
        return self._heights.total()

    def shown_range(self) -> tuple[int, int]:
        """Return the first row on the screen, and the one after the last."""
        if not len(self._sifter.shown):
            return 0, 0
        top = self.verticalScrollBar().value()
        first = self._heights.at(top)
        return first, min(len(self._sifter.shown), self._heights.at(top + self.viewport().height() - 1) + 1)

    def step(self, by: int, *, extend: bool = False) -> None:
        """Choose the row so many below the chosen one, or above it."""
        shown = self._sifter.shown
        if not len(shown):
            return
        first, end = self.shown_range()
        now = self.selection.current()
        place = (end - 1 if by < 0 else first) if now is None else now + by
        if place < 0:
            self.older_requested.emit()
        place = max(0, min(place, len(shown) - 1))
        self.selection.choose(place, extend=extend)
        self._reveal(place)
        self._tell_chosen(place)

    def _reveal(self, place: int) -> None:
        bar = self.verticalScrollBar()
        top, bottom = self._heights.top(place), self._heights.top(place + 1)
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + bar.pageStep():
            bar.setValue(bottom - bar.pageStep())
        self.viewport().update()

    def _tell_chosen(self, place: int) -> None:
        row = self._sifter.store.row_in(*self._sifter.shown.place_of(place))
        self.setAccessibleDescription(row.text[:500])
        self.row_clicked.emit(row.ts, row.source.port or "")

    def _open(self, place: int) -> None:
        row = self._sifter.store.row_in(*self._sifter.shown.place_of(place))
        self.opened.emit(row.ts, row.source.port or "")

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

    def _at(self, point: QPoint) -> int | None:
        y = point.y() + self.verticalScrollBar().value()
        return self._heights.at(y) if 0 <= y < self._heights.total() else None

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the rows on the screen."""
        painter = QPainter(self.viewport())
        shown, store = self._sifter.shown, self._sifter.store
        width, top = self.viewport().width(), self.verticalScrollBar().value()
        first, end = self.shown_range()
        y = self._heights.top(first) - top
        current, focused = self.selection.current(), self.hasFocus()
        found = self._sifter.found
        for place in range(first, end):
            row = store.row_in(*shown.place_of(place))
            height = self._heights.layout.mark if row.level == MARK else self._heights.layout.row
            state = RowState(
                self.selection.holds(place),
                place == self._hovered,
                focused and place == current,
                found is not None and found.holds(place),
            )
            rect = QRectF(0, y, width, height)
            painter.setClipRect(rect)
            if row.level == MARK:
                self._painter.draw_mark(painter, rect, row, self.words_of_mark(row), state)
            else:
                self._painter.draw(painter, rect, row, state)
            y += height

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Stay where the view is."""
        self.refresh()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll; with Ctrl make letters larger or smaller."""
        steps = event.angleDelta().y() / 120
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_requested.emit(1 if steps > 0 else -1)
            event.accept()
            return
        bar = self.verticalScrollBar()
        pixels = event.pixelDelta().y() or round(steps * _WHEEL_ROWS * self._heights.layout.row)
        if pixels > 0 and bar.value() == bar.minimum():
            self.older_requested.emit()
        bar.setValue(bar.value() - pixels)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the row under the mouse; with Shift all up to it."""
        place = self._at(event.position().toPoint())
        if place is None or event.button() != Qt.MouseButton.LeftButton:
            return
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.selection.choose(place, extend=extend)
        self.viewport().update()
        self._tell_chosen(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the row under the mouse."""
        place = self._at(event.position().toPoint())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._open(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show which row the mouse is on; with the button down choose all up to it."""
        place = self._at(event.position().toPoint())
        if place is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self.selection.choose(place, extend=True)
            self._reveal(place)
        self._hovered = -1 if place is None else place
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the menu of the rows that are chosen."""
        place = self._at(event.pos())
        if place is not None and not self.selection.holds(place):
            self.selection.choose(place)
            self.viewport().update()
        self.menu_requested.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move by rows and pages."""
        page = max(1, self.viewport().height() // self._heights.layout.row - 1)
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -len(self._sifter.shown),
        }
        current = self.selection.current()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current is not None:
            self._open(current)
            return
        by = steps.get(Qt.Key(event.key()))
        if by is None:
            event.ignore()
            return
        self.step(by, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def leaveEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        """No row is under the mouse any more."""
        self._hovered = -1
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keys act."""
        super().focusInEvent(event)
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that shows some rows."""
        return QSize(200, 5 * self._heights.layout.row)


def _no_spans(_text: str) -> list[tuple[int, int]]:
    return []
