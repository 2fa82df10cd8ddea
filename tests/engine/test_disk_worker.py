# SPDX-License-Identifier: GPL-3.0-only
"""Small work on files is done beside the window, in order, and its trouble is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mtleak_gui.engine.disk_worker import DiskWorker


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[DiskWorker]:
    """Return a worker that is stopped at the end."""
    worker = DiskWorker()
    yield worker
    assert worker.stop()


def test_work_runs_on_another_thread_in_the_order_given(qtbot: QtBot, worker: DiskWorker, tmp_path: Path) -> None:
    asker, told = QObject(), list[object]()
    file = tmp_path / "report.txt"
    for work in (lambda: file.write_text("well"), file.read_text, threading.get_ident):
        worker.run(work, asker).done.connect(told.append)
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told[:2] == [4, "well"]
    assert told[2] != threading.get_ident()


def test_trouble_with_a_file_is_told(qtbot: QtBot, worker: DiskWorker, tmp_path: Path) -> None:
    asker = QObject()
    with qtbot.waitSignal(worker.run((tmp_path / "none.txt").read_text, asker).failed) as told:
        pass
    assert told.args is not None
    assert "none.txt" in told.args[0]


def test_a_fault_is_told_and_logged(qtbot: QtBot, worker: DiskWorker, expected_log: pytest.LogCaptureFixture) -> None:
    asker = QObject()
    with qtbot.waitSignal(worker.run(lambda: 1 // 0, asker).failed) as told:
        pass
    assert told.args is not None
    assert "ZeroDivisionError" in told.args[0]
    assert "Traceback" in expected_log.text


def test_work_that_was_cancelled_before_its_turn_is_left_out(qtbot: QtBot, worker: DiskWorker) -> None:
    asker, may_end, done = QObject(), threading.Event(), list[str]()
    worker.run(may_end.wait, asker)
    worker.run(lambda: done.append("cancelled"), asker).cancel()
    last = worker.run(lambda: done.append("last"), asker)
    may_end.set()
    with qtbot.waitSignal(last.done):
        pass
    assert done == ["last"]


def test_what_was_given_before_the_stop_is_done_even_when_the_asker_is_gone(qtbot: QtBot, tmp_path: Path) -> None:
    worker, asker, may_end = DiskWorker(), QObject(), threading.Event()
    worker.run(may_end.wait, asker)
    worker.run(lambda: (tmp_path / "saved.txt").write_text("kept"), asker)
    with qtbot.waitSignal(asker.destroyed):
        asker.deleteLater()
    may_end.set()
    assert worker.stop()
    assert (tmp_path / "saved.txt").read_text() == "kept"
    other = QObject()
    with qtbot.waitSignal(worker.run(tmp_path.exists, other).failed):
        pass
