# SPDX-License-Identifier: GPL-3.0-only
"""The port picker shows what can be connected, is driven by keys alone, and connects what is chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from mtleak_gui.core.settings import Devices, KnownBoard, NetworkNode, Settings
from mtleak_gui.ui.devices.board_choice import choices_of
from mtleak_gui.ui.devices.picker_row import PickerRow
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
