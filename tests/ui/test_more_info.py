# SPDX-License-Identifier: GPL-3.0-only
"""A click on a tile opens all that is known of the board, and what can be done with it works from there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import SerialAddress
from mtleak_gui.core.settings import Devices, KnownBoard, LinePolicy, Settings
from mtleak_gui.ui.pages.overview.board_tile import BoardTile
from mtleak_gui.ui.pages.overview.more_info import MoreInfo
from mtleak_gui.ui.requests import TroubleRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.engine.bench_kit import board_on_pty, board_on_tcp
from tests.engine.port_kit import BRIDGE
from tests.ui.hands import click, press, words
from tests.ui.overview_stage import PICTURES, Stage, has_heap, overview

SOON = 10_000


def opened(stage: Stage) -> MoreInfo:
    """Click the tile, beside its buttons."""
    (tile,) = stage.page.findChildren(BoardTile)
    click(tile, QPoint(6, 6))
    (dialog,) = (found for found in stage.page.window().findChildren(MoreInfo) if found.isVisible())
    return dialog


def test_details_of_a_board_and_its_link(tmp_path: Path, qtbot: QtBot, each_theme: ThemeKeeper) -> None:
    with overview(qtbot, tmp_path, each_theme) as stage, board_on_tcp() as address:
        bench = stage.bench
        bench.connect_board(address)
        qtbot.waitUntil(lambda: has_heap(bench), timeout=SOON)
        session = bench.current
        assert session is not None
        stage.page.refresh()
        dialog = opened(stage)
        told = words(dialog)
        for part in (address.port, session.firmware, session.environment, "T-Beam", session.region, "API session"):
            assert part in told
        QApplication.processEvents()
        PICTURES.mkdir(parents=True, exist_ok=True)
        assert dialog.grab().save(str(PICTURES / f"more-info-{'dark' if each_theme.is_dark else 'light'}.png"))
        press(dialog, "Disconnect")
        qtbot.waitUntil(lambda: session.link.phase == "closed", timeout=SOON)
        qtbot.waitUntil(lambda: "Disconnected" in words(dialog), timeout=SOON)
        press(dialog, "Reconnect")
        qtbot.waitUntil(lambda: session.link.phase == "live", timeout=SOON)
        with qtbot.waitSignal(stage.page.page_requested) as page:
            press(dialog, "Open Heap")
        assert page.args == ["heap"]


def test_a_board_that_is_forgotten_takes_its_dialog_along(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    with overview(qtbot, tmp_path, theme) as stage, board_on_tcp() as address:
        stage.bench.connect_board(address)
        qtbot.waitUntil(lambda: has_heap(stage.bench), timeout=SOON)
        stage.page.refresh()
        dialog = opened(stage)
        gone: list[bool] = []
        dialog.finished.connect(lambda _result: gone.append(True))
        press(dialog, "Forget")
        qtbot.waitUntil(lambda: stage.bench.sessions == () and bool(gone), timeout=SOON)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("auto", "Lines: DTR and RTS off, because a CP210x restarts the board otherwise."),
        ("dtr", "Lines: DTR on, RTS off, as you set it."),
    ],
)
def test_how_the_lines_of_a_port_stand_is_told_with_the_reason(
    tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper, lines: LinePolicy, told: str
) -> None:
    settings = Settings(devices=Devices(boards=(KnownBoard(BRIDGE.key, lines=lines),)))
    with overview(qtbot, tmp_path, theme, settings) as stage, board_on_pty() as path:
        stage.plugs.plugged = (BRIDGE._replace(device=path),)
        stage.ports.start()
        stage.bench.connect_board(SerialAddress(path))
        qtbot.waitUntil(lambda: stage.ports.offer(path) is not None and bool(stage.bench.sessions), timeout=SOON)
        stage.page.refresh()
        dialog = opened(stage)
        qtbot.waitUntil(lambda: told in words(dialog), timeout=SOON)


def test_a_board_that_is_not_heard_tells_why_from_its_details(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    with overview(qtbot, tmp_path, theme) as stage:
        stage.bench.connect_board(SerialAddress(str(tmp_path / "ttyUSB7")))
        qtbot.waitUntil(lambda: bool(stage.bench.sessions), timeout=SOON)
        (session,) = stage.bench.sessions
        qtbot.waitUntil(lambda: session.trouble is not None, timeout=SOON)
        stage.page.refresh()
        dialog = opened(stage)
        with qtbot.waitSignal(stage.page.trouble_requested) as asked:
            press(dialog, "Why is it not heard?")
        assert asked.args == [TroubleRequest(session.port)]
