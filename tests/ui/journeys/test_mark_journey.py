# SPDX-License-Identifier: GPL-3.0-only
"""Marks by keys: at the moment of the key, refused while paused, corrected; the same in file, logbook and plot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from mtleak_gui.core.log_columns import MARK
from mtleak_gui.core.markers import Marker
from mtleak_gui.ui.dialogs.mark_dialog import MarkDialog
from mtleak_gui.ui.dialogs.pause_dialog import PauseDialog
from tests.engine.bench_kit import board_on_tcp
from tests.engine.recorded_rows import events
from tests.ui.hands import press, the
from tests.ui.journeys.conftest import StartProgram
from tests.ui.journeys.driven_program import CTRL, SHIFT, Program

_THINKING_S = 0.5


def _labels(program: Program) -> list[str]:
    return [mark.label for mark in program.bench.markers]


def _mark(program: Program, label: str) -> Marker:
    program.until(lambda: label in _labels(program))
    return next(mark for mark in program.bench.markers if mark.label == label)


def _in_logbook(program: Program) -> list[str]:
    shown, store = program.logbook.sifter.shown, program.logbook.sifter.store
    found = [store.row_in(*shown.place_of(place)) for place in range(len(shown))]
    return [row.message for row in found if row.level == MARK]


def _on_plot(program: Program) -> list[str]:
    picture = program.heap.card.plot.picture
    return [] if picture is None else [mark.label for mark in picture.marks]


def _rows(program: Program) -> list[str]:
    return [row.name for row in program.heap.below.markers.rows_model.rows if row.kind != "restart"]


def test_marks_have_the_time_of_the_key_and_stand_in_file_logbook_and_plot(start: StartProgram) -> None:
    with board_on_tcp() as address:
        program = start()
        program.connect(address)
        program.show("logbook")
        before = program.bench.now()
        program.key(Qt.Key.Key_M)
        after = program.bench.now()
        program.dialog(MarkDialog)
        program.keys("door opened")
        program.until(lambda: program.bench.now() > after + _THINKING_S)
        program.key(Qt.Key.Key_Return)
        assert before <= _mark(program, "door opened").ts <= after
        program.key(Qt.Key.Key_1, CTRL)
        _mark(program, "burst")
        program.key(Qt.Key.Key_M, SHIFT)
        program.dialog(MarkDialog)
        program.keys("walk")
        program.key(Qt.Key.Key_Return)
        program.until(lambda: "Range “walk” runs. Shift+M ends it." in program.toasts)
        program.key(Qt.Key.Key_M, SHIFT)
        program.until(lambda: "Range “walk” ended." in program.toasts)
        expected = ["door opened", "burst", "walk-start", "walk-end"]
        program.until(lambda: _labels(program) == expected)
        program.until(lambda: _in_logbook(program) == expected)
        program.show("heap")
        program.until(lambda: _on_plot(program) == expected)
        program.until(lambda: _rows(program) == ["door opened", "burst", "walk"])
        told = program.bench.markers
        program.quit()
        written = events(program.places.default_recording, "mark")
        assert [(row["ts"], row["label"]) for row in written] == [(mark.row_ts, mark.label) for mark in told]
        assert written[0]["data"]["true_ts"] == told[0].ts
        folder = program.places.default_recording
    again = start(opened=folder)
    again.until(lambda: again.bench.markers == told)


def test_a_mark_while_paused_is_refused_and_set_by_the_button_of_the_message(start: StartProgram) -> None:
    with board_on_tcp() as address:
        program = start()
        program.connect(address)
        program.key(Qt.Key.Key_P, CTRL | SHIFT)
        program.dialog(PauseDialog)
        program.keys("lunch")
        program.key(Qt.Key.Key_Return)
        program.until(lambda: program.status.startswith("PAUSED ") and ": lunch" in program.status)
        program.activate(program.window)
        before = program.bench.now()
        program.key(Qt.Key.Key_1, CTRL)
        program.until(lambda: any("paused" in text for text in program.told))
        assert not _labels(program)
        press(program.window.toasts, "Resume and mark")
        assert before <= _mark(program, "burst").ts
        program.until(lambda: program.status.startswith("REC "))


def test_a_mark_is_renamed_removed_and_brought_back_by_correction_rows(start: StartProgram) -> None:
    with board_on_tcp() as address:
        program = start()
        program.connect(address)
        program.key(Qt.Key.Key_2, CTRL)
        _mark(program, "tx")
        program.show("heap")
        program.until(lambda: _rows(program) == ["tx"])
        view = program.heap.below.markers
        view.setFocus()
        view.setCurrentIndex(view.rows_model.index(0))
        program.key(Qt.Key.Key_F2)
        editor = the(QLineEdit, view)
        editor.selectAll()
        program.keys("antenna off")
        program.key(Qt.Key.Key_Return)
        _mark(program, "antenna off")
        program.until(lambda: _on_plot(program) == ["antenna off"])
        view.setFocus()
        view.setCurrentIndex(view.rows_model.index(0))
        program.key(Qt.Key.Key_Delete)
        program.until(lambda: not program.bench.markers and _on_plot(program) == [])
        program.until(lambda: [row.kind for row in view.rows_model.rows] == ["removed"])
        view.setCurrentIndex(view.rows_model.index(0))
        program.key(Qt.Key.Key_Return)
        _mark(program, "antenna off")
        program.quit()
        folder = program.places.default_recording
        assert [row["label"] for row in events(folder, "mark")] == ["tx"]
        assert [row["data"]["removed"] for row in events(folder, "mark_edit")] == [False, True, False]
