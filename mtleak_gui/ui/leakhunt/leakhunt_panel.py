# SPDX-License-Identifier: GPL-3.0-only
"""Leakhunt: what to judge above, the verdict below, what to do with it at the foot. Shown in a window or docked."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from mtleak_gui.core.contracts import ReportShelf
from mtleak_gui.core.leakhunt.report_view import device_name, report_view
from mtleak_gui.core.leakhunt.saved_report import SavedReport
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
from mtleak_gui.ui.leakhunt.saved_activity import note_saved
from mtleak_gui.ui.leakhunt.subject import Subject, history_of, other_recording, subject_of
from mtleak_gui.ui.leakhunt.verdict_keeping import VerdictKeeping
from mtleak_gui.ui.leakhunt.verdict_place import VerdictPlace
from mtleak_gui.ui.requests import LeakhuntRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.lines import line


class LeakhuntPanel(QWidget):
    """Judges in the query process, saves on the disk worker; nothing here waits, and nothing is sent to a board."""

    notice_requested = Signal(Notice)
    log_row_requested = Signal(float, str)
    report_saved = Signal(SavedReport)
    verdict_shown = Signal(object, str)
    """The ``Verdict`` and the port of its board; ``None`` when a verdict is not shown any more."""
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
        self._bench, self._theme = bench, theme
        self._judging = Judging(queries, self)
        self._judged: Judged | None = None
        self._recording: Path | None = None
        self._elsewhere: Subject | None = None
        self._subject = Subject()
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._header = PanelHeader(theme)
        self._parameters = ParameterRow(theme, partial(history_of, bench), bench.now)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Progress"))
        self._checks = CheckRow(theme)
        self._place = VerdictPlace(theme)
        self._actions = ActionRow(theme)
        self.keeping = VerdictKeeping(self._actions, disk, shelf, self)
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
        return {"run_leakhunt": self.run, "save_report": self.keeping.save}

    @property
    def judged(self) -> Judged | None:
        """What is shown, if anything."""
        return self._judged

    # What the tester does

    @Slot()
    def run(self) -> None:
        """Judge what is chosen; an answer that is still awaited is dropped."""
        self.refresh()
        question, folder = self._parameters.question(), self._subject.folder
        if question is not None and folder is not None:
            self._recording = folder
            self._judging.begin(folder, question)

    @Slot()
    def cancel(self) -> None:
        """Do not wait for the answer; what was shown before stays."""
        self._judging.cancel()
        self._end(self.tr("Cancelled"))

    @Slot()
    def refresh(self) -> None:
        """Offer what can be judged now."""
        self._subject = self._elsewhere or subject_of(self._bench)
        self._parameters.set_subject(self._subject)

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
        self._body.addWidget(self._place, 1)
        column.addLayout(self._body, 1)
        column.addWidget(line())
        column.addWidget(self._actions)
        self._progress.hide()

    def _connect(self) -> None:
        bench = self._bench
        for signal in (bench.session_added, bench.session_removed, bench.current_changed, bench.markers_changed):
            signal.connect(self.refresh)
        bench.recorder_changed.connect(self.refresh)
        bench.recording_switched.connect(self._forget)
        self._parameters.run_requested.connect(self.run)
        self._parameters.cancel_requested.connect(self.cancel)
        self._checks.resume_requested.connect(bench.resume)
        self._checks.record_requested.connect(bench.start_recording)
        self._place.log_row_chosen.connect(self.log_row_requested)
        self._place.copy_requested.connect(self.keeping.copy_command)
        self._place.window_wished.connect(self._judge_wider)
        self._place.again_requested.connect(self.run)
        self._judging.began.connect(self._begin)
        self._judging.judged.connect(self._take)
        self._judging.failed.connect(self._fail)
        self._judging.progressed.connect(self._advance)
        self.keeping.told.connect(self.notice_requested)
        self.keeping.saved.connect(self.report_saved)
        self.keeping.saved.connect(partial(note_saved, bench))
        self._header.dock_requested.connect(self.dock_requested)
        self._header.close_requested.connect(self.close_requested)

    # What happens

    @Slot()
    def _forget(self) -> None:
        self._judging.cancel()
        self._judged = self._elsewhere = None
        self.keeping.forget()
        self._place.show_hint()
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
        view = report_view(verdict)
        self._judged = judged
        self.keeping.take(verdict, view, self._recording)
        self._header.set_device(device_name(verdict))
        self._checks.show_checks(check_items(verdict.facts))
        self._place.show_verdict(verdict, view)
        self.verdict_shown.emit(verdict, verdict.facts.evidence.device.port or "")
        self._end(self.tr("Run took {} ms").format(f"{judged.took_s * 1000:,.0f}"))

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._judged = None
        self.keeping.forget()
        self._checks.show_checks(())
        self._place.show_trouble(sentence)
        self._end("")

    def _end(self, words: str) -> None:
        self._parameters.set_busy(busy=False)
        self._progress.hide()
        self._actions.say(words)

    @Slot(str)
    def _judge_wider(self, words: str) -> None:
        self._parameters.choose_window(words)
        self.run()

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+S and Enter, which mean something else elsewhere in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Pass the focus on. A focus proxy would do so too, but Tab would then pass over all controls before it."""
        super().focusInEvent(event)
        self._parameters.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+S saves; Enter runs, where no control took it."""
        if event.matches(QKeySequence.StandardKey.Save):
            self.keeping.save()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._judging.is_busy:
            self.run()
        else:
            super().keyPressEvent(event)


def _is_ours(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Save)
