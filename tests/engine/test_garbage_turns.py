# SPDX-License-Identifier: GPL-3.0-only
"""Unreachable objects are deleted in the GUI thread, however much other threads make."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtleak_gui.engine.garbage_turns import GarbageTurns


class _Cycle:
    def __init__(self) -> None:
        self.itself = self


class _Ticking(QObject):
    """Its timer is what a deletion in another thread would leave behind for the event loop to fall over."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self
        self._timer = QTimer(self, interval=0)
        self._timer.start()


@pytest.fixture
def python_collects() -> Iterator[None]:
    """Let Python look for garbage by itself at first, whatever the tests before left."""
    was_on = gc.isenabled()
    gc.enable()
    yield
    if not was_on:
        gc.disable()


def test_no_other_thread_deletes_what_is_unreachable(qapp: QApplication, python_collects: None, qtbot: QtBot) -> None:
    turns = GarbageTurns()
    turns.start()
    deleted_in: list[str] = []
    for lost in (_Cycle(), _Ticking()):
        weakref.finalize(lost, lambda: deleted_in.append(threading.current_thread().name))
    del lost
    busy = threading.Thread(target=_make_many_objects, name="busy")
    busy.start()
    busy.join()
    assert deleted_in == []
    held = [[number] for number in range(30_000)]
    qtbot.waitUntil(lambda: len(deleted_in) == 2)
    assert set(deleted_in) == {threading.main_thread().name}
    turns.stop()
    assert len(held) == 30_000
    assert gc.isenabled()


def test_what_was_off_before_stays_off(qapp: QApplication, python_collects: None) -> None:
    gc.disable()
    turns = GarbageTurns()
    turns.start()
    turns.stop()
    assert not gc.isenabled()


def _make_many_objects() -> None:
    kept = [[number] for number in range(200_000)]
    assert len(kept) == 200_000
