# SPDX-License-Identifier: GPL-3.0-only
"""The page of saved reports. All that touches files goes over the disk worker; nothing here waits."""

from __future__ import annotations

import time
from collections.abc import Mapping

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QFocusEvent, QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.contracts import ReportShelf
from mtleak_gui.core.leakhunt.saved_report import SavedReport
from mtleak_gui.core.notice import Notice
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.ui.pages.reports.no_reports import NoReports
from mtleak_gui.ui.pages.reports.report_exports import ReportExports
from mtleak_gui.ui.pages.reports.report_list import ReportList
from mtleak_gui.ui.pages.reports.report_preview import ReportPreview
from mtleak_gui.ui.pages.reports.report_reading import ReadReport
from mtleak_gui.ui.pages.reports.shelf_desk import ShelfDesk
from mtleak_gui.ui.requests import LeakhuntRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.labels import label

_LIST_WIDTHS = (250, 380)
_LIST_SHARE = 0.352


class ReportsPage(QWidget):
    """Reports are listed anew whenever the page is shown and when something was saved."""

    leakhunt_requested = Signal(LeakhuntRequest)
    log_row_requested = Signal(float, str)
    notice_requested = Signal(Notice)

    def __init__(
        self, bench: Bench, theme: ThemeKeeper, disk: DiskWorker, shelf: ReportShelf, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._desk = ShelfDesk(disk, shelf, self)
        self._read: ReadReport | None = None
        self.setProperty("kind", "page")
        self.list = ReportList(theme)
        self.preview = ReportPreview(theme)
        self.exports = ReportExports(theme, disk, shelf, self)
        self._empty = NoReports(theme)
        self._open = IconButton(theme, "open-in-new", self.tr("Open folder"), size="control")
        self._again = IconButton(theme, "replay", self.tr("Re-run on same window"), size="control")
        self._export = IconButton(theme, "export-variant", self.tr("Export"), size="control")
        self._export.set_menu(self.exports)
        self._lay_out()
        self._connect()
        self._empty.hide()
        self._set_ready()

    @Slot()
    def refresh(self) -> None:
        """List what is on the shelf now."""
        self._desk.list_anew()

    @Slot(str)
    def undo_delete(self, key: str) -> None:
        """Bring back the report that the notice of that key told of."""
        self.list.choose_later(self._desk.undo_delete(key))

    def view_state(self) -> dict[str, object]:
        """Return what is searched and chosen."""
        chosen = self.list.report
        return {
            "search": self.list.search.text(),
            "kind": self.list.kind,
            "report": "" if chosen is None else chosen.name,
        }

    def restore_view(self, state: Mapping[str, object]) -> None:
        """Search and choose what was searched and chosen."""
        search, kind, name = (state.get(key) for key in ("search", "kind", "report"))
        if isinstance(search, str):
            self.list.search.setText(search)
        if isinstance(kind, str):
            self.list.choose_kind(kind)
        if isinstance(name, str):
            self.list.choose(name)

    # How it is made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(self.tr("Reports"), "title"))
        head.addStretch(1)
        for button in (self._open, self._again, self._export):
            head.addWidget(button)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.list)
        row.addWidget(self.preview, 1)
        row.addWidget(self._empty, 1)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self.list.chosen.connect(self._chosen)
        self.list.delete_requested.connect(self.delete)
        self.preview.title.delete_requested.connect(self.delete)
        self.preview.title.renamed.connect(self._rename)
        self.preview.moment_chosen.connect(self._show_moment)
        self.preview.copy_requested.connect(self._copy)
        self.preview.open_requested.connect(self.open_folder)
        self.exports.told.connect(self.notice_requested)
        self._desk.told.connect(self.notice_requested)
        self._desk.listed.connect(self._take_list)
        self._desk.read.connect(self._take_report)
        self._open.clicked.connect(self.open_folder)
        self._again.clicked.connect(self.run_again)
        self._empty.leakhunt_requested.connect(self.leakhunt_requested)

    # What the tester does

    @Slot()
    def open_folder(self) -> None:
        """Show the report's folder in the system's file browser."""
        report = self.list.report
        if report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(report.folder)))

    @Slot()
    def run_again(self) -> None:
        """Judge the same window of the same recording anew."""
        read_label = None if self._read is None else self._read.report.label
        if read_label is None or read_label.recording is None:
            return
        request = LeakhuntRequest(
            port=read_label.port,
            start=read_label.start,
            end=read_label.end,
            variant=read_label.variant,
            field=read_label.field,
            rules=read_label.rules,
            recording=read_label.recording,
            device=read_label.device,
        )
        self.leakhunt_requested.emit(request)

    @Slot()
    def delete(self) -> None:
        """Take the chosen report off the shelf; a notice offers to undo that."""
        report = self.list.report
        if report is not None:
            self.list.choose_later(self.list.neighbour())
            self._desk.delete(report)

    # What happens

    @Slot(object)
    def _take_list(self, reports: tuple[SavedReport, ...]) -> None:
        self._empty.setVisible(not reports)
        self.list.setVisible(bool(reports))
        self.preview.setVisible(bool(reports))
        self.list.show_reports(reports, time.time())
        self._set_ready()

    @Slot()
    def _chosen(self) -> None:
        report = self.list.report
        self.exports.set_report(report)
        if report is not None and self._read is not None and self._read.report == report:
            return
        if report is None:
            self._read = None
            self.preview.show_nothing()
        self._desk.read_report(report)
        self._set_ready()

    @Slot(object)
    def _take_report(self, read: ReadReport) -> None:
        self._read = read
        self.preview.show_report(read)
        self._set_ready()

    @Slot(str)
    def _rename(self, title: str) -> None:
        report = self.list.report
        if report is not None:
            self._desk.rename(report, title)

    @Slot(float)
    def _show_moment(self, ts: float) -> None:
        read_label = None if self._read is None else self._read.report.label
        if read_label is None:
            return
        if read_label.recording == str(self._bench.folder):
            self.log_row_requested.emit(ts, read_label.port or "")
        else:
            text = self.tr("This line is in another recording. Open that recording first, then choose it again.")
            self.notice_requested.emit(Notice("reports", "info", text, read_label.recording))

    @Slot(str)
    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.notice_requested.emit(Notice("copied", "ok", self.tr("Command copied")))

    def _set_ready(self) -> None:
        report = self.list.report
        sound = report is not None and report.label is not None
        self._open.setEnabled(report is not None)
        self._export.setEnabled(sound)
        there = self._read is not None and self._read.has_recording and self._read.report == report
        self._again.setEnabled(sound and there)
        gone = self.tr("The recording of this report is not there any more")
        self._again.setToolTip("" if there or not sound else gone)

    # Qt

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Pass the focus on. A focus proxy would do so too, but Tab would then pass over all controls before it."""
        super().focusInEvent(event)
        self.list.setFocus(event.reason())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """List what is there now."""
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give the list less where the page is narrow."""
        super().resizeEvent(event)
        least, most = _LIST_WIDTHS
        self.list.setFixedWidth(min(most, max(least, round(event.size().width() * _LIST_SHARE))))
