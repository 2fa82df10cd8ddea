# SPDX-License-Identifier: GPL-3.0-only
"""A click on a tile opens all that is known of the board, and what can be done with it works from there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtleak_gui.ui.pages.overview.board_tile import BoardTile
from mtleak_gui.ui.pages.overview.more_info import MoreInfo
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.engine.bench_kit import board_on_tcp
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
