# SPDX-License-Identifier: GPL-3.0-only
"""Copies a report out of the shelf: asks where to, and lets the disk worker write. Runs in: GUI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QDir, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from mtleak_gui.core.contracts import ReportShelf
from mtleak_gui.core.leakhunt.saved_report import ReportForm, SavedReport
from mtleak_gui.core.notice import Notice
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.ui.pages.reports.report_pdf import PaperInks, write_pdf
from mtleak_gui.ui.theme.colors import read_colors
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class ExportForm(NamedTuple):
    """One entry of the menu. ``form`` is ``None`` for what the shelf does not hold: a PDF."""

    word: str
    ending: str
    form: ReportForm | None


FORMS = (
    ExportForm("Markdown", "md", "markdown"),
    ExportForm("HTML", "html", "html"),
    ExportForm("PDF", "pdf", None),
    ExportForm("Text", "txt", "text"),
    ExportForm("JSON", "json", "json"),
)


class ReportExports(QMenu):
    """The menu of the Export button. ``told`` brings a notice of how it went."""

    told = Signal(Notice)

    def __init__(self, theme: ThemeKeeper, disk: DiskWorker, shelf: ReportShelf, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._disk, self._shelf = theme, disk, shelf
        self._report: SavedReport | None = None
        self._dialog: QFileDialog | None = None
        for place, form in enumerate(FORMS):
            act = self.addAction(f"{form.word} (.{form.ending})")
            act.setData(place)
            act.triggered.connect(self._chosen)

    def set_report(self, report: SavedReport | None) -> None:
        """Export this one."""
        self._report = report

    def ask_where(self, form: ExportForm) -> None:
        """Open the dialog in which a file is named."""
        if self._report is None or self._report.label is None:
            return
        dialog = QFileDialog(self.parentWidget(), self.tr("Export report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(form.ending)
        dialog.setNameFilter(f"{form.word} (*.{form.ending})")
        dialog.setDirectory(QDir.homePath())
        dialog.selectFile(f"{self._report.name}.{form.ending}")
        dialog.setProperty("form", FORMS.index(form))
        dialog.fileSelected.connect(self._named)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def export(self, report: SavedReport, form: ExportForm, target: Path) -> None:
        """Write a report to ``target``."""
        title = report.name if report.label is None else report.label.title
        if form.form is None:
            fonts = self._theme.font(12), self._theme.mono(12)
            light = self._theme.resources / "themes" / "light.toml"

            def work() -> Path:
                # Paper is white in every theme.
                inks = PaperInks(read_colors(light), *fonts)
                return write_pdf(self._shelf.view(report.name), title, target, inks)

            writing = self._disk.run(work, self)
        else:
            writing = self._disk.run(partial(_copy_out, self._shelf, report.name, form.form, target), self)
        writing.done.connect(self._done)
        writing.failed.connect(self._failed)

    @Slot()
    def _chosen(self) -> None:
        act = self.sender()
        if act is not None:
            self.ask_where(FORMS[int(act.data())])  # type: ignore[attr-defined] # a QAction

    @Slot(str)
    def _named(self, path: str) -> None:
        if self._dialog is not None and self._report is not None:
            self.export(self._report, FORMS[int(self._dialog.property("form"))], Path(path))

    @Slot(object)
    def _done(self, target: Path) -> None:
        self.told.emit(Notice("report_exported", "ok", self.tr("Exported as {}").format(target.name), str(target)))

    @Slot(str)
    def _failed(self, why: str) -> None:
        text = self.tr("The report was not exported. Choose another folder, or look whether the disk has room.")
        self.told.emit(Notice("report_exported", "danger", text, why, sticky=True))


def _copy_out(shelf: ReportShelf, name: str, form: ReportForm, target: Path) -> Path:
    shelf.copy_out(name, form, target)
    return target
