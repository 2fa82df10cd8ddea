# SPDX-License-Identifier: GPL-3.0-only
"""The whole way without a mouse: start, connect, record, mark, Leakhunt, save."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from mtleak_gui.ui.devices.port_picker import PortPicker
from mtleak_gui.ui.dialogs.confirm_dialog import ConfirmDialog
from mtleak_gui.ui.dialogs.mark_dialog import MarkDialog
from tests.engine.bench_kit import board_on_tcp
from tests.ui.journeys.conftest import StartProgram
from tests.ui.journeys.driven_program import CTRL, SHIFT, Program

# The offscreen platform says so for every popup; there is no window manager to raise anything.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

_MOST_STEPS = 60


def _tab_to(program: Program, words: str) -> None:
    """Press Tab until the button of those words has the focus."""
    for _ in range(_MOST_STEPS):
        focused = program.focused()
        if isinstance(focused, QAbstractButton) and words in (focused.text(), focused.accessibleName()):
            return
        program.key(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not reach “{words}”")


def test_the_whole_way_by_keyboard_alone(start: StartProgram) -> None:
    with board_on_tcp() as address:
        program = start()
        program.key(Qt.Key.Key_C, CTRL | SHIFT)
        picker = next(iter(program.window.findChildren(PortPicker)))
        program.until(picker.isVisible)
        program.until(lambda: QApplication.activePopupWidget() is picker)
        _tab_to(program, "Add network node")
        program.key(Qt.Key.Key_Space)
        program.until(lambda: isinstance(program.focused(), QLineEdit))
        program.keys(f"{address.host}:{address.tcp_port}")
        program.key(Qt.Key.Key_Return)
        _tab_to(program, "Connect")
        program.key(Qt.Key.Key_Space)
        program.is_live(address.port)
        program.activate(program.window)
        program.until(lambda: program.status.startswith("REC ") and len(program.session.heap) > 3)
        program.key(Qt.Key.Key_R, CTRL)
        program.dialog(ConfirmDialog)
        for _ in range(2):
            if isinstance(focused := program.focused(), QAbstractButton) and focused.text() == "Stop recording":
                break
            program.key(Qt.Key.Key_Tab)
        program.key(Qt.Key.Key_Space)
        program.until(lambda: "Not recording" in program.status)
        program.activate(program.window)
        program.key(Qt.Key.Key_R, CTRL)
        program.until(lambda: program.status.startswith("REC "))
        program.key(Qt.Key.Key_M)
        program.dialog(MarkDialog)
        program.keys("by keys")
        program.key(Qt.Key.Key_Return)
        program.until(lambda: [mark.label for mark in program.bench.markers] == ["by keys"])
        for key, page in ((Qt.Key.Key_2, "heap"), (Qt.Key.Key_3, "logbook"), (Qt.Key.Key_4, "reports")):
            program.key(key, Qt.KeyboardModifier.AltModifier)
            assert program.window.shown_page == page
        program.key(Qt.Key.Key_L, CTRL)
        program.until(lambda: program.parts.leakhunt.panel is not None and program.panel.judged is not None)
        program.activate(program.panel.window())
        program.key(Qt.Key.Key_S, CTRL)
        program.until(lambda: len(program.engine.shelf.reports()) == 1)
        program.key(Qt.Key.Key_Escape)
        program.until(lambda: not program.panel.isVisible())
        program.activate(program.window)
        program.until(lambda: program.reports.list.report is not None)
