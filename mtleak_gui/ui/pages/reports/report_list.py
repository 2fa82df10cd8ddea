# SPDX-License-Identifier: GPL-3.0-only
"""The list of reports with its search, its chips and its footer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from mtleak_gui.core.leakhunt.saved_report import SavedReport
from mtleak_gui.ui.pages.reports.report_delegate import ReportDelegate
from mtleak_gui.ui.pages.reports.report_model import ReportModel
from mtleak_gui.ui.pages.reports.report_words import ALL, chips, footer_words, left_by
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.flow_layout import FlowLayout
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.lines import line
from mtleak_gui.ui.widgets.search_field import SearchField


class ReportList(Card):
    """``chosen`` tells that another report is the chosen one, or none."""

    chosen = Signal()
    delete_requested = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(padding=1, parent=parent)
        self._theme = theme
        self._reports: tuple[SavedReport, ...] = ()
        self._now = 0.0
        self._kind = ALL
        self._named = self._next = ""
        self.search: QLineEdit = SearchField(theme, self.tr("Search reports"))
        self._chips = QWidget()
        self._chip_flow = FlowLayout(self._chips, gap=4, line_gap=4)
        self._chip_group = QButtonGroup(self)
        self._model = ReportModel(self)
        self._view = _View()
        self._view.setModel(self._model)
        self._view.setItemDelegate(ReportDelegate(theme, self._view))
        self._nothing = label("", "secondary", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._footer = label("", "secondary")
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self._chip_group.buttonClicked.connect(self._chip_clicked)
        self._view.selectionModel().currentChanged.connect(self._current_changed)
        self._view.delete_requested.connect(self.delete_requested)
        theme.changed.connect(self._tint)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Pass the focus on. A focus proxy would do so too, but Tab would then pass over all controls before it."""
        super().focusInEvent(event)
        self._view.setFocus(event.reason())

    def _lay_out(self) -> None:
        self.body.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(15, 11, 15, 11)
        head.setSpacing(8)
        head.addWidget(self.search)
        head.addWidget(self._chips)
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.body.addWidget(self._view, 1)
        self.body.addWidget(self._nothing, 1)
        self.body.addWidget(line())
        self._footer.setContentsMargins(15, 9, 15, 9)
        self.body.addWidget(self._footer)

    def show_reports(self, reports: Sequence[SavedReport], now: float) -> None:
        """List these; the chosen one stays chosen where it is still there."""
        self._reports, self._now = tuple(reports), now
        if self._kind not in [key for key, _, _ in chips(self._reports)]:
            self._kind = ALL
        self._show_chips()
        self._footer.setText(footer_words(self._reports))
        self._filter()

    @property
    def report(self) -> SavedReport | None:
        """The chosen report."""
        return self._model.report(self._view.currentIndex().row())

    @property
    def kind(self) -> str:
        """The key of the chosen chip."""
        return self._kind

    def choose(self, name: str) -> None:
        """Choose a report by its name, now or when it is listed."""
        self._next = name
        row = self._model.row_of(name)
        if row >= 0:
            self._view.setCurrentIndex(self._model.index(row))

    def choose_later(self, name: str) -> None:
        """Choose a report when reports are listed the next time."""
        self._next = name

    def choose_kind(self, kind: str) -> None:
        """Choose a chip; one that there is not means all."""
        self._kind = kind
        self.show_reports(self._reports, self._now)

    def neighbour(self) -> str:
        """Return the name of the report that comes after the chosen one, or before it at the end."""
        row = self._view.currentIndex().row()
        other = self._model.report(row + 1) or self._model.report(row - 1)
        return "" if other is None else other.name

    def _show_chips(self) -> None:
        while (item := self._chip_flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for key, word, count in chips(self._reports):
            chip = QPushButton(f"{word}  {count:,}")
            chip.setProperty("kind", "filter-chip")
            chip.setProperty("key", key)
            chip.setCheckable(True)
            chip.setChecked(key == self._kind)
            self._chip_group.addButton(chip)
            self._chip_flow.addWidget(chip)
        self._chips.updateGeometry()

    @Slot(QPushButton)
    def _chip_clicked(self, chip: QPushButton) -> None:
        self._kind = str(chip.property("key"))
        self._filter()

    @Slot()
    def _filter(self) -> None:
        name, self._next = self._next or self._named, ""
        self._model.set_reports(left_by(self._reports, self._kind, self.search.text()), self._now)
        found = self._model.rowCount() > 0
        self._view.setVisible(found)
        self._nothing.setVisible(not found)
        self._nothing.setText(self.tr("No report matches. {} hidden.").format(f"{len(self._reports):,}"))
        if found:
            self._view.setCurrentIndex(self._model.index(max(0, self._model.row_of(name))))
        else:
            self.chosen.emit()

    @Slot(QModelIndex)
    def _current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            report = self._model.report(current.row())
            self._named = self._named if report is None else report.name
            self.chosen.emit()

    @Slot()
    def _tint(self) -> None:
        self._view.viewport().update()


class _View(QListView):
    delete_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Reports"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete asks to delete."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit()
        else:
            super().keyPressEvent(event)
