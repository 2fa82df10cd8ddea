# SPDX-License-Identifier: GPL-3.0-only
"""Many changes make few repaints, and none while nobody looks."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, QTimer
from pytestqt.qtbot import QtBot

from mtleak_gui.engine.repaint_clock import RepaintClock


def _shown() -> QObject:
    watched = QObject()
    watched.setProperty("visible", True)
    return watched


def test_changes_without_end_make_repaints_that_keep_their_distance(qtbot: QtBot) -> None:
    clock = RepaintClock(watched := _shown(), per_second=50)
    times, since = list[int](), QElapsedTimer()
    since.start()
    clock.due.connect(lambda: times.append(since.elapsed()))
    changes = QTimer()
    changes.timeout.connect(clock.mark_dirty)
    changes.start(0)
    qtbot.waitUntil(lambda: len(times) >= 5)
    changes.stop()
    assert all(later - earlier >= 19 for earlier, later in pairwise(times))
    assert watched is clock.parent()


def test_the_first_change_after_a_rest_is_due_at_once_and_nothing_is_due_without_one(qtbot: QtBot) -> None:
    clock = RepaintClock(_watched := _shown(), per_second=1)
    with qtbot.waitSignal(clock.due, timeout=500):
        clock.mark_dirty()
    with qtbot.assertNotEmitted(clock.due, wait=50):
        pass


def test_what_changes_while_hidden_is_due_when_shown(qtbot: QtBot) -> None:
    clock = RepaintClock(watched := _shown(), per_second=100)
    QCoreApplication.sendEvent(watched, QEvent(QEvent.Type.Hide))
    with qtbot.assertNotEmitted(clock.due, wait=50):
        clock.mark_dirty()
    with qtbot.waitSignal(clock.due):
        QCoreApplication.sendEvent(watched, QEvent(QEvent.Type.Show))
    QCoreApplication.sendEvent(watched, QEvent(QEvent.Type.Hide))
    with qtbot.assertNotEmitted(clock.due, wait=50):
        QCoreApplication.sendEvent(watched, QEvent(QEvent.Type.Show))


def test_a_change_during_the_repaint_makes_another_one(qtbot: QtBot) -> None:
    clock = RepaintClock(_watched := _shown(), per_second=100)
    told: list[int] = []

    def paint() -> None:
        told.append(len(told))
        if len(told) < 3:
            clock.mark_dirty()

    clock.due.connect(paint)
    clock.mark_dirty()
    qtbot.waitUntil(lambda: len(told) == 3)
    with qtbot.assertNotEmitted(clock.due, wait=50):
        pass
