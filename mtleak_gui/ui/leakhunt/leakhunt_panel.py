# SPDX-License-Identifier: GPL-3.0-only
"""Leakhunt: what to judge above, the verdict below, what to do with it at the foot. Shown in a window or docked."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from mtleak_gui.core.contracts import ReportShelf
from mtleak_gui.core.leakhunt.report_markdown import to_markdown
from mtleak_gui.core.leakhunt.report_view import device_name, report_view
from mtleak_gui.core.leakhunt.saved_report import ReportView, SavedReport
from mtleak_gui.core.notice import Notice
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.engine.query_jobs import Judged
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.ui.keyboard import Acts
from mtleak_gui.ui.leakhunt.action_row import ActionRow
from mtleak_gui.ui.leakhunt.check_row import CheckRow
from mtleak_gui.ui.leakhunt.check_words import check_items
from mtleak_gui.ui.leakhunt.judging import Judging
from mtleak_gui.ui.leakhunt.panel_header import PanelHeader
from mtleak_gui.ui.leakhunt.parameter_row import ParameterRow
from mtleak_gui.ui.leakhunt.result_view import ResultView
from mtleak_gui.ui.leakhunt.subject import Subject, other_recording, subject_of
from mtleak_gui.ui.requests import LeakhuntRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.alert_box import AlertBox
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.lines import line

_AGAIN = "again"


class LeakhuntPanel(QWidget):
    """Judges in the query process, saves on the disk worker; nothing here waits, and nothing is sent to a board."""

    notice_requested = Signal(Notice)
    log_row_requested = Signal(float, str)
    report_saved = Signal(SavedReport)
    dock_requested = Signal(bool)
    close_requested = Signal()

    def __init__(
        self,
        bench: Bench,
        theme: ThemeKeeper,
        queries: QueryRunner,
        disk: DiskWorker,
        shelf: ReportShelf,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._theme, self._disk, self._shelf = bench, theme, disk, shelf
        self._judging = Judging(queries, self)
        self._judged: Judged | None = None
        self._view: ReportView | None = None
        self._recording: Path | None = None
        self._elsewhere: Subject | None = None
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._header = PanelHeader(theme)
        self._parameters = ParameterRow(theme, bench.now)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Progress"))
        self._checks = CheckRow(theme)
        self._shown: QWidget = label(self.tr("Choose a window and run."), "secondary")
        self._actions = ActionRow(theme)
        self._body = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.refresh()

    # What others ask

    def ask(self, request: LeakhuntRequest) -> None:
        """Choose what is asked for, and judge it unless the request says otherwise."""
        elsewhere = request.recording is not None and request.recording != str(self._bench.folder)
        self._elsewhere = other_recording(request) if elsewhere else None
        self.refresh()
        self._parameters.take(request)
        self._parameters.setFocus()
        if request.run:
            self.run()

    def set_docked(self, *, docked: bool) -> None:
        """Know where it is shown, to offer the other place."""
        self._header.set_docked(docked=docked)

    def acts(self) -> Acts:
        """Return what can be done here, for the keyboard."""
        return {"run_leakhunt": self.run, "save_report": self.save_report}

    @property
    def judged(self) -> Judged | None:
        """What is shown, if anything."""
        return self._judged

    # What the tester does

    @Slot()
    def run(self) -> None:
        """Judge what is chosen; an answer that is still awaited is dropped."""
        question, folder = self._parameters.question(), self._subject().folder
        if question is not None and folder is not None:
            self._recording = folder
            self._judging.begin(folder, question)

    @Slot()
    def cancel(self) -> None:
        """Do not wait for the answer; what was shown before stays."""
        self._judging.cancel()
        self._end(self.tr("Cancelled"))

    @Slot()
    def save_report(self) -> None:
        """Save what is shown, in all forms."""
        if self._judged is not None:
            self._actions.set_ready(ready=True, saved=True)
            saving = self._disk.run(partial(self._shelf.save, self._judged.verdict, self._recording), self)
            saving.done.connect(self._saved)
            saving.failed.connect(self._not_saved)

    @Slot()
    def copy_text(self) -> None:
        """Copy the report as it is."""
        if self._view is not None:
            self._copy(self._view.text, self.tr("Report copied"))

    @Slot()
    def copy_markdown(self) -> None:
        """Copy the report for an issue."""
        if self._judged is not None:
            self._copy(to_markdown(self._judged.verdict), self.tr("Report copied as Markdown"))

    @Slot()
    def refresh(self) -> None:
        """Offer what can be judged now."""
        self._parameters.set_subject(self._subject())

    def _subject(self) -> Subject:
        return self._elsewhere or subject_of(self._bench)

    # How it is made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(line())
        self._body.setContentsMargins(16, 10, 16, 12)
        self._body.setSpacing(8)
        self._body.addWidget(self._parameters)
        self._body.addWidget(self._progress)
        self._body.addWidget(self._checks)
        self._body.addWidget(self._shown, 1)
        column.addLayout(self._body, 1)
        column.addWidget(line())
        column.addWidget(self._actions)
        self._progress.hide()
        self.setFocusProxy(self._parameters)

    def _connect(self) -> None:
        bench = self._bench
        for signal in (bench.session_added, bench.session_removed, bench.current_changed, bench.markers_changed):
            signal.connect(self.refresh)
        bench.recorder_changed.connect(self._second_passed)
        bench.recording_switched.connect(self._forget)
        self._parameters.run_requested.connect(self.run)
        self._parameters.cancel_requested.connect(self.cancel)
        self._judging.began.connect(self._begin)
        self._judging.judged.connect(self._take)
        self._judging.failed.connect(self._fail)
        self._judging.progressed.connect(self._advance)
        self._actions.save_requested.connect(self.save_report)
        self._actions.copy_text_requested.connect(self.copy_text)
        self._actions.copy_markdown_requested.connect(self.copy_markdown)
        self._header.dock_requested.connect(self.dock_requested)
        self._header.close_requested.connect(self.close_requested)

    # What happens

    @Slot()
    def _second_passed(self) -> None:
        if self.isVisible():
            self.refresh()

    @Slot()
    def _forget(self) -> None:
        self._judging.cancel()
        self._judged = self._view = self._elsewhere = None
        self._show(label(self.tr("Choose a window and run."), "secondary"))
        self._checks.show_checks(())
        self._header.set_device("")
        self._end("")
        self.refresh()

    @Slot()
    def _begin(self) -> None:
        self._parameters.set_busy(busy=True)
        self._progress.setValue(0)
        self._progress.show()
        self._actions.say(self.tr("Judging"))

    @Slot(float, str)
    def _advance(self, share: float, words: str) -> None:
        self._progress.setValue(round(share * 100))
        self._actions.say(words)

    @Slot(object)
    def _take(self, judged: Judged) -> None:
        verdict = judged.verdict
        self._judged, self._view = judged, report_view(verdict)
        self._header.set_device(device_name(verdict))
        self._checks.show_checks(check_items(verdict.facts))
        shown = ResultView(self._theme, verdict, self._view, self)
        shown.moment_chosen.connect(self._show_moment)
        shown.copy_requested.connect(self._copy_command)
        shown.window_wished.connect(self._judge_wider)
        self._show(shown)
        self._end(self.tr("Run took {} ms").format(f"{judged.took_s * 1000:,.0f}"))

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._judged = self._view = None
        title = self.tr("Leakhunt could not judge this window")
        text = sentence[:1].upper() + sentence[1:]
        alert = AlertBox(self._theme, "danger", title, text, actions=[(_AGAIN, self.tr("Run again"))])
        alert.acted.connect(self.run)
        self._checks.show_checks(())
        self._show(alert)
        self._end("")

    def _show(self, shown: QWidget) -> None:
        old, self._shown = self._shown, shown
        self._body.replaceWidget(old, shown)
        self._body.setStretchFactor(shown, 1)
        if isinstance(shown, AlertBox):
            self._body.setAlignment(shown, Qt.AlignmentFlag.AlignTop)
        old.hide()
        old.deleteLater()

    def _end(self, words: str) -> None:
        self._parameters.set_busy(busy=False)
        self._progress.hide()
        self._actions.set_ready(ready=self._judged is not None)
        self._actions.say(words)

    @Slot(str)
    def _judge_wider(self, words: str) -> None:
        self._parameters.choose_window(words)
        self.run()

    @Slot(float)
    def _show_moment(self, ts: float) -> None:
        if self._judged is not None:
            port = self._judged.verdict.facts.evidence.request.port
            self.log_row_requested.emit(ts, port or "")

    @Slot(str)
    def _copy_command(self, command: str) -> None:
        self._copy(command, self.tr("Command copied"))

    def _copy(self, text: str, said: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._actions.say(said)
        self.notice_requested.emit(Notice("copied", "ok", said))

    @Slot(object)
    def _saved(self, report: SavedReport) -> None:
        title = "" if report.label is None else report.label.title
        self._actions.say(self.tr("Saved as {}").format(title))
        self.notice_requested.emit(Notice("report_saved", "ok", self.tr("Report saved"), title, "show_reports"))
        self.report_saved.emit(report)

    @Slot(str)
    def _not_saved(self, why: str) -> None:
        self._actions.set_ready(ready=self._judged is not None)
        self._actions.say(self.tr("Not saved"))
        text = self.tr("The report was not saved. Look whether the disk has room and may be written, then save again.")
        self.notice_requested.emit(Notice("report_saved", "danger", text, why, sticky=True))

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+S and Enter, which mean something else elsewhere in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+S saves; Enter runs, where no control took it."""
        if event.matches(QKeySequence.StandardKey.Save):
            self.save_report()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._judging.is_busy:
            self.run()
        else:
            super().keyPressEvent(event)


def _is_ours(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Save)
