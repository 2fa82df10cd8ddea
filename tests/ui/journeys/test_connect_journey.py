# SPDX-License-Identifier: GPL-3.0-only
"""A board over the network and over USB: chosen, heard, recorded, lost, and back by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from mtleak_gui.core.addresses import SerialAddress
from mtleak_gui.ui.devices.port_picker import PortPicker
from mtleak_gui.ui.dialogs.confirm_dialog import ConfirmDialog
from tests.engine.bench_kit import board_on_pty, board_on_tcp
from tests.engine.recorded_rows import events, rows
from tests.ui.hands import press, the
from tests.ui.journeys.conftest import StartProgram
from tests.ui.journeys.driven_program import CTRL, SHIFT

# The offscreen platform says so for every popup; there is no window manager to raise anything.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_a_network_node_is_added_connected_recorded_and_left(start: StartProgram) -> None:
    with board_on_tcp() as address:
        program = start()
        press(program.window, "Choose a port")
        picker = the(PortPicker, program.window)
        press(picker, "Add network node")
        QTest.keyClicks(the(QLineEdit, picker), f"{address.host}:{address.tcp_port}")
        QTest.keyClick(the(QLineEdit, picker), Qt.Key.Key_Return)
        press(picker, "Connect")
        session = program.is_live(address.port)
        program.until(lambda: len(session.heap) > 3)
        program.until(lambda: program.status.startswith("REC 0") and "; API; " in program.status)
        program.until(lambda: "heap rows, last" in program.status and "0 lost" in program.status)
        program.key(Qt.Key.Key_C, CTRL | SHIFT)
        program.until(lambda: "Disconnected" in program.status)
        program.quit()
        folder = program.places.default_recording
        assert len(rows(folder, "telemetry")) > 3
        again = start()
        again.until(lambda: len(again.bench.sessions) <= 1)
        [node] = again.engine.known.network_nodes
        assert node.address == address.url


def test_a_board_that_goes_away_is_told_and_comes_back_by_itself(start: StartProgram) -> None:
    program = start()
    with board_on_tcp() as address:
        session = program.connect(address)
    program.until(lambda: "Connection lost. Reconnecting…" in program.told)
    program.until(lambda: "Reconnecting, try" in program.status)
    assert program.bench.recorder.running
    heard = len(session.heap)
    with board_on_tcp(address.tcp_port):
        program.is_live(address.port)
        program.until(lambda: len(session.heap) > heard)
        program.until(lambda: "Connection lost. Reconnecting…" not in program.toasts)
        program.until(lambda: [band.kind for band in session.bands] == ["link_lost"])
        program.until(lambda: "; API; " in program.status)
        program.quit()
    folder = program.places.default_recording
    assert len(events(folder, "connection_established")) == 2


def test_a_board_on_usb_is_heard_by_protocol_and_by_console(start: StartProgram) -> None:
    program = start()
    with board_on_pty() as path:
        program.bench.connect_board(SerialAddress(path))
        session = program.is_live(path)
        program.until(lambda: len(session.heap) > 0)
        program.until(lambda: "; API; " in program.status)
        program.bench.connect_board(SerialAddress(path), "console")
        program.until(lambda: session.capture == "Console" and session.link.phase == "live")
        program.show("logbook")
        shown = len(program.logbook.sifter.shown)
        program.until(lambda: len(program.logbook.sifter.shown) > shown)
        program.until(lambda: "; Console; " in program.status)
        program.quit()
    assert rows(program.places.default_recording, "logs")


def test_recording_stops_and_goes_on_while_the_board_stays_connected(start: StartProgram) -> None:
    with board_on_tcp() as address:
        program = start()
        session = program.connect(address)
        program.key(Qt.Key.Key_R, CTRL)
        press(program.dialog(ConfirmDialog), "Stop recording")
        program.until(lambda: "Not recording" in program.status)
        program.activate(program.window)
        heard = len(session.heap)
        program.until(lambda: len(session.heap) > heard)
        program.key(Qt.Key.Key_R, CTRL)
        program.until(lambda: program.status.startswith("REC "))
        program.quit()
        assert len(events(program.places.default_recording, "recorder_stop")) == 2
