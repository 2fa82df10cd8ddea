# SPDX-License-Identifier: GPL-3.0-only
"""Closing the window never costs rows: a recording that runs is asked about, and everything is on the disk then."""

from __future__ import annotations

from PySide6.QtCore import Qt

from mtleak_gui.storage.recording_lock import RecordingLock
from mtleak_gui.ui.dialogs.quit_dialog import QuitDialog
from tests.engine.bench_kit import board_on_tcp
from tests.engine.recorded_rows import events, rows
from tests.ui.hands import press
from tests.ui.journeys.conftest import StartProgram
from tests.ui.journeys.driven_program import CTRL, Program


def _all_is_on_the_disk(program: Program, shown: list[float]) -> None:
    """Look for the row of each sample that was shown, in order, after a proper end; others may write now."""
    folder = program.places.default_recording
    written = rows(folder, "telemetry")
    times = [row["ts"] for row in written]
    assert set(shown) <= {*times, *(row["ts"] for row in rows(folder, "logs"))}
    assert shown
    assert times == sorted(times)
    assert len(events(folder, "recorder_stop")) == 1
    assert list(folder.glob("*.tmp")) == []
    RecordingLock(folder).release()


def test_quitting_asks_while_a_recording_runs_and_ends_with_all_rows_on_the_disk(start: StartProgram) -> None:
    with board_on_tcp() as address:
        program = start()
        session = program.connect(address)
        program.key(Qt.Key.Key_Q, CTRL)
        dialog = program.dialog(QuitDialog)
        assert dialog.windowTitle() == "Recording 1 board"
        press(dialog, "Cancel")
        program.until(lambda: not program.window.findChildren(QuitDialog))
        assert program.bench.recorder.running
        heard = len(session.heap)
        program.until(lambda: len(session.heap) > heard)
        program.window.close()
        assert program.window.isVisible()
        press(program.dialog(QuitDialog), "Stop and quit")
        shown = session.heap.ts.tolist()
        program.gone()
        _all_is_on_the_disk(program, shown)


def test_the_end_that_a_signal_brings_asks_nothing_and_loses_nothing(start: StartProgram) -> None:
    with board_on_tcp() as address:
        program = start()
        shown = program.connect(address).heap.ts.tolist()
        program.quit()
        _all_is_on_the_disk(program, shown)


def test_quitting_without_a_recording_asks_nothing(start: StartProgram) -> None:
    program = start()
    program.key(Qt.Key.Key_Q, CTRL)
    program.gone()
    assert not program.places.default_recording.exists()
