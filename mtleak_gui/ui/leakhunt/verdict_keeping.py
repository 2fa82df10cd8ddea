# SPDX-License-Identifier: GPL-3.0-only
"""What is done with a verdict that is shown: it is saved by the disk worker, copied to the clipboard."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from mtleak_gui.core.contracts import ReportShelf
from mtleak_gui.core.leakhunt.report_markdown import to_markdown
from mtleak_gui.core.leakhunt.saved_report import ReportView, SavedReport
from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.core.notice import Notice
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.ui.leakhunt.action_row import ActionRow


class VerdictKeeping(QObject):
    """Works the buttons of an action row; ``told`` brings what the window should show in passing."""

    told = Signal(Notice)
    saved = Signal(SavedReport)

    def __init__(self, actions: ActionRow, disk: DiskWorker, shelf: ReportShelf, parent: QObject) -> None:
        super().__init__(parent)
        self._actions, self._disk, self._shelf = actions, disk, shelf
        self._verdict: Verdict | None = None
        self._text = ""
        self._recording: Path | None = None
        actions.save_requested.connect(self.save)
        actions.copy_text_requested.connect(self.copy_text)
        actions.copy_markdown_requested.connect(self.copy_markdown)

    def take(self, verdict: Verdict, view: ReportView, recording: Path | None) -> None:
        """Keep this verdict, judged from ``recording``."""
        self._verdict, self._text, self._recording = verdict, view.text, recording
        self._actions.set_ready(ready=True)

    def forget(self) -> None:
        """There is no verdict any more."""
        self._verdict, self._text = None, ""
        self._actions.set_ready(ready=False)

    @Slot()
    def save(self) -> None:
        """Save the verdict in all forms."""
        if self._verdict is not None:
            self._actions.set_ready(ready=True, saved=True)
            saving = self._disk.run(partial(self._shelf.save, self._verdict, self._recording), self)
            saving.done.connect(self._saved)
            saving.failed.connect(self._not_saved)

    @Slot()
    def copy_text(self) -> None:
        """Copy the report as it is."""
        if self._verdict is not None:
            self._copy(self._text, self.tr("Report copied"))

    @Slot()
    def copy_markdown(self) -> None:
        """Copy the report for an issue."""
        if self._verdict is not None:
            self._copy(to_markdown(self._verdict), self.tr("Report copied as Markdown"))

    @Slot(str)
    def copy_command(self, command: str) -> None:
        """Copy a command; it is never run."""
        self._copy(command, self.tr("Command copied"))

    def _copy(self, text: str, said: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._actions.say(said)
        self.told.emit(Notice("copied", "ok", said))

    @Slot(object)
    def _saved(self, report: SavedReport) -> None:
        title = "" if report.label is None else report.label.title
        self._actions.say(self.tr("Saved as {}").format(title))
        self.told.emit(Notice("report_saved", "ok", self.tr("Report saved"), title, "show_reports"))
        self.saved.emit(report)

    @Slot(str)
    def _not_saved(self, why: str) -> None:
        self._actions.set_ready(ready=self._verdict is not None)
        self._actions.say(self.tr("Not saved"))
        text = self.tr("The report was not saved. Look whether the disk has room and may be written, then save again.")
        self.told.emit(Notice("report_saved", "danger", text, why, sticky=True))
