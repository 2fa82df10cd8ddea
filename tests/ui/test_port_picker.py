# SPDX-License-Identifier: GPL-3.0-only
"""The port picker shows what can be connected, is driven by keys alone, and connects what is chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from mtleak_gui.core.settings import Devices, KnownBoard, NetworkNode, Settings
from mtleak_gui.ui.devices.board_choice import choices_of
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


def test_ports_stand_with_what_is_known_of_them(tmp_path: Path, qtbot: QtBot, each_theme: ThemeKeeper) -> None:
    held = NATIVE._replace(in_use_by="python3 (4242)")
    settings = Settings(
        devices=Devices(
            boards=(KnownBoard(BRIDGE.key, name="bench-a", last_used=5.0),),
            network_nodes=(NetworkNode("tcp://192.168.1.40:4403"),),
        )
    )
    with desk(qtbot, tmp_path, each_theme, Plugs(BRIDGE, held, PROBE), settings) as open_desk:
        told = [(choice.title, choice.port, choice.state) for choice in open_desk.choices()]
        assert told == [
            ("bench-a", "ttyUSB9", "last used"),
            ("RAK4631", "ttyACM3", "in use"),
            ("tcp://192.168.1.40:4403", "TCP", ""),
            ("Demo board", "", ""),
        ]
        seen = words(open_desk.picker)
        assert "held by python3 (4242)" in seen
        assert "socket 1-2, no stable id" in seen
        assert "Other ports (1): J-Link 1366:0105" in seen
        keep_picture(open_desk, "ports")


def test_what_was_used_last_is_chosen_and_enter_connects_it(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    with board_on_pty() as device:
        offer = NATIVE._replace(device=device)
        settings = Settings(devices=Devices(boards=(KnownBoard(offer.key, name="bench-a", last_used=5.0),)))
        with desk(qtbot, tmp_path, theme, Plugs(BRIDGE, offer), settings) as open_desk:
            bench = open_desk.bench
            open_desk.key(Qt.Key.Key_Return)
            assert not open_desk.picker.isVisible()
            qtbot.waitUntil(lambda: bench.current is not None and bench.current.link.phase == "live", timeout=SOON)
            assert bench.current is not None
            assert (bench.current.port, bench.current.name) == (device, "bench-a")
            (known,) = open_desk.keeper.settings.devices.boards
            assert known.last_used is not None
            assert known.last_used > 5.0
            assert not known.auto_connect


def test_arrows_go_through_all_rows_and_esc_leaves(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    with desk(qtbot, tmp_path, theme, Plugs(BRIDGE, NATIVE)) as open_desk:
        chosen: list[object] = []
        open_desk.picker.picked.connect(chosen.append)
        open_desk.key(Qt.Key.Key_Down, Qt.Key.Key_Down)
        assert "Start demo" in words(open_desk.picker)
        open_desk.key(Qt.Key.Key_Up)
        assert "Connect" in words(open_desk.picker)
        open_desk.key(Qt.Key.Key_Escape)
        assert not open_desk.picker.isVisible()
        assert chosen == []
        assert open_desk.bench.sessions == ()


def test_a_network_node_is_checked_kept_and_connected(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    with board_on_tcp() as address, desk(qtbot, tmp_path, theme, Plugs()) as open_desk:
        picker, bench = open_desk.picker, open_desk.bench
        press(picker, "Add network node")
        field = the(QLineEdit, picker)
        QTest.keyClicks(field, "no address at all")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert any("is no address of a board in the network" in word for word in words(picker))
        assert picker.isVisible()
        field.clear()
        QTest.keyClicks(field, f"{address.host}:{address.tcp_port}")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert [node.address for node in open_desk.keeper.settings.devices.network_nodes] == [address.url]
        open_desk.key(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bench.current is not None and bench.current.link.phase == "live", timeout=SOON)
        open_desk.reopen()
        assert [choice.state for choice in open_desk.choices() if choice.port == "TCP"] == ["connected"]
        assert "Choose" in words(picker)


def test_the_demo_of_a_scenario_is_one_enter_away(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    with desk(qtbot, tmp_path, theme, Plugs()) as open_desk:
        bench = open_desk.bench
        open_desk.key(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bench.current is not None and bench.current.free_heap is not None, timeout=20_000)
        assert bench.current is not None
        assert bench.current.demo
        assert bench.current.port == "demo:leak-threads"


def test_a_board_that_is_plugged_in_shows_up_and_the_choice_stays(
    tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper
) -> None:
    plugs = Plugs(NATIVE)
    with desk(qtbot, tmp_path, theme, plugs) as open_desk:
        picker = open_desk.picker
        picker.choose("demo:leak-threads")
        plugs.plugged = (NATIVE, BRIDGE)
        qtbot.waitUntil(lambda: len(open_desk.choices()) == 3, timeout=SOON)
        assert "Start demo" in words(picker)
        plugs.plugged = ()
        qtbot.waitUntil(lambda: len(open_desk.choices()) == 1, timeout=SOON)
        assert any("No board is plugged in" in word for word in words(picker))


def test_a_console_is_offered_where_there_is_one(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    settings = Settings(devices=Devices(network_nodes=(NetworkNode("tcp://192.168.1.40:4403"),)))
    with desk(qtbot, tmp_path, theme, Plugs(BRIDGE), settings) as open_desk:
        picker = open_desk.picker
        console = button(picker, "Console tap")
        assert console.isEnabled()
        press(picker, "Console tap")
        assert any("sends nothing" in word for word in words(picker))
        picker.choose("tcp://192.168.1.40:4403")
        assert not console.isEnabled()
        assert any(word.startswith("Auto") for word in words(picker))


def test_a_known_board_in_another_socket_is_new() -> None:
    known = KnownBoard(BRIDGE.key, last_used=3.0)
    moved = BRIDGE._replace(key="usb:10c4:ea60@1-7", device="/dev/ttyUSB3")
    choices = choices_of((BRIDGE, moved), [known], [], [], lambda _port: None)
    assert [choice.state for choice in choices.boards] == ["last used", "new"]


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


def test_a_board_that_was_just_plugged_in_is_the_one_to_begin_with(
    tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper
) -> None:
    plugs = Plugs(NATIVE)
    settings = Settings(devices=Devices(boards=(KnownBoard(NATIVE.key, last_used=5.0),)))
    with desk(qtbot, tmp_path, theme, plugs, settings) as open_desk:
        open_desk.picker.hide()
        plugs.plugged = (NATIVE, BRIDGE)
        with qtbot.waitSignal(open_desk.ports.port_appeared, timeout=SOON):
            pass
        open_desk.reopen()
        focused = QApplication.focusWidget()
        assert isinstance(focused, PickerRow)
        assert focused.choice.key == BRIDGE.device


def test_twenty_ports_are_scrolled_within_the_window(tmp_path: Path, qtbot: QtBot, each_theme: ThemeKeeper) -> None:
    many = [
        NATIVE._replace(
            device=f"/dev/ttyACM{n}", key=f"usb:239a:8029:{n}", title=f"RAK4631 {n} {'of a long name ' * 9}"
        )
        for n in range(20)
    ]
    with desk(qtbot, tmp_path, each_theme, Plugs(*many)) as open_desk:
        picker, window = open_desk.picker, open_desk.window
        assert picker.frameGeometry().bottom() <= window.frameGeometry().bottom()
        assert picker.width() <= 724
        open_desk.key(*[Qt.Key.Key_Down] * 19)
        focused = QApplication.focusWidget()
        assert isinstance(focused, PickerRow)
        assert focused.choice.key == "/dev/ttyACM19"
        qtbot.waitUntil(lambda: focused.visibleRegion().boundingRect().height() == focused.height(), timeout=SOON)
        keep_picture(open_desk, "many")
        assert button(picker, "Connect").visibleRegion().boundingRect().height() > 0


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
