# SPDX-License-Identifier: GPL-3.0-only
"""The table of threads: what each took and gave back, and its share of the decline."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mtleak_gui.core import wording
from mtleak_gui.core.axis_ticks import clock_text
from mtleak_gui.core.thread_figures import ThreadFigures
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("Thread", "Net, B", "Leaked", "Freed", "Unmatched", "B/h", "Share of decline", "Last")
_SHARE, _LAST = 6, 7
_SHARES = (17, 10, 10, 10, 12, 10, 19, 12)
_LOUD_SHARE = 0.5
_BAR = 72


class ThreadModel(QAbstractTableModel):
    """Rows are threads, in the order in which they were given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[ThreadFigures, ...] = ()

    def show_rows(self, rows: tuple[ThreadFigures, ...]) -> None:
        """Show other figures; where the number of rows stays, the view stays as it is."""
        if rows == self.rows:
            return
        if len(rows) == len(self.rows):
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return how many threads there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return how many figures there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's name; figures stand right."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr(COLUMNS[section])
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a figure as words."""
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _words(row)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        return row if role == Qt.ItemDataRole.UserRole else None


class ThreadTable(QTableView):
    """Twenty-two pixel rows; the bars are painted by the delegate."""

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = ThreadModel(self)
        self._theme = theme
        self.setModel(self.rows_model)
        self.setItemDelegate(_ThreadDelegate(theme, self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Threads"))
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(21)
        down.setDefaultSectionSize(22)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setHighlightSections(False)
        across.setFixedHeight(24)
        across.setFont(theme.font(11, 500))
        self.setTabKeyNavigation(False)
        theme.changed.connect(self._tint)

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Share the width out."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # a QResizeEvent
        width, whole = self.viewport().width(), sum(_SHARES)
        for section, share in enumerate(_SHARES):
            self.setColumnWidth(section, width * share // whole)

    @Slot()
    def _tint(self) -> None:
        self.viewport().update()


class _ThreadDelegate(QStyledItemDelegate):
    def __init__(self, theme: ThemeKeeper, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a figure, or the bar with its share."""
        row, column = index.data(Qt.ItemDataRole.UserRole), index.column()
        colors = self._theme.colors
        painter.save()
        rect: QRectF = QRectF(option.rect)
        loud = row.share is not None and row.share >= _LOUD_SHARE
        painter.setFont(self._theme.font(12, 500 if column == 1 or (column == 0 and loud) else 400))
        strong = column not in (2, 3, _LAST)
        painter.setPen(colors.warn if column == 1 and loud else colors.text if strong else colors.text_2)
        inner = rect.adjusted(8 if column == 0 else 2, 0, -8, 0)
        if column == _SHARE:
            self._paint_share(painter, inner.adjusted(14, 0, 8, 0), row.share, loud=loud)
        else:
            text = str(index.data())
            if column == 0:
                text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(inner, int(_alignment(column)) | int(Qt.TextFlag.TextSingleLine), text)
        painter.restore()

    def _paint_share(self, painter: QPainter, place: QRectF, share: float | None, *, loud: bool) -> None:
        colors = self._theme.colors
        if share is None:
            return
        bar = QRectF(place.x(), place.center().y() - 3, min(_BAR, place.width() - 40), 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.divider)
        painter.drawRoundedRect(bar, 3, 3)
        if share > 0:
            painter.setBrush(colors.warn if loud else colors.text_2)
            painter.drawRoundedRect(
                QRectF(bar.x(), bar.y(), max(bar.width() * share, 2), 6), 2 if share < 0.1 else 3, 3
            )
        painter.setPen(pen)
        words = place.adjusted(bar.width() + 8, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, wording.percent(share))


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column in (0, _SHARE) else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def _words(row: ThreadFigures) -> tuple[str, ...]:
    freed = f"+{wording.number(row.freed)}" if row.freed else "0"
    figures = (
        wording.single_line(row.thread, 40),
        wording.number(row.net),
        wording.number(row.leaked),
        freed,
        wording.number(row.unmatched),
        wording.number(row.per_hour),
        "" if row.share is None else wording.percent(row.share),
        clock_text(row.last_ts, None),
    )
    return figures[0], *(wording.true_minus(figure) for figure in figures[1:])
