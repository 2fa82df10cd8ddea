# SPDX-License-Identifier: GPL-3.0-only
"""The ways in: the port picker, a recording from the disk, the demo board; and the list of keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from mtleak_gui.core.auto_capture import CaptureWay
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.shortcuts import Shortcuts
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.bluetooth_scan import BluetoothScan
from mtleak_gui.engine.known_boards import KnownBoards
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.main_window import MainWindow
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

if TYPE_CHECKING:
    from mtleak_gui.ui.devices.board_picking import BoardPicking
    from mtleak_gui.ui.devices.capture_switch import CaptureSwitch

DEFAULT_SCENARIO = "leak-threads"
_FILES = frozenset({".jsonl", ".gz", ".json"})


class Opening(QObject):
    """``recordings`` is where the folder chooser begins."""

    def __init__(
        self,
        bench: Bench,
        theme: ThemeKeeper,
        settings: SettingsKeeper,
        *,
        known: KnownBoards,
        ports: PortWatch,
        bluetooth: BluetoothScan,
        recordings: Path,
        tell: Callable[[Notice], None],
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._bench, self._theme, self._settings = bench, theme, settings
        self._known, self._ports, self._bluetooth = known, ports, bluetooth
        self._recordings, self._tell, self._window = recordings, tell, window
        self._picking: BoardPicking | None = None
        self._switching: CaptureSwitch | None = None

    @Slot()
    def pick_port(self, port: str | None = None) -> None:
        """Open the port picker under its button; ``port`` is the row to begin with."""
        from mtleak_gui.engine.demo_offers import demo_offers  # noqa: PLC0415 - loaded when wanted
        from mtleak_gui.ui.devices.board_picking import BoardPicking  # noqa: PLC0415

        if self._picking is None:
            self._picking = BoardPicking(
                self._bench,
                self._theme,
                known=self._known,
                ports=self._ports,
                bluetooth=self._bluetooth,
                demos=demo_offers(),
                window=self._window,
            )
        self._picking.pick_below(self._window.header.device_button, port)

    def switch_capture(self, port: str, way: CaptureWay) -> None:
        """Hear a board another way, when that is confirmed."""
        from mtleak_gui.ui.devices.capture_switch import CaptureSwitch  # noqa: PLC0415 - loaded when wanted

        if self._switching is None:
            self._switching = CaptureSwitch(self._bench, self._theme, self._known, self._window)
        self._switching.ask(port, way, way)

    @Slot()
    def open_recording(self) -> None:
        """Ask for the folder of a recording, and show it."""
        dialog = QFileDialog(self._window, self.tr("Open a recording"), str(self._recordings))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Open"))
        dialog.fileSelected.connect(self._open_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def name_recording(self) -> None:
        """Ask for the name of a new recording, and begin it."""
        from mtleak_gui.ui.dialogs.new_recording_dialog import NewRecordingDialog  # noqa: PLC0415 - loaded when wanted

        dialog = NewRecordingDialog(self._theme, self._window)
        dialog.recording_named.connect(self._bench.new_recording)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_path(self, path: Path) -> None:
        """Show the recording of a folder, or of the folder that a stream's file or its recording.json lies in."""
        self._bench.open_recording(path.parent if path.suffix in _FILES else path)

    @Slot(str)
    def start_demo(self, scenario: str = DEFAULT_SCENARIO) -> None:
        """Show a virtual board."""
        self._bench.start_demo(scenario or DEFAULT_SCENARIO)

    @Slot()
    def show_folder(self) -> None:
        """Open the folder of the recording in the system's file manager."""
        folder = self._bench.folder
        if folder is None or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._tell(Notice("folder", "info", self.tr("The recording lies in {0}").format(folder or "")))

    @Slot()
    def show_shortcuts(self) -> None:
        """List all keys and gestures."""
        from mtleak_gui.ui.dialogs.shortcuts_dialog import ShortcutsDialog  # noqa: PLC0415 - loaded when wanted

        dialog = ShortcutsDialog(self._theme, Shortcuts(self._settings.settings.keys), self._window)
        dialog.edit_requested.connect(self._choose_keys)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _choose_keys(self) -> None:
        self._window.show_page("settings")
        page: object = self._window.page("settings")
        if page is not None:
            page.show_section("keys")  # type: ignore[attr-defined] # the page table's own page

    @Slot(str)
    def _open_chosen(self, path: str) -> None:
        self.open_path(Path(path))
