# SPDX-License-Identifier: GPL-3.0-only
"""What happened, newest first, as rows of time, icon, board, title and detail."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mtleak_gui.core import wording
from mtleak_gui.core.activity import Activity
from mtleak_gui.core.screen_words import clock_or_date, full_time
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

ROW = 33
_ROLES = {
    "flag-variant-outline": "marker",
    "flag-variant": "marker",
    "lan-connect": "ok",
    "check-circle-outline": "ok",
    "alert-outline": "warn",
    "record-circle": "danger",
}
_PADDING = 16
_TIME, _ICON, _TITLE = 78, 30, 170
_NARROWEST_BOARD, _WIDEST_BOARD = 64, 150
_NARROW = 560
Index = QModelIndex | QPersistentModelIndex


class ActivityModel(QAbstractListModel):
    """Rows newest first. ``name_of`` returns what a port is called."""

    def __init__(self, name_of: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name_of = name_of
        self._rows: tuple[Activity, ...] = ()
        self.now = 0.0

    def show_rows(self, newest_last: Sequence[Activity], now: float) -> None:
        """Show these; nothing happens when they are shown already."""
        self.now = now
        rows = tuple(reversed(newest_last))
        if rows == self._rows:
            return
        added = len(rows) - len(self._rows)
        if added > 0 and rows[added:] == self._rows:
            self.beginInsertRows(QModelIndex(), 0, added - 1)
            self._rows = rows
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row(self, number: int) -> Activity:
        """Return a row."""
        return self._rows[number]

    def boards(self) -> set[str]:
        """Return what the boards of all rows are called."""
        return {self._name_of(port) for port in {row.port for row in self._rows if row.port}}

    def board(self, row: Activity) -> str:
        """Return what the board of a row is called."""
        return self._name_of(row.port) if row.port else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's name and default
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row in words, for those who cannot see it, and its full time as a tip."""
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = (clock_or_date(row.ts, self.now), self.board(row), row.title, row.detail)
            return wording.single_line(" ".join(word for word in words if word), 300)
        return full_time(row.ts) if role == Qt.ItemDataRole.ToolTipRole else None


class _RowPainter(QStyledItemDelegate):
    def __init__(self, model: ActivityModel, theme: ThemeKeeper, *, with_board: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._theme, self._with_board = model, theme, with_board

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row(index.row())
        colors = self._theme.colors
        place: QRect = option.rect
        painter.save()
        painter.setPen(colors.divider)
        painter.drawLine(place.topLeft(), place.topRight())
        x = place.left() + _PADDING
        font = self._theme.font(13)
        painter.setFont(font)
        painter.setPen(colors.text_2)
        when = clock_or_date(row.ts, self._model.now)
        self._words(painter, QRect(x, place.top(), _TIME - 4, place.height()), when)
        x += _TIME
        icon = self._theme.pixmap(row.icon, _ROLES.get(row.icon, "text_2"), 18)
        painter.drawPixmap(x - 2, place.top() + (place.height() - 18) // 2, icon)
        x += _ICON
        if self._with_board:
            width = self._board_width(painter, narrow=place.width() < _NARROW)
            self._words(painter, QRect(x, place.top(), width - 12, place.height()), self._model.board(row))
            x += width
        rest = place.right() - _PADDING - x
        painter.setPen(colors.text)
        painter.setFont(self._theme.font(13, 500))
        own = painter.fontMetrics().horizontalAdvance(row.title) + 14
        title_width = rest if not row.detail else min(own if place.width() < _NARROW else max(_TITLE, own), rest)
        self._words(painter, QRect(x, place.top(), title_width - 6, place.height()), row.title)
        painter.setFont(font)
        painter.setPen(colors.text_2)
        self._words(painter, QRect(x + title_width, place.top(), rest - title_width, place.height()), row.detail)
        painter.restore()

    def _board_width(self, painter: QPainter, *, narrow: bool) -> int:
        """Return what the longest name of a board takes, within bounds."""
        names = self._model.boards()
        if not names:
            return 0
        widest = max(painter.fontMetrics().horizontalAdvance(name) for name in names) + 14
        return max(_NARROWEST_BOARD, min(widest, 96 if narrow else _WIDEST_BOARD))

    @staticmethod
    def _words(painter: QPainter, place: QRect, text: str) -> None:
        if place.width() > 12 and text:
            shown = wording.single_line(text, 200)
            elided = painter.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)


class ActivityList(QListView):
    """Says "No activity found." when there is nothing."""

    def __init__(
        self,
        theme: ThemeKeeper,
        name_of: Callable[[str], str],
        *,
        with_board: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = ActivityModel(name_of, self)
        self.setModel(self._rows)
        self.setItemDelegate(_RowPainter(self._rows, theme, with_board=with_board, parent=self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Activity"))
        self.setMinimumHeight(3 * ROW)
        theme.changed.connect(self._tint)

    def show_rows(self, newest_last: Sequence[Activity], now: float) -> None:
        """Show these rows."""
        self._rows.show_rows(newest_last, now)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the rows, or that there is none."""
        super().paintEvent(event)
        if not self._rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.colors.text_2)
            painter.setFont(self._theme.font(13))
            place = self.viewport().rect().adjusted(_PADDING, 0, 0, 0)
            where = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            painter.drawText(place, where, self.tr("No activity found."))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for some rows."""
        return QSize(320, 8 * ROW)

    @Slot()
    def _tint(self) -> None:
        self.viewport().update()
