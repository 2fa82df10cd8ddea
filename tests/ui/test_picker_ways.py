# SPDX-License-Identifier: GPL-3.0-only
"""The ways to connect in the port picker: remote serial ports, Bluetooth, and how a board is heard."""

from __future__ import annotations

from pathlib import Path

import pytest
from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mtleak_gui.core.settings import Devices, KnownBoard, NetworkNode, Settings
from mtleak_gui.ui.devices.picker_row import PickerRow
from mtleak_gui.ui.dialogs.confirm_dialog import ConfirmDialog
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.engine.bench_kit import board_on_pty, board_on_tcp
from tests.engine.port_kit import BRIDGE, PROBE, Plugs
from tests.ui.hands import button, press, the, words
from tests.ui.picker_desk import SOON, desk, keep_picture

# The offscreen platform says so for every popup; there is no window manager to raise anything.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")

NATIVE = BRIDGE._replace(
    device="/dev/ttyACM3", title="RAK4631", subtitle="nRF52840, native USB", key="usb:239a:8029:9F", stable=True
)


def test_a_serial_port_of_another_computer_is_understood_while_it_is_typed(
    tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper
) -> None:
    with board_on_tcp() as address, desk(qtbot, tmp_path, theme, Plugs()) as open_desk:
        picker, bench = open_desk.picker, open_desk.bench
        press(picker, "Add network node")
        field = the(QLineEdit, picker)
        for typed, told in (
            ("::1", "Network node ::1, port 4403: telemetry and packets, no log"),
            ("rfc2217://rack:2217", "Serial port of another computer: rack, port 2217, RFC 2217"),
        ):
            field.setText(typed)
            assert any(word.startswith(told) for word in words(picker)), words(picker)
        field.setText(f"socket://{address.host}:{address.tcp_port}")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert button(picker, "Console tap").isEnabled()
        open_desk.key(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bench.current is not None and bench.current.link.phase == "live", timeout=SOON)
        assert bench.current is not None
        assert bench.current.role == "serial"


def test_a_saved_node_is_removed_and_taken_back(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    node = NetworkNode("tcp://192.168.1.40:4403", name="roof", auto_connect=True)
    with desk(qtbot, tmp_path, theme, Plugs(), Settings(devices=Devices(network_nodes=(node,)))) as open_desk:
        picker, keeper = open_desk.picker, open_desk.keeper
        (row,) = (row for row in picker.findChildren(PickerRow) if row.choice.title == "roof")
        QTest.keyClick(row, Qt.Key.Key_Delete)
        assert not list(keeper.settings.devices.network_nodes)
        assert "roof was removed." in words(picker)
        press(picker, "Undo")
        assert list(keeper.settings.devices.network_nodes) == [node]
        assert "roof" in [choice.title for choice in open_desk.choices()]


def test_bluetooth_is_asked_for_only_when_the_user_does(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    with desk(qtbot, tmp_path, theme, Plugs()) as open_desk:
        picker = open_desk.picker
        assert any("Nothing is looked for until you ask" in word for word in words(picker))
        open_desk.air.boards["AA:BB:CC:DD:EE:0A"] = None  # type: ignore[assignment] # a scan never comes so far
        press(picker, "Scan for Bluetooth boards")
        assert "Scanning…" in words(picker)
        qtbot.waitUntil(lambda: "Scan again" in words(picker), timeout=SOON)
        (heard,) = (choice for choice in open_desk.choices() if choice.port == "BLE")
        assert (heard.title, heard.identity, heard.usb, heard.state) == (
            "bnch_0A",
            "AA:BB:CC:DD:EE:0A",
            "−60 dBm",
            "new",
        )
        picker.choose(heard.key)
        assert not button(picker, "Console tap").isEnabled()


def test_auto_says_what_it_is_and_why(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    with board_on_pty() as device:
        offer = NATIVE._replace(device=device)
        seen = KnownBoard(offer.key, last_used=5.0, debug_heap=True, debug_heap_ts=1_763_800_000.0)
        settings = Settings(devices=Devices(boards=(seen,)))
        with desk(qtbot, tmp_path, theme, Plugs(BRIDGE, offer), settings) as open_desk:
            picker, bench = open_desk.picker, open_desk.bench
            assert any(
                word.startswith("Auto: console tap, because a DEBUG_HEAP build was seen on this board on 22 Nov")
                for word in words(picker)
            )
            picker.choose(BRIDGE.device)
            assert any("API session, because no DEBUG_HEAP build was seen" in word for word in words(picker))
            picker.choose(device)
            open_desk.key(Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: bench.current is not None and bench.current.link.phase == "live", timeout=SOON)
            assert bench.current is not None
            assert bench.current.capture == "Console"
            assert open_desk.keeper.settings.devices.boards[0].capture == "auto"


def test_another_way_to_hear_a_connected_board_is_asked_for(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    with board_on_pty() as device:
        offer = NATIVE._replace(device=device)
        with desk(qtbot, tmp_path, theme, Plugs(offer)) as open_desk:
            picker, bench, window = open_desk.picker, open_desk.bench, open_desk.window
            open_desk.key(Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: bench.current is not None and bench.current.link.phase == "live", timeout=SOON)
            session = bench.current
            assert session is not None
            open_desk.reopen()
            press(picker, "API session")
            press(picker, "Choose")
            assert window.findChildren(ConfirmDialog) == []
            open_desk.reopen()
            press(picker, "Console tap")
            press(picker, "Switch…")
            dialog = the(ConfirmDialog, window)
            assert any("stays silent until the board restarts" in word for word in words(dialog))
            press(dialog, "Cancel")
            assert session.capture == "API"
            open_desk.reopen()
            press(picker, "Console tap")
            press(picker, "Switch…")
            press(the(ConfirmDialog, window), "Switch to console")
            qtbot.waitUntil(lambda: session.capture == "Console" and session.link.phase == "live", timeout=SOON)
            assert open_desk.keeper.settings.devices.boards[0].capture == "console"


def test_every_state_of_a_row_is_seen(tmp_path: Path, qtbot: QtBot, each_theme: ThemeKeeper) -> None:
    """Keep pictures for eyes; what they show is held by the other tests."""
    settings = Settings(
        devices=Devices(
            boards=(
                KnownBoard(
                    BRIDGE.key,
                    name="bench-a",
                    last_used=9.0,
                    build="Heltec V3 · 2.7.26.54e0d8d",
                    debug_heap=True,
                    debug_heap_ts=1_763_800_000.0,
                ),
                KnownBoard("ble:AA:BB:CC:DD:EE:0C", called="Roof node", build="RAK4631 · 2.7.26.54e0d8d"),
            ),
            network_nodes=(
                NetworkNode("tcp://192.168.1.40:4403", called="Attic"),
                NetworkNode("tcp://[2001:db8:85a3::8a2e:370:7334]:4403"),
                NetworkNode("rfc2217://rack.example.org:2217", build="Heltec V3 · 2.7.26"),
            ),
        )
    )
    held = BRIDGE._replace(device="/dev/ttyUSB2", key="x", in_use_by="python3 (4242)")
    plugs = Plugs(BRIDGE, NATIVE._replace(vid_pid="239a:8029", identity_words="s/n 9F2C…41"), held, PROBE)
    with desk(qtbot, tmp_path, each_theme, plugs, settings, size=(1280, 800)) as open_desk:
        picker = open_desk.picker
        keep_picture(open_desk, "all")
        press(picker, "Add network node")
        field = the(QLineEdit, picker)
        field.setText("[::1]:4403")
        keep_picture(open_desk, "adding")
        field.setText("nonsense here")
        QTest.keyClick(field, Qt.Key.Key_Return)
        keep_picture(open_desk, "refused")
        open_desk.reopen("tcp://192.168.1.40:4403")
        open_desk.air.boards["AA:BB:CC:DD:EE:0A"] = None  # type: ignore[assignment] # a scan never comes so far
        press(picker, "Scan for Bluetooth boards")
        keep_picture(open_desk, "scanning")
        qtbot.waitUntil(lambda: "Scan again" in words(picker), timeout=SOON)
        keep_picture(open_desk, "scanned")
        open_desk.air.refusal = BleakBluetoothNotAvailableError("none", BleakBluetoothNotAvailableReason.NO_BLUETOOTH)
        press(picker, "Scan again")
        qtbot.waitUntil(lambda: any("no Bluetooth radio" in word for word in words(picker)), timeout=SOON)
        (row,) = (row for row in picker.findChildren(PickerRow) if row.choice.title == "Attic")
        QTest.keyClick(row, Qt.Key.Key_Delete)
        keep_picture(open_desk, "removed")
