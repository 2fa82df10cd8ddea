# SPDX-License-Identifier: GPL-3.0-only
"""The rows of the log: draws those on the screen, out of any number, and lets them be chosen. Runs in: GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from mtleak_gui.core.log_columns import MARK
from mtleak_gui.core.log_store import LogRow
from mtleak_gui.core.wording import local_time
from mtleak_gui.ui.pages.logbook.log_scroll import LogScroll
from mtleak_gui.ui.pages.logbook.log_sifter import LogSifter
from mtleak_gui.ui.pages.logbook.row_layout import RowLayout
from mtleak_gui.ui.pages.logbook.row_painter import BoardWords, MarkWords, RowPainter, RowState, mark_words
from mtleak_gui.ui.pages.logbook.row_selection import RowSelection
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_NEAR = 200
"""Rows of other boards that may stand before the one that is looked for."""


class LogView(LogScroll):
    """Shows ``sifter.shown``; rows are chosen by mouse and keys."""

    row_chosen = Signal()
    """A row was chosen, by mouse, by keys or by a step to it."""
    opened = Signal(float, str)
    """A row was double-clicked, or Enter pressed on it."""
    menu_requested = Signal(QPoint)
    copy_requested = Signal()

    def __init__(self, theme: ThemeKeeper, sifter: LogSifter, layout: RowLayout, parent: QWidget | None = None) -> None:
        super().__init__(sifter, layout, parent)
        self._theme = theme
        self._painter = RowPainter(theme, layout)
        self.selection = RowSelection(sifter.shown)
        self.words_of_mark: Callable[[LogRow], MarkWords] = mark_words
        self._hovered = -1
        self.setAccessibleName(self.tr("Log rows"))
        theme.changed.connect(self.viewport().update)

    def set_layout(self, layout: RowLayout) -> None:
        """Draw rows in another size."""
        self._heights.layout = layout
        before = self._painter
        self._painter = RowPainter(self._theme, layout)
        self._painter.filter_spans, self._painter.find_spans = before.filter_spans, before.find_spans
        self._painter.boards = before.boards
        self.refresh()

    def name_boards(self, boards: Mapping[str, BoardWords]) -> None:
        """Tell in each row which board it is of, by port; none: it is plain."""
        self._painter.boards = boards
        self.viewport().update()

    def highlight(self) -> None:
        """Draw the highlights of the filter and find in force."""
        found = self._sifter.found
        self._painter.filter_spans = self._sifter.shown.matcher.spans
        self._painter.find_spans = _no_spans if found is None else found.matcher.spans
        self.viewport().update()

    def show_number(self, number: int, *, select: bool = True) -> None:
        """Bring a row, or the next one that is shown, to the middle of the view."""
        shown = self._sifter.shown
        place = min(shown.nearest(number), len(shown) - 1)
        if place < 0:
            return
        if select:
            self.selection.choose(place)
            self._tell_chosen(place)
        self.bring(place)

    def show_time(self, ts: float, port: str = "") -> None:
        """Bring the first row at or after a moment, of a port if one is near, to the middle of the view; choose it."""
        shown, store = self._sifter.shown, self._sifter.store
        first = min(shown.at_time(ts), len(shown) - 1)
        if first < 0:
            return
        near = range(first, min(first + _NEAR, len(shown)))
        of_port = (place for place in near if store.row_in(*shown.place_of(place)).source.port == port)
        self.show_number(shown.number(next(of_port, first) if port else first))

    def step(self, by: int, *, extend: bool = False) -> None:
        """Choose the row so many below the chosen one, or above it."""
        shown = self._sifter.shown
        if not len(shown):
            return
        first, end = self.shown_range()
        now = self.selection.current()
        # Nothing chosen: the edge of the screen is one step away, as for a step to an error.
        place = by + ((end if by < 0 else first - 1) if now is None else now)
        if place < 0:
            self.older_requested.emit()
        place = max(0, min(place, len(shown) - 1))
        self.selection.choose(place, extend=extend)
        self.reveal(place)
        self._tell_chosen(place)

    def _tell_chosen(self, place: int) -> None:
        row = self._sifter.store.row_in(*self._sifter.shown.place_of(place))
        self.setAccessibleDescription(row.text[:500])
        self.row_chosen.emit()

    def here(self, step: int) -> int:
        """Return the row that a step (1 forward, -1 back) starts from: the chosen one, or the edge of the screen."""
        current = self.selection.current()
        first, end = self.shown_range()
        return current if current is not None else first - 1 if step > 0 else end

    def _open(self, place: int) -> None:
        row = self._sifter.store.row_in(*self._sifter.shown.place_of(place))
        self.opened.emit(row.ts, row.source.port or "")

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

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the row under the mouse; with Shift all up to it."""
        place = self.row_at(event.position().toPoint())
        if place is None or event.button() != Qt.MouseButton.LeftButton:
            return
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.selection.choose(place, extend=extend)
        self.viewport().update()
        self._tell_chosen(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the row under the mouse."""
        place = self.row_at(event.position().toPoint())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._open(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show which row the mouse is on; with the button down choose all up to it."""
        place = self.row_at(event.position().toPoint())
        if place is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self.selection.choose(place, extend=True)
            self.reveal(place)
        self._hovered = -1 if place is None else place
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tell the day and the time in UTC over the column of times."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.row_at(event.pos()) if event.pos().x() < self._heights.layout.uptime else None
            QToolTip.showText(event.globalPos(), "" if place is None else self._day_of(place), self.viewport())
            return True
        return super().viewportEvent(event)

    def _day_of(self, place: int) -> str:
        row = self._sifter.store.row_in(*self._sifter.shown.place_of(place))
        return f"{local_time(row.ts)}\n{local_time(row.ts, UTC)[:19]} UTC"

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the menu of the rows that are chosen."""
        place = self.row_at(event.pos())
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
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
            return
        if event.matches(QKeySequence.StandardKey.SelectAll) and len(self._sifter.shown):
            self.selection.choose(0)
            self.selection.choose(len(self._sifter.shown) - 1, extend=True)
            self.viewport().update()
            return
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


def _no_spans(_text: str) -> list[tuple[int, int]]:
    return []
