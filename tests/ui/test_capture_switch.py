# SPDX-License-Identifier: GPL-3.0-only
"""What the Overview finds is mended by hearing a board another way, after a question, and back again."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import SerialAddress
from mtleak_gui.core.settings import Devices, KnownBoard, Settings
from mtleak_gui.engine.known_boards import KnownBoards
from mtleak_gui.ui.devices.capture_switch import CaptureSwitch
from mtleak_gui.ui.dialogs.confirm_dialog import ConfirmDialog
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.engine.bench_kit import board_on_pty
from tests.engine.port_kit import BRIDGE
from tests.ui.hands import press, the, words
from tests.ui.overview_stage import overview

SOON = 15_000


def test_a_debug_heap_build_over_the_api_can_be_switched_to_its_console_and_back(
    tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper
) -> None:
    settings = Settings(devices=Devices(boards=(KnownBoard(BRIDGE.key, name="bench-a"),)))
    with board_on_pty() as device, overview(qtbot, tmp_path, theme, settings) as stage:
        stage.plugs.plugged = (BRIDGE._replace(device=device, stable=True),)
        with qtbot.waitSignal(stage.ports.ports_changed, timeout=SOON):
            stage.ports.start()
        bench, page = stage.bench, stage.page
        known = KnownBoards(bench, stage.keeper, stage.ports, page)
        switch = CaptureSwitch(bench, theme, known, page)
        page.capture_switch_requested.connect(lambda port, way: switch.ask(port, way, way))
        bench.connect_board(SerialAddress(device))

        def offers_console() -> bool:
            page.refresh()
            return "Switch to console" in words(page)

        qtbot.waitUntil(offers_console, timeout=SOON)
        assert "bench-a could show more heap samples" in words(page)
        session = bench.current
        assert session is not None
        press(page, "Switch to console")
        dialog = the(ConfirmDialog, page)
        assert "Switch bench-a to console tap?" in words(dialog)
        press(dialog, "Switch to console")
        qtbot.waitUntil(lambda: session.capture == "Console" and session.link.phase == "live", timeout=SOON)
        assert [board.capture for board in stage.keeper.settings.devices.boards] == ["console"]

        # What "Switch to API" of a silent console asks for.
        page.capture_switch_requested.emit(device, "api")
        dialog = the(ConfirmDialog, page)
        assert any("The text console falls silent" in word for word in words(dialog))
        press(dialog, "Switch to API")
        qtbot.waitUntil(lambda: session.capture == "API" and session.link.phase == "live", timeout=SOON)
        assert [board.capture for board in stage.keeper.settings.devices.boards] == ["api"]
