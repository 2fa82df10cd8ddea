# SPDX-License-Identifier: GPL-3.0-only
"""What the page has done to the shelf, all on the disk worker; failures become notices. Lives on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.contracts import ReportShelf
from mtleak_gui.core.leakhunt.saved_report import SavedReport
from mtleak_gui.core.notice import Notice
from mtleak_gui.engine.answering import Answering
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.ui.pages.reports.report_reading import ReadReport, read_report

_DELETED = "report_deleted:"


class ShelfDesk(QObject):
    """``listed`` brings a tuple of ``SavedReport``; it comes anew after everything that changes the shelf."""

    listed = Signal(tuple)
    read = Signal(ReadReport)
    told = Signal(Notice)

    def __init__(self, disk: DiskWorker, shelf: ReportShelf, parent: QObject) -> None:
        super().__init__(parent)
        self._disk, self._shelf = disk, shelf
        self._listing: Answering | None = None
        self._reading: Answering | None = None

    @Slot()
    def list_anew(self) -> None:
        """List what is on the shelf now."""
        if self._listing is not None:
            self._listing.cancel()
        self._listing = self._disk.run(self._shelf.reports, self)
        self._listing.done.connect(self._list_done)
        self._listing.failed.connect(self._list_failed)

    def read_report(self, report: SavedReport | None) -> None:
        """Read a report for its preview; what was to be read before is not wanted any more."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        if report is not None:
            self._reading = self._disk.run(partial(read_report, self._shelf, report), self)
            self._reading.done.connect(self._read_done)
            self._reading.failed.connect(self.list_anew)

    def rename(self, report: SavedReport, title: str) -> None:
        """Give a report another title."""
        self._work(partial(self._shelf.rename, report.name, title), self.tr("The report was not renamed."))

    def delete(self, report: SavedReport) -> None:
        """Take a report off the shelf; a notice offers to undo that."""
        deleting = self._work(partial(self._shelf.delete, report.name), self.tr("The report was not deleted."))
        notice = Notice(f"{_DELETED}{report.name}", "info", self.tr("Report deleted"), None, "undo_delete_report")
        deleting.done.connect(partial(self._tell, notice))

    def undo_delete(self, key: str) -> str:
        """Bring back the report that the notice of that key told of; return the report's name."""
        name = key.removeprefix(_DELETED)
        self._work(partial(self._shelf.undo_delete, name), self.tr("The report could not be brought back."))
        return name

    def _work(self, work: Callable[[], object], trouble: str) -> Answering:
        working = self._disk.run(work, self)
        working.done.connect(self.list_anew)
        working.failed.connect(partial(self._failed, trouble))
        return working

    def _tell(self, notice: Notice, _result: object) -> None:
        self.told.emit(notice)

    def _failed(self, trouble: str, why: str) -> None:
        text = self.tr("{} Look whether the disk may be written, then try again.").format(trouble)
        self.told.emit(Notice("reports", "danger", text, why, sticky=True))
        self.list_anew()

    @Slot(object)
    def _list_done(self, reports: tuple[SavedReport, ...]) -> None:
        self._listing = None
        self.listed.emit(reports)

    @Slot(str)
    def _list_failed(self, why: str) -> None:
        self._listing = None
        text = self.tr("The reports cannot be listed. Look whether their folder may be read.")
        self.told.emit(Notice("reports", "danger", text, why, sticky=True))

    @Slot(object)
    def _read_done(self, read: ReadReport) -> None:
        self._reading = None
        self.read.emit(read)
