# SPDX-License-Identifier: GPL-3.0-only
"""The window comes back as it was left, and recordings of this program and of the peer's are opened for reading."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from mtleak_gui.app.single_instance import StartWish
from tests.engine.bench_kit import board_on_tcp
from tests.leakhunt_scenarios.catalogue import labelled
from tests.leakhunt_scenarios.families import leak
from tests.leakhunt_scenarios.on_disk import write_recording
from tests.ui.hands import words
from tests.ui.journeys.conftest import StartProgram
from tests.ui.journeys.driven_program import CTRL, SHIFT

# The offscreen platform says so when the verdict's window is raised.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _files(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.jsonl"))}


def test_the_window_comes_back_as_it_was_left(start: StartProgram) -> None:
    program = start()
    program.show("logbook")
    program.key(Qt.Key.Key_F, CTRL | SHIFT)
    program.keys("heap [0-9]+")
    program.logbook.bar.chips["DEBUG"].click()
    program.window.fold_sidebar()
    program.window.header.choose_span("3 h")
    program.application.settings.change_in("appearance", theme="dark")
    program.window.resize(960, 703)
    program.until(lambda: program.window.width() == 960)
    program.quit()
    again = start()
    assert again.window.shown_page == "logbook"
    assert again.window.sidebar_folded
    assert again.window.header.span == "3 h"
    assert again.application.theme.is_dark
    assert (again.window.width(), again.window.height()) == (960, 703)
    assert again.logbook.bar.field.edit.text() == "heap [0-9]+"
    assert not again.logbook.bar.chips["DEBUG"].isChecked()


def test_what_was_recorded_is_opened_read_only_and_stays_as_it_is(start: StartProgram) -> None:
    with board_on_tcp() as address:
        program = start()
        session = program.connect(address)
        program.key(Qt.Key.Key_1, CTRL)
        program.until(lambda: len(program.bench.markers) == 1 and len(session.heap) > 3)
        shown = len(session.heap)
        program.quit()
        folder = program.places.default_recording
        before = _files(folder)
    again = start(opened=folder)
    again.until(lambda: len(again.bench.sessions) == 1)
    again.until(lambda: len(again.session.heap) >= shown)
    again.until(lambda: "read only" in again.status and "From disk" in again.status)
    assert [mark.label for mark in again.bench.markers] == ["burst"]
    again.key(Qt.Key.Key_2, CTRL)
    again.until(lambda: any("nothing is being recorded" in text for text in again.told))
    again.quit()
    assert _files(folder) == before


def test_a_recording_of_the_peer_is_opened_and_judged(start: StartProgram, tmp_path: Path) -> None:
    scenario = labelled("leak", leak, np.random.default_rng(5), wild=False)
    folder = write_recording(scenario.evidence, tmp_path / "peer")
    program = start(opened=folder)
    program.until(lambda: bool(program.bench.sessions) and len(program.session.heap) > 10)
    program.show("heap")
    program.until(lambda: program.heap.card.plot.picture is not None and bool(program.heap.card.plot.picture.curves))
    program.key(Qt.Key.Key_L, CTRL)
    program.until(lambda: program.parts.leakhunt.panel is not None and program.panel.judged is not None)
    assert any("heap rows" in word for word in program.status.split(";"))


def test_what_a_second_start_asks_for_is_shown_in_the_first_window(start: StartProgram, tmp_path: Path) -> None:
    scenario = labelled("leak", leak, np.random.default_rng(5), wild=False)
    folder = write_recording(scenario.evidence, tmp_path / "peer")
    program = start()
    program.window.showMinimized()
    program.application.come_forward(StartWish(open=folder))
    program.until(lambda: bool(program.bench.sessions) and len(program.session.heap) > 10)
    assert not program.window.isMinimized()
    assert program.bench.folder == folder


def test_a_folder_that_holds_no_recording_is_refused_in_words(start: StartProgram, tmp_path: Path) -> None:
    junk = tmp_path / "holiday"
    junk.mkdir()
    (junk / "beach.txt").write_text("sand")
    program = start(opened=junk)
    program.until(lambda: "“holiday” cannot be opened." in program.told)
    program.until(lambda: "No board connected" in words(program.window))
    assert sorted(path.name for path in junk.iterdir()) == ["beach.txt"]
