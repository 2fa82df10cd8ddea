# SPDX-License-Identifier: GPL-3.0-only
"""The list of marks: go to one, rename it in place, remove it and take that back."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mtleak_gui.core import wording
from mtleak_gui.core.markers import Marker
from mtleak_gui.core.shown_text import shown
from mtleak_gui.ui.pages.heap.marker_rows import MarkerRow, removed_row
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ICONS = {
    "range": ("ray-start-end", "marker"),
    "mark": ("flag-variant-outline", "marker"),
    "restart": ("restart", "text_2"),
    "removed": ("delete-outline", "text_2"),
}
_UNDO_MS = 10_000
_ROW = 34


class MarkerModel(QAbstractListModel):
    """One row for each mark; the name can be edited."""

    rename_requested = Signal(object, str)
    """The ``MarkerRow`` and its new name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[MarkerRow, ...] = ()

    def show_rows(self, rows: tuple[MarkerRow, ...]) -> None:
        """Show other rows."""
        if rows == self.rows:
            return
        if len(rows) == len(self.rows):
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, or words for those who cannot see it painted."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.EditRole:
            return row.name
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return shown(", ".join(part for part in (row.name, row.when, row.result) if part))
        return plain_tip(row.note) if role == Qt.ItemDataRole.ToolTipRole and row.note else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Ask for a new name; the row changes when the mark does."""
        name = wording.single_line(str(value), 80)
        row = self.rows[index.row()]
        if role != Qt.ItemDataRole.EditRole or not name or name == row.name:
            return False
        self.rename_requested.emit(row, name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that marks can be renamed, restarts not."""
        flags = super().flags(index)
        editable = index.isValid() and self.rows[index.row()].kind in ("range", "mark")
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags


class MarkerList(QListView):
    """Enter or a click goes to a mark, F2 or a double click renames it, Delete removes it."""

    mark_chosen = Signal(float)
    rename_requested = Signal(object, str)
    remove_requested = Signal(object)
    """The ``MarkerRow`` whose marks shall go."""
    restore_requested = Signal(object)

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows_model = MarkerModel(self)
        self._removed: dict[float, MarkerRow] = {}
        self._shown: tuple[MarkerRow, ...] = ()
        self.setModel(self.rows_model)
        self.setItemDelegate(_MarkerDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Markers"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.clicked.connect(self._clicked)
        self.rows_model.rename_requested.connect(self.rename_requested)
        self._forget_soon = QTimer(self, singleShot=True, interval=_UNDO_MS)
        self._forget_soon.timeout.connect(self._forget)
        theme.changed.connect(self._tint)

    def show_rows(self, rows: tuple[MarkerRow, ...]) -> None:
        """Show the standing marks; those removed in the last ten seconds stay, to be brought back."""
        self._shown = rows
        if self.state() == QAbstractItemView.State.EditingState:
            return
        standing = {mark.ts for row in rows for mark in row.marks}
        self._removed = {ts: row for ts, row in self._removed.items() if ts not in standing}
        every = sorted((*rows, *self._removed.values()), key=lambda row: row.ts)
        self.rows_model.show_rows(tuple(every))

    def rename(self, ts: float) -> None:
        """Open the name of the mark at ``ts`` for writing."""
        for number, row in enumerate(self.rows_model.rows):
            if any(mark.ts == ts for mark in row.marks) and row.kind != "removed":
                self.setCurrentIndex(self.rows_model.index(number))
                self.edit(self.rows_model.index(number))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes there, Delete removes."""
        index = self.currentIndex()
        if index.isValid() and event.key() == Qt.Key.Key_Delete:
            self._remove(self.rows_model.rows[index.row()])
        elif index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._clicked(index)
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        row = self.rows_model.rows[index.row()]
        if row.kind == "removed":
            self._removed.pop(row.ts, None)
            self.restore_requested.emit(row)
        else:
            self.mark_chosen.emit(row.ts)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if not index.isValid() or self.rows_model.rows[index.row()].kind not in ("range", "mark"):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._theme.icon("pencil-outline"), self.tr("Rename")).setData("rename")
        menu.addAction(self._theme.icon("delete-outline"), self.tr("Remove")).setData("remove")
        self.setCurrentIndex(index)
        menu.triggered.connect(self._menu_chosen)
        menu.popup(self.viewport().mapToGlobal(place))

    @Slot(QAction)
    def _menu_chosen(self, action: QAction) -> None:
        index = self.currentIndex()
        if index.isValid() and action.data() == "rename":
            self.edit(index)
        elif index.isValid():
            self._remove(self.rows_model.rows[index.row()])

    def _remove(self, row: MarkerRow) -> None:
        if row.kind in ("range", "mark"):
            self._removed[row.ts] = removed_row(row.marks)
            self._forget_soon.start()
            self.remove_requested.emit(row)

    @Slot()
    def _forget(self) -> None:
        self._removed.clear()
        self.show_rows(self._shown)

    @Slot()
    def _tint(self) -> None:
        self.viewport().update()


class _MarkerDelegate(QStyledItemDelegate):
    def __init__(self, theme: ThemeKeeper, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of a row."""
        return QSize(100, _ROW)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:  # noqa: N802
        """Put the field over the name."""
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(36, 1, -16, -1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint icon, name, time, and at the right what the memory did."""
        row: MarkerRow = index.data(Qt.ItemDataRole.UserRole)
        colors = self._theme.colors
        rect = QRectF(option.rect)
        painter.save()
        painter.setPen(colors.divider)
        painter.drawLine(rect.topLeft(), rect.topRight())
        icon, role = _ICONS[row.kind]
        painter.drawPixmap(int(rect.x()) + 16, int(rect.center().y()) - 7, self._theme.pixmap(icon, role, 16))
        inner = rect.adjusted(40, 0, -16, 0)
        plain, strong = self._theme.font(12), self._theme.font(12, 500)
        removed = row.kind == "removed"
        result = self.tr("Undo") if removed else row.result
        right = QFontMetrics(plain).horizontalAdvance(result)
        name = self.tr("%s removed") % row.name if removed else row.name
        room = inner.width() - right - 12
        shown = QFontMetrics(strong).elidedText(name, Qt.TextElideMode.ElideRight, int(room))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(strong)
        painter.setPen(colors.text_2 if removed else colors.text)
        painter.drawText(inner, middle, shown)
        used = QFontMetrics(strong).horizontalAdvance(shown) + 8
        painter.setFont(plain)
        painter.setPen(colors.text_2)
        when = QFontMetrics(plain).elidedText(row.when, Qt.TextElideMode.ElideRight, int(max(room - used, 0)))
        painter.drawText(inner.adjusted(used, 0, 0, 0), middle, "" if removed else when)
        painter.setPen(colors.primary_strong if removed else colors.text_2)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, result)
        painter.restore()


def labels_after_rename(row: MarkerRow, name: str) -> tuple[tuple[Marker, str], ...]:
    """Return each mark of a row with its new label; the ends of a range keep their endings."""
    if row.kind != "range":
        return tuple((mark, name) for mark in row.marks)
    return tuple((mark, f"{name}{mark.label.removeprefix(row.name)}") for mark in row.marks)
