# SPDX-License-Identifier: GPL-3.0-only
"""The stall detector sees a stall and names the culprit, and is content with an event loop that runs."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.ui.stall_watch import StallWatch


def _works_too_long() -> None:
    until = time.perf_counter() + 0.3
    while time.perf_counter() < until:
        pass


def test_a_stall_is_measured_and_its_culprit_named(qtbot: QtBot) -> None:
    with StallWatch(limit_ms=100) as watch:
        QTimer.singleShot(20, _works_too_long)
        qtbot.waitUntil(lambda: bool(watch.stalls))
    assert watch.stalls[0].ms >= 200
    assert any("_works_too_long" in stall.doing for stall in watch.stalls), watch.report


def test_a_running_event_loop_is_no_stall(qtbot: QtBot) -> None:
    with StallWatch(limit_ms=5_000) as watch:
        qtbot.wait(50)
    assert watch.stalls == []
    assert "over 5000 ms: 0" in watch.report
