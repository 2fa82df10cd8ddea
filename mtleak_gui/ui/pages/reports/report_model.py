# SPDX-License-Identifier: GPL-3.0-only
"""The reports that are listed, for the list view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mtleak_gui.core.leakhunt.saved_report import SavedReport
from mtleak_gui.ui.pages.reports.report_words import told_words

REPORT = Qt.ItemDataRole.UserRole
NOW = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class ReportModel(QAbstractListModel):
    """Rows are ``SavedReport``; ``NOW`` is the time against which days are told."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reports: tuple[SavedReport, ...] = ()
        self._now = 0.0

    def set_reports(self, reports: Sequence[SavedReport], now: float) -> None:
        """List other reports."""
        self.beginResetModel()
        self._reports, self._now = tuple(reports), now
        self.endResetModel()

    def row_of(self, name: str) -> int:
        """Return the row of a report, -1 when it is not listed."""
        return next((row for row, report in enumerate(self._reports) if report.name == name), -1)

    def report(self, row: int) -> SavedReport | None:
        """Return the report of a row."""
        return self._reports[row] if 0 <= row < len(self._reports) else None

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Return how many reports are listed."""
        return 0 if parent is not None and parent.isValid() else len(self._reports)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a report, or the words that tell it."""
        report = self.report(index.row())
        if report is None:
            return None
        if role == REPORT:
            return report
        if role == NOW:
            return self._now
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return told_words(report, self._now)
        return None
