# SPDX-License-Identifier: GPL-3.0-only
"""The port picker under a button, over a real bench and real settings; ports and the radio are played."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mtleak_gui.core.ble_offer import BleOffer
from mtleak_gui.core.settings import Settings
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.bluetooth_scan import BluetoothScan
from mtleak_gui.engine.board_memory import BoardMemory
from mtleak_gui.engine.demo_offers import demo_offers
from mtleak_gui.engine.known_boards import KnownBoards
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.link.ble_scan import scan_for_boards
from mtleak_gui.ui.devices.board_choice import BoardChoice
from mtleak_gui.ui.devices.board_picking import BoardPicking
from mtleak_gui.ui.devices.picker_row import PickerRow
from mtleak_gui.ui.devices.port_picker import PortPicker
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.engine.bench_kit import benched
from tests.engine.port_kit import Plugs, keeping, looking
from tests.link.virtual_radio import Air
from tests.ui.overview_stage import PICTURES

SOON = 10_000


class Desk:
    """What a test of the picker holds in its hands."""

    def __init__(
        self, window: QWidget, theme: ThemeKeeper, bench: Bench, keeper: SettingsKeeper, ports: PortWatch
    ) -> None:
        self.theme = theme
        self.window, self.bench, self.keeper, self.ports = window, bench, keeper, ports
        self.known = KnownBoards(bench, keeper, ports, window)
        self.memory = BoardMemory(bench, self.known, window)
        self.air = Air()
        self.bluetooth = BluetoothScan(self._scan, window)
        self.control = QPushButton("No board", window)
        self.control.setGeometry(16, 8, 216, 36)
        self.picking: BoardPicking | None = None

    @property
    def picker(self) -> PortPicker:
        """The panel."""
        assert self.picking is not None
        return self.picking.picker

    def choices(self) -> list[BoardChoice]:
        """Return what can be seen to choose from."""
        return [row.choice for row in self.picker.findChildren(PickerRow) if row.isVisible()]

    def reopen(self, port: str | None = None) -> None:
        """Open the picker again."""
        assert self.picking is not None
        self.picker.hide()
        self.picking.pick_below(self.control, port)

    def key(self, *keys: Qt.Key) -> None:
        """Press keys one after the other."""
        for pressed in keys:
            QTest.keyClick(self.picker, pressed)

    def _scan(self, found: Callable[[BleOffer], None], ended: threading.Event, seconds: float) -> None:
        """Scan by bleak's own scanner over a radio that the test plays."""
        scan_for_boards(found, ended, min(seconds, 0.3), self.air.scanner())


@contextmanager
def desk(
    qtbot: QtBot,
    folder: Path,
    theme: ThemeKeeper,
    plugs: Plugs,
    settings: Settings | None = None,
    *,
    size: tuple[int, int] = (960, 600),
) -> Iterator[Desk]:
    """Open a picker."""
    with ExitStack() as held:
        watched = held.enter_context(benched(qtbot, folder))
        ports = held.enter_context(looking(plugs))
        keeper = held.enter_context(keeping(folder, settings or Settings()))
        window = QWidget()
        window.resize(*size)
        qtbot.addWidget(window)
        window.show()
        made = Desk(window, theme, watched.bench, keeper, ports)
        made.picking = BoardPicking(
            watched.bench,
            theme,
            known=made.known,
            ports=ports,
            bluetooth=made.bluetooth,
            demos=demo_offers(),
            window=window,
        )
        with qtbot.waitSignal(ports.ports_changed, timeout=SOON):
            ports.start()
        made.reopen()
        yield made
        made.picker.hide()
        made.bluetooth.close()


def keep_picture(open_desk: Desk, name: str) -> None:
    """Keep a picture of the picker for eyes, in build/pages."""
    for _turn in range(3):
        QApplication.processEvents()
    PICTURES.mkdir(parents=True, exist_ok=True)
    theme = "dark" if open_desk.theme.is_dark else "light"
    assert open_desk.picker.grab().save(str(PICTURES / f"port-picker-{name}-{theme}.png"))
