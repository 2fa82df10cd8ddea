# SPDX-License-Identifier: GPL-3.0-only
"""A click on a tile opens all that is known of the board, and what can be done with it works from there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mtleak_gui.ui.dialogs.more_info import MoreInfo
from mtleak_gui.ui.pages.overview.board_tile import BoardTile
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.engine.bench_kit import board_on_tcp
from tests.ui.overview_stage import PICTURES, Stage, has_heap, overview

SOON = 10_000


def opened(qtbot: QtBot, stage: Stage) -> MoreInfo:
    """Click the tile, beside its buttons."""
    (tile,) = stage.page.findChildren(BoardTile)
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton, pos=tile.rect().topLeft() + tile.rect().center() / 12)
    (dialog,) = (found for found in stage.page.window().findChildren(MoreInfo) if found.isVisible())
    return dialog


def words(widget: QWidget) -> list[str]:
    """Return the words of all labels that can be seen."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def press(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Click the button of that text."""
    (found,) = (b for b in widget.findChildren(QPushButton) if b.text() == text)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_details_of_a_board_and_its_link(tmp_path: Path, qtbot: QtBot, each_theme: ThemeKeeper) -> None:
    with overview(qtbot, tmp_path, each_theme) as stage, board_on_tcp() as address:
        bench = stage.bench
        bench.connect_board(address)
        qtbot.waitUntil(lambda: has_heap(bench), timeout=SOON)
        session = bench.current
        assert session is not None
        stage.page.refresh()
        dialog = opened(qtbot, stage)
        told = words(dialog)
        for part in (address.port, session.firmware, session.environment, "T-Beam", session.region, "API session"):
            assert part in told
        PICTURES.mkdir(parents=True, exist_ok=True)
        assert dialog.grab().save(str(PICTURES / f"more-info-{'dark' if each_theme.is_dark else 'light'}.png"))
        press(qtbot, dialog, "Disconnect")
        qtbot.waitUntil(lambda: session.link.phase == "closed", timeout=SOON)
        qtbot.waitUntil(lambda: "Unavailable" in words(dialog), timeout=SOON)
        press(qtbot, dialog, "Reconnect")
        qtbot.waitUntil(lambda: session.link.phase == "live", timeout=SOON)
        with qtbot.waitSignal(stage.page.page_requested) as page:
            press(qtbot, dialog, "Open Heap")
        assert page.args == ["heap"]


def test_a_board_that_is_forgotten_takes_its_dialog_along(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    with overview(qtbot, tmp_path, theme) as stage, board_on_tcp() as address:
        stage.bench.connect_board(address)
        qtbot.waitUntil(lambda: has_heap(stage.bench), timeout=SOON)
        stage.page.refresh()
        dialog = opened(qtbot, stage)
        gone: list[bool] = []
        dialog.finished.connect(lambda _result: gone.append(True))
        press(qtbot, dialog, "Forget")
        qtbot.waitUntil(lambda: stage.bench.sessions == () and bool(gone), timeout=SOON)
