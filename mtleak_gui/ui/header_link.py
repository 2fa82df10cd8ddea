# SPDX-License-Identifier: GPL-3.0-only
"""Joins header and status strip to the bench: shows its state, and turns wishes into calls."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.session import Session
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.board_colors import board_role
from mtleak_gui.ui.dialogs.confirm_dialog import ConfirmDialog
from mtleak_gui.ui.dialogs.pause_dialog import PauseDialog
from mtleak_gui.ui.header.bench_in_header import header_state, link_state
from mtleak_gui.ui.header.board_menu import BoardEntry, BoardMenu
from mtleak_gui.ui.header.header import Header
from mtleak_gui.ui.status.status_items import status_items
from mtleak_gui.ui.status.status_strip import StatusStrip
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_TICK_MS = 1_000
_GATHER_MS = 50
"""Several changes at once are shown once."""


class HeaderLink(QObject):
    """Shows the state once a second, and soon after each change."""

    def __init__(
        self,
        bench: Bench,
        header: Header,
        status: StatusStrip,
        *,
        theme: ThemeKeeper,
        settings: SettingsKeeper,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bench, self._header, self._status = bench, header, status
        self._theme, self._settings, self._window = theme, settings, window
        self._soon = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._soon.timeout.connect(self.refresh)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self.refresh)
        self._tick.start()
        for changed in (bench.current_changed, bench.recorder_changed, bench.recording_switched):
            changed.connect(self._refresh_soon)
        bench.session_added.connect(self._watch)
        for session in bench.sessions:
            self._watch(session)
        self._boards = BoardMenu(theme, header)
        self._boards.chosen.connect(bench.choose)
        self._boards.another_requested.connect(header.port_picker_requested)
        header.boards_requested.connect(self.choose_board)
        header.connect_requested.connect(self.connect_or_disconnect)
        header.disconnect_requested.connect(self.connect_or_disconnect)
        header.record_requested.connect(bench.start_recording)
        header.stop_requested.connect(self.record_or_stop)
        header.pause_requested.connect(self.pause_or_resume)
        header.resume_requested.connect(bench.resume)
        settings.changed.connect(self._show_quick_marks)
        self._show_quick_marks()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show how everything stands now."""
        self._header.show_state(header_state(self._bench))
        now = self._bench.now()
        self._status.show_items(status_items(self._bench, now), now)

    @Slot()
    def choose_board(self) -> None:
        """Offer the boards where there are several; else the ports."""
        sessions, current = self._bench.sessions, self._bench.current
        if len(sessions) < 2 or current is None:
            self._header.port_picker_requested.emit()
            return
        entries = [BoardEntry(one.port, one.name, link_state(one), board_role(one)) for one in sessions]
        self._boards.open_below(self._header.device_button, entries, current.port)

    @Slot()
    def connect_or_disconnect(self) -> None:
        """Disconnect the chosen board, or connect it again."""
        session = self._bench.current
        if session is None or session.read_only:
            self._header.port_picker_requested.emit()
        elif session.link.phase == "closed":
            self._bench.reconnect(session.port)
        else:
            self._bench.disconnect_board(session.port)

    @Slot()
    def record_or_stop(self) -> None:
        """Start recording, or stop it; what is no demo is stopped only when that is confirmed."""
        recorder = self._bench.recorder
        if not recorder.running:
            self._bench.start_recording()
        elif recorder.demo:
            self._bench.stop_recording()
        else:
            dialog = ConfirmDialog(
                self._theme,
                self.tr("Stop recording?"),
                self.tr("What boards say from now on is shown, but not kept. What was recorded stays on the disk."),
                self.tr("Stop recording"),
                destructive=True,
                parent=self._window,
            )
            dialog.accepted.connect(self._bench.stop_recording)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    @Slot()
    def pause_or_resume(self) -> None:
        """Resume, or ask for the reason of a pause."""
        recorder = self._bench.recorder
        if recorder.paused:
            self._bench.resume()
        elif recorder.running:
            dialog = PauseDialog(self._theme, self._window)
            dialog.pause_confirmed.connect(self._bench.pause)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    @Slot(Session)
    def _watch(self, session: Session) -> None:
        session.changed.connect(self._refresh_soon)
        self._refresh_soon()

    @Slot()
    def _refresh_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _show_quick_marks(self) -> None:
        labels = self._settings.settings.quick_marks
        self._header.set_quick_marks([(label, f"Ctrl+{number}") for number, label in enumerate(labels, start=1)])
