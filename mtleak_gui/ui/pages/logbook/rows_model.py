# SPDX-License-Identifier: GPL-3.0-only
"""Rows of the packets or events stream as a table model; cells hold text that is harmless to show."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mtleak_gui.core.rows import Row
from mtleak_gui.core.shown_text import shown
from mtleak_gui.ui.pages.logbook.row_painter import clock_of

Index = QModelIndex | QPersistentModelIndex
_LONGEST = 300


class Column(NamedTuple):
    """One column: its name, what it shows of a row, its usual width in letters; figures stand at the right."""

    name: str
    words: Callable[[Row], str]
    letters: int
    figure: bool = False


def text_of(key: str) -> Callable[[Row], str]:
    """Return what shows the value of a key, empty where there is none."""
    return lambda row: _words(row.get(key))


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return shown(value[:_LONGEST])
    if isinstance(value, bool):
        return "yes" if value else "no"
    return shown(json.dumps(value, default=str)[:_LONGEST])


def _time(row: Row) -> str:
    ts = row.get("ts")
    return clock_of(float(ts)) if isinstance(ts, int | float) else ""


PACKET_COLUMNS = (
    Column("Time", _time, 13),
    Column("From", text_of("from_node"), 12),
    Column("To", text_of("to_node"), 12),
    Column("Port", text_of("portnum"), 20),
    Column("Hops left", text_of("hop_limit"), 9, figure=True),
    Column("RSSI, dBm", text_of("rx_rssi"), 10, figure=True),
    Column("SNR, dB", text_of("rx_snr"), 8, figure=True),
    Column("Channel", text_of("channel"), 8, figure=True),
    Column("Bytes", text_of("payload_size"), 6, figure=True),
    Column("Payload begins", text_of("payload_hex_prefix"), 16),
)
EVENT_COLUMNS = (
    Column("Time", _time, 13),
    Column("Kind", text_of("kind"), 24),
    Column("Label", text_of("label"), 18),
    Column("Note", text_of("note"), 28),
    Column("Board", text_of("port"), 16),
    Column("Data", text_of("data"), 12),
)


class RowsModel(QAbstractTableModel):
    """Newest row at the end; ``set_rows`` shows others."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        """The rows shown."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and Qt's default
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and Qt's default
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, or on which side it stands."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(self._rows[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole:
            # A tip takes what looks like markup for markup, whoever wrote it.
            return f"<qt>{html.escape(column.words(self._rows[index.row()]))}</qt>"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.figure else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.name
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.figure else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
