# SPDX-License-Identifier: GPL-3.0-only
"""Stopping a recording: asked before, and only when confirmed. Over a real bench and a virtual board on TCP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mtleak_gui.core.settings import Settings
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.storage.settings_file import SettingsFile
from mtleak_gui.ui.dialogs.confirm_dialog import ConfirmDialog
from mtleak_gui.ui.header.header import Header
from mtleak_gui.ui.header_link import HeaderLink
from mtleak_gui.ui.status.status_strip import StatusStrip
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.engine.bench_kit import Watched, benched, board_on_tcp


@pytest.fixture
def recording(qtbot: QtBot, tmp_path: Path) -> Iterator[Watched]:
    with board_on_tcp() as address, benched(qtbot, tmp_path) as watched:
        watched.bench.connect_board(address)
        qtbot.waitUntil(lambda: watched.bench.recorder.running, timeout=20_000)
        yield watched


def asked(window: QWidget) -> ConfirmDialog:
    return next(dialog for dialog in window.findChildren(ConfirmDialog) if dialog.isVisible())


def press(dialog: ConfirmDialog, text: str) -> None:
    next(button for button in dialog.findChildren(QPushButton) if button.text() == text).click()


def test_recording_stops_only_when_that_is_confirmed(
    recording: Watched, theme: ThemeKeeper, qtbot: QtBot, tmp_path: Path
) -> None:
    window, bench = QWidget(), recording.bench
    qtbot.addWidget(window)
    keeper = SettingsKeeper(Settings(), SettingsFile(tmp_path), DiskWorker(window))
    header, status = Header(theme, QMenu(window), window), StatusStrip(theme, window)
    link = HeaderLink(bench, header, status, theme=theme, settings=keeper, window=window)
    window.show()
    link.record_or_stop()
    press(asked(window), "Cancel")
    assert bench.recorder.running
    link.record_or_stop()
    press(asked(window), "Stop recording")
    qtbot.waitUntil(lambda: not bench.recorder.running, timeout=20_000)
    link.record_or_stop()
    qtbot.waitUntil(lambda: bench.recorder.running, timeout=20_000)
