# SPDX-License-Identifier: GPL-3.0-only
"""The window answers during a whole session; how fast is for the benchmarks, that it does not hang is for here."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from mtleak_gui.app.program import SWITCH_INTERVAL_S
from tests.ui.journeys.conftest import StartProgram
from tests.ui.journeys.driven_program import CTRL, PAGES, SHIFT
from tests.ui.stall_watch import StallWatch

# The offscreen platform says so when the verdict's window is raised.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

_HANGS_MS = 1_000.0


@pytest.fixture
def as_the_program_runs() -> Iterator[None]:
    """Let threads take turns as often as the program does."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    yield
    sys.setswitchinterval(before)


def test_the_window_does_not_hang_in_a_whole_session(start: StartProgram, as_the_program_runs: None) -> None:
    program = start()
    with StallWatch(limit_ms=100.0) as watch:
        program.start_demo()
        for key in PAGES:
            program.show(key)
            program.qtbot.wait(200)
        program.key(Qt.Key.Key_L, CTRL)
        program.until(lambda: program.parts.leakhunt.panel is not None and program.panel.judged is not None)
        program.parts.leakhunt.hide()
        program.activate(program.window)
        program.show("logbook")
        program.until(lambda: len(program.logbook.sifter.shown) > 1_000)
        program.key(Qt.Key.Key_F, CTRL | SHIFT)
        for letter in "leaked heap [0-9]+":
            program.keys(letter)
            program.qtbot.wait(10)
        program.until(lambda: program.logbook.sifter.is_done)
    print(watch.report)
    assert watch.longest_ms < _HANGS_MS, watch.report
