# SPDX-License-Identifier: GPL-3.0-only
"""The Overview: a tile for each board, the recorder, things to fix, activity; three doors where there is nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QWidget

from mtleak_gui.core.notice import Notice
from mtleak_gui.core.things_to_fix import without_ignored
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.board_watch import BoardWatch
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.session import Session
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.devices.board_acting import BoardActing
from mtleak_gui.ui.dialogs.new_recording_dialog import NewRecordingDialog
from mtleak_gui.ui.dialogs.pause_dialog import PauseDialog
from mtleak_gui.ui.pages.overview.activity_list import ActivityList
from mtleak_gui.ui.pages.overview.board_tile import BoardTile
from mtleak_gui.ui.pages.overview.card_grid import CardGrid
from mtleak_gui.ui.pages.overview.first_run import FirstRun
from mtleak_gui.ui.pages.overview.more_info import MoreInfo
from mtleak_gui.ui.pages.overview.recorder_card import RecorderCard
from mtleak_gui.ui.pages.overview.things_card import ThingsCard
from mtleak_gui.ui.pages.overview.told_activity import ToldActivity
from mtleak_gui.ui.requests import LeakhuntRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.card import Card

_TICK_MS = 1_000
_GATHER_MS = 50
_NARROW_BELOW = 1000


class OverviewPage(QWidget):
    """Shows the state once a second and soon after each change, while it is visible."""

    leakhunt_requested = Signal(object)
    page_requested = Signal(str)
    port_picker_requested = Signal()
    capture_switch_requested = Signal(str, str)
    """A port, and ``api`` or ``console``."""
    open_recording_requested = Signal()
    demo_requested = Signal(str)
    notice_requested = Signal(Notice)

    def __init__(
        self,
        bench: Bench,
        theme: ThemeKeeper,
        settings: SettingsKeeper,
        *,
        ports: PortWatch | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._theme, self._settings = bench, theme, settings
        self._ports = ports
        self._watch = BoardWatch(bench, ports, self)
        self._tiles: dict[str, BoardTile] = {}
        self._more: MoreInfo | None = None
        self._acting = BoardActing(bench, theme, self)
        self._recorder, self._things = RecorderCard(theme), ThingsCard(theme)
        self._activity, self._told = ActivityList(theme, self._name_of), ToldActivity(bench)
        self._grid = CardGrid(self._recorder, self._things, self._activity_card())
        self._boards = QScrollArea()
        self._boards.setFrameShape(QFrame.Shape.NoFrame)
        self._boards.setWidgetResizable(True)
        self._boards.setWidget(self._grid)
        self._first_run = FirstRun(theme)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._first_run)
        self._stack.addWidget(self._boards)
        self._soon = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._soon.timeout.connect(self.refresh)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self.refresh)
        self._connect()
        self._sessions_changed()

    @Slot()
    def refresh(self) -> None:
        """Show how everything stands now."""
        bench, now = self._bench, self._bench.now()
        nothing = not bench.sessions and bench.folder is None
        self._stack.setCurrentWidget(self._first_run if nothing else self._boards)
        for tile in self._tiles.values():
            tile.refresh(bench.recorder, now)
        self._recorder.refresh(bench.recorder, self._settings.settings.recording, now)
        ignored = self._settings.settings.ignored_fixes
        self._things.show_things(without_ignored(self._watch.things(now), ignored))
        self._activity.show_rows(self._told.rows(), now)

    @Slot(str)
    def show_more(self, port: str) -> None:
        """Open what is known of a board."""
        session = self._bench.session(port)
        if session is None:
            return
        if self._more is not None:
            self._more.close()
        self._more = MoreInfo(session, self._bench, self._theme, self._ports, self.window())
        self._more.setModal(False)
        self._more.leakhunt_wished.connect(self._judge)
        self._more.heap_wished.connect(self._show_heap)
        self._more.link_wished.connect(self.act_on_link)
        self._more.show()

    def _connect(self) -> None:
        bench = self._bench
        bench.session_added.connect(self._sessions_changed)
        bench.session_removed.connect(self._sessions_changed)
        changes = (bench.recorder_changed, bench.past_loaded, bench.activity_changed, bench.recording_switched)
        for changed in (*changes, self._settings.changed):
            changed.connect(self._refresh_soon)
        self._recorder.pause_wished.connect(self._ask_reason)
        self._recorder.resume_wished.connect(bench.resume)
        self._recorder.record_wished.connect(bench.start_recording)
        self._recorder.close_wished.connect(bench.close_recording)
        self._recorder.folder_wished.connect(self._open_folder)
        self._recorder.new_wished.connect(self._ask_title)
        self._things.acted.connect(self._mend)
        self._things.ignored.connect(self._ignore)
        self._first_run.port_picker_requested.connect(self.port_picker_requested)
        self._first_run.open_recording_requested.connect(self.open_recording_requested)
        self._first_run.demo_requested.connect(self.demo_requested)

    def _activity_card(self) -> Card:
        card = Card(padding=0)
        logbook = button(self.tr("Open Logbook"), "text", "small")
        logbook.clicked.connect(self._open_logbook)
        card.set_header(self.tr("Activity"), logbook)
        first = card.body.itemAt(0)
        header = None if first is None else first.layout()
        if header is not None:
            header.setContentsMargins(16, 8, 8, 8)
        card.body.setSpacing(0)
        card.body.setContentsMargins(1, 1, 1, 8)
        card.body.addWidget(self._activity, 1)
        return card

    @Slot()
    def _sessions_changed(self) -> None:
        sessions = self._bench.sessions
        for port in tuple(self._tiles):
            if all(session is not self._tiles[port].session for session in sessions):
                tile = self._tiles.pop(port)
                tile.hide()
                tile.deleteLater()
        for session in sessions:
            if session.port not in self._tiles:
                self._tiles[session.port] = self._tile(session)
        self._grid.set_tiles([self._tiles[session.port] for session in sessions])
        self._refresh_soon()

    def _tile(self, session: Session) -> BoardTile:
        tile = BoardTile(session, self._theme, self._grid)
        tile.leakhunt_wished.connect(self._judge)
        tile.settings_wished.connect(self._open_settings)
        tile.forget_wished.connect(self._bench.forget)
        tile.opened.connect(self.show_more)
        tile.link_wished.connect(self.act_on_link)
        session.changed.connect(self._refresh_soon)
        session.boots_changed.connect(self._refresh_soon)
        tile.show()
        return tile

    def _name_of(self, port: str) -> str:
        session = self._bench.session(port)
        return port if session is None else session.name

    @Slot()
    def _refresh_soon(self) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    @Slot(str, str)
    def act_on_link(self, act: str, port: str) -> None:
        """Do what is wished of a link; an act that there is not is passed over."""
        acts = {
            "cancel": self._bench.disconnect_board,
            "reconnect": self._bench.reconnect,
        }
        if act in acts:
            acts[act](port)

    @Slot(str)
    def _judge(self, port: str) -> None:
        self._bench.choose(port)
        self.leakhunt_requested.emit(LeakhuntRequest(port))

    @Slot(str)
    def _show_heap(self, port: str) -> None:
        self._bench.choose(port)
        self.page_requested.emit("heap")

    @Slot()
    def _open_logbook(self) -> None:
        self.page_requested.emit("logbook")

    @Slot()
    def _open_settings(self) -> None:
        self.page_requested.emit("settings")

    @Slot()
    def _open_folder(self) -> None:
        folder = self._bench.folder
        if folder is not None and not _shown_by_system(folder):
            told = self.tr("The recording lies in {0}").format(folder)
            self.notice_requested.emit(Notice("folder", "info", told))

    @Slot()
    def _ask_reason(self) -> None:
        dialog = PauseDialog(self._theme, self.window())
        dialog.pause_confirmed.connect(self._bench.pause)
        dialog.open()

    @Slot()
    def _ask_title(self) -> None:
        dialog = NewRecordingDialog(self._theme, self.window())
        dialog.recording_named.connect(self._bench.new_recording)
        dialog.open()

    @Slot(str, str)
    def _mend(self, action: str, port: str) -> None:
        acts = {
            "open_folder": self._open_folder,
            "settings": self._open_settings,
            "start_recording": self._bench.start_recording,
            "choose_port": self.port_picker_requested.emit,
        }
        if action in ("capture_api", "capture_console"):
            self.capture_switch_requested.emit(port, action.removeprefix("capture_"))
        elif action == "ask_stats":
            self._acting.ask_for_stats(port)
        elif action == "debug_log_on":
            self._acting.switch_debug_log(port, on=True)
        elif action in acts:
            acts[action]()

    @Slot(str)
    def _ignore(self, key: str) -> None:
        ignored = self._settings.settings.ignored_fixes
        self._settings.change(ignored_fixes=(*(other for other in ignored if other != key), key)[-500:])

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to tick, with what is new."""
        super().showEvent(event)
        self._tick.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Do nothing while nobody looks."""
        super().hideEvent(event)
        self._tick.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Save room where the window is small."""
        super().resizeEvent(event)
        self._grid.set_padding(narrow=self.width() < _NARROW_BELOW)


def _shown_by_system(folder: Path) -> bool:
    return bool(QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
