# SPDX-License-Identifier: GPL-3.0-only
"""The header: it says how things stand, wishes the right thing, and gives way where room is short."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from mtleak_gui.ui.header.header import Header
from mtleak_gui.ui.header.header_state import HeaderState
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

RECORDING = HeaderState(
    "bench-a", "Heltec V3 · ttyUSB0", connected=True, wanted=True, recording=True, can_record=True, can_mark=True,
    can_judge=True,
)  # fmt: skip


@pytest.fixture
def header(theme: ThemeKeeper, qtbot: QtBot) -> Header:
    made = Header(theme, QMenu())
    qtbot.addWidget(made)
    made.resize(1280, 56)
    made.set_quick_marks([("burst", "Ctrl+1"), ("tx", "Ctrl+2"), ("ble", "Ctrl+3"), ("night", "Ctrl+4")])
    made.show()
    return made


def _named(header: Header, name: str) -> QPushButton:
    found = [b for b in header.findChildren(QPushButton) if b.accessibleName() == name]
    assert len(found) == 1, f"{name}: {[b.accessibleName() for b in header.findChildren(QPushButton)]}"
    return found[0]


def test_without_a_board_there_is_nothing_to_mark_or_judge(header: Header) -> None:
    header.show_state(HeaderState())
    for name in ("Connect", "Record", "Pause", "Mark", "Mark burst", "Leakhunt"):
        assert not _named(header, name).isEnabled(), name
    assert _named(header, "Board: No board").isEnabled()


def test_a_recording_can_be_stopped_paused_and_marked(header: Header, qtbot: QtBot) -> None:
    header.show_state(RECORDING)
    with qtbot.waitSignal(header.stop_requested):
        _named(header, "Stop").click()
    with qtbot.waitSignal(header.pause_requested):
        _named(header, "Pause").click()
    with qtbot.waitSignal(header.disconnect_requested):
        _named(header, "Disconnect").click()
    with qtbot.waitSignal(header.quick_mark_requested) as marked:
        _named(header, "Mark tx").click()
    assert marked.args == [1]
    with qtbot.waitSignal(header.leakhunt_requested):
        _named(header, "Leakhunt").click()


def test_a_paused_recording_is_resumed_and_takes_no_marks(header: Header, qtbot: QtBot) -> None:
    header.show_state(RECORDING._replace(paused=True))
    with qtbot.waitSignal(header.resume_requested):
        _named(header, "Resume").click()


def test_the_whole_header_is_seen_in_the_smallest_window(header: Header, qtbot: QtBot) -> None:
    header.show_state(RECORDING)
    header.brand.set_narrow(narrow=True)
    header.resize(960, 56)
    shown = [b for b in header.findChildren(QPushButton) if b.isVisible()]
    assert max(b.mapTo(header, b.rect().topRight()).x() for b in shown) <= 960
    assert not _named(header, "Mark burst").isVisible()
    header.resize(700, 56)
    # What has lost its words is still named for those who cannot see the icon.
    assert _named(header, "Stop").text() == ""
    header.resize(1600, 56)
    assert _named(header, "Mark burst").isVisible()
    assert _named(header, "Stop").text() == "Stop"


def test_the_board_is_chosen_by_key(header: Header, qtbot: QtBot) -> None:
    header.show_state(RECORDING)
    header.device_button.setFocus()
    with qtbot.waitSignal(header.boards_requested):
        QTest.keyClick(header.device_button, Qt.Key.Key_Space)
    assert header.device_button.accessibleName() == "Board: bench-a, Heltec V3 · ttyUSB0, connected"


def test_a_demo_says_so(header: Header) -> None:
    header.show_state(RECORDING._replace(demo=True))
    assert any(c.isVisible() and c.accessibleName() == "DEMO" for c in header.findChildren(type(header._demo)))
