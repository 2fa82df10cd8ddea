# SPDX-License-Identifier: GPL-3.0-only
"""The samples in view as a table to read: what the plot shows, for those who want or need numbers."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QTableView, QVBoxLayout, QWidget

from mtleak_gui.core import wording
from mtleak_gui.core.axis_ticks import span_text
from mtleak_gui.core.leakhunt.source_words import source_name
from mtleak_gui.core.series_key import SOURCES
from mtleak_gui.ui.pages.heap.csv_export import SampleTable
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labels import label

Index = QModelIndex | QPersistentModelIndex
_COLUMNS = ("Time", "Value", "Change", "Uptime", "Source")


class SampleModel(QAbstractTableModel):
    """One row for each sample, newest last; words are made when a row is seen."""

    def __init__(self, table: SampleTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._unit = wording.unit_of(table.field)
        self._change = np.diff(table.value, prepend=np.nan)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return how many samples there are."""
        return 0 if parent.isValid() else int(self._table.ts.size)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's name, or a row's number."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.tr(_COLUMNS[section]) if orientation == Qt.Orientation.Horizontal else section + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one figure as words."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        row = index.row()
        if index.column() == 0:
            return wording.local_time(float(self._table.ts[row]))
        if index.column() == 4:
            return "  " + source_name(SOURCES[int(self._table.source[row])])
        figure = float((self._table.value, self._change, self._table.uptime)[index.column() - 1][row])
        if math.isnan(figure):
            return ""
        words = span_text(figure) if index.column() == 3 else wording.quantity(figure, self._unit)
        return wording.true_minus(words)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (1, 2, 3) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class DataTable(QDialog):
    """A window of its own that stays beside the plot; it shows what was in view when it was opened."""

    def __init__(self, theme: ThemeKeeper, table: SampleTable, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(640, 480)
        self.table = QTableView(self)
        self.table.setModel(SampleModel(table, self))
        self.table.setAccessibleName(title)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(22)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate((196, 100, 90, 96)):
            self.table.setColumnWidth(column, width)
        room = QVBoxLayout(self)
        room.addWidget(label(title, "card-title"))
        room.addWidget(label(self.tr("{0} samples, newest last").format(f"{table.ts.size:,}"), "secondary"))
        room.addWidget(self.table)
        self.table.setFont(theme.font(12))
        self.table.scrollToBottom()
