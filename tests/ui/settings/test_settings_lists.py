# SPDX-License-Identifier: GPL-3.0-only
"""Devices, quick marks and keys: lists that grow, shrink and change their order."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mtleak_gui.core.settings import Devices, KnownBoard, NetworkNode
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.pages.settings.devices_section import DevicesSection
from mtleak_gui.ui.pages.settings.keys_section import KeyRow, KeysSection
from mtleak_gui.ui.pages.settings.quick_marks_section import QuickMarksSection
from mtleak_gui.ui.pages.settings.settings_page import SettingsPage
from tests.ui.overview_stage import PICTURES
from tests.ui.settings.conftest import BENCH_A, HELTEC, ROOF, START
from tests.ui.settings.page_hands import named, row, shown, words, write


def test_a_board_gets_a_name_and_a_capture(page: SettingsPage, keeper: SettingsKeeper) -> None:
    bench_a, heltec, roof = shown(page, "devices", DevicesSection).rows
    assert "usb:239a:8029:9F2C" in words(bench_a)
    write(bench_a.name, "Bench one")
    named(heltec, "Capture of usb:10c4:ea60@1-2.3: API").click()
    roof.auto_connect.click()
    devices = keeper.settings.devices
    assert [board.name for board in devices.boards] == ["Bench one", "heltec-b"]
    assert [board.capture for board in devices.boards] == ["auto", "api"]
    assert devices.network_nodes[0].auto_connect
    write(bench_a.name, "x" * 41)
    assert "0 to 40 printable characters" in words(bench_a)


def test_what_is_forgotten_can_be_taken_back(page: SettingsPage, keeper: SettingsKeeper, qtbot: QtBot) -> None:
    section = shown(page, "devices", DevicesSection)
    named(section, "Forget usb:239a:8029:9F2C").click()
    assert keeper.settings.devices.boards == (HELTEC,)
    qtbot.waitUntil(lambda: "bench-a is forgotten. What it sent stays in the recordings." in words(section))
    next(button for button in section.findChildren(QPushButton) if button.text() == "Undo").click()
    assert keeper.settings.devices == START.devices
    assert [found.key for found in section.rows] == [BENCH_A.key, HELTEC.key, ROOF.address]


def test_a_network_node_is_added_once_by_a_sound_address(page: SettingsPage, keeper: SettingsKeeper) -> None:
    section = shown(page, "devices", DevicesSection)
    write(section.adding, "meshtastic.local")
    assert keeper.settings.devices.network_nodes[-1].address == "tcp://meshtastic.local:4403"
    write(section.adding, "meshtastic.local:4403")
    assert "is in the list already" in words(section)
    write(section.adding, "no host:99999")
    assert "is no address of a board in the network" in words(section)
    write(section.adding, "rfc2217://rack:2217")
    assert [node.address for node in keeper.settings.devices.network_nodes[1:]] == [
        "tcp://meshtastic.local:4403",
        "rfc2217://rack:2217",
    ]


def test_each_device_offers_what_it_has(page: SettingsPage, keeper: SettingsKeeper) -> None:
    radio = KnownBoard("ble:AA:BB:CC:DD:EE:FF", called="bnch", build="RAK4631 · 2.7.26")
    seen = replace(BENCH_A, debug_heap=True, debug_heap_ts=1_795_021_600.0)
    remote = NetworkNode("rfc2217://rack:2217")
    keeper.change(devices=Devices((seen, HELTEC, radio), (ROOF, remote)))
    section = shown(page, "devices", DevicesSection)
    at_usb, at_bridge, in_network, at_server, over_air = section.rows
    assert "Auto: console tap, because a DEBUG_HEAP build was seen on this board on" in words(at_usb)
    assert "DTR on, because a board with USB of its own stays mute without it." in words(at_usb)
    named(at_bridge, f"Lines of {HELTEC.key}: Off").click()
    assert keeper.settings.devices.boards[1].lines == "off"
    assert "DTR and RTS off, as you set it." in words(at_bridge)
    named(at_server, "Capture of rfc2217://rack:2217: Console").click()
    assert keeper.settings.devices.network_nodes[1].capture == "console"
    for bare in (in_network, over_air):
        assert not bare.capture.isVisibleTo(section)
        assert not bare.lines.isVisibleTo(section)
    assert "ble:AA:BB:CC:DD:EE:FF · RAK4631 · 2.7.26" in words(over_air)
    over_air.auto_connect.click()
    assert keeper.settings.devices.boards[2].auto_connect
    PICTURES.mkdir(parents=True, exist_ok=True)
    section.grab().save(str(PICTURES / "settings-devices-top.png"))
    section.verticalScrollBar().setValue(section.verticalScrollBar().maximum())
    assert section.grab().save(str(PICTURES / "settings-devices-bottom.png"))


def test_quick_marks_are_renamed_moved_removed_and_added(page: SettingsPage, keeper: SettingsKeeper) -> None:
    section = shown(page, "quick_marks", QuickMarksSection)

    def marks() -> list[str]:
        return list(keeper.settings.quick_marks)

    write(section.rows[0].field, "storm")
    named(section, "Move storm down").click()
    assert marks() == ["tx", "storm", "ble"]
    assert section.rows[1].down.hasFocus()
    QTest.keyClick(section.rows[1].down, Qt.Key.Key_Space)
    assert marks() == ["tx", "ble", "storm"]
    write(section.rows[3].field, "reboot")
    assert marks() == ["tx", "ble", "storm", "reboot"]
    assert section.rows[4].field.hasFocus()
    write(section.rows[4].field, "tx")
    assert "another label" in section.refusal
    write(section.rows[0].field, "x" * 25)
    assert "at most 24 characters" in section.refusal or "1 to 24" in section.refusal
    named(section, "Remove ble").click()
    assert marks() == ["tx", "storm", "reboot"]


def test_another_key_is_taken_unless_it_means_something_else(
    page: SettingsPage, keeper: SettingsKeeper, qtbot: QtBot
) -> None:
    section = shown(page, "keys", KeysSection)
    with qtbot.waitSignal(section.built, timeout=30_000):
        pass
    wrap = row(section, KeyRow, "Wrap long lines")
    wrap.field.setKeySequence("Ctrl+L")
    wrap.field.editingFinished.emit()
    assert wrap.refusal == "Ctrl+L already means “Leakhunt”, so “Wrap long lines” needs another key."
    assert keeper.settings.keys == {}
    wrap.field.setKeySequence("Ctrl+Shift+W")
    wrap.field.editingFinished.emit()
    assert keeper.settings.keys == {"wrap": "Ctrl+Shift+W"}
    assert wrap.refusal == ""
    named(section, "No key for: Find").click()
    assert keeper.settings.keys["find"] == ""
    named(wrap, "Usual key: W").click()
    assert keeper.settings.keys == {"find": ""}
    next(button for button in section.findChildren(QPushButton) if button.text() == "All usual keys").click()
    assert keeper.settings.keys == {}


def test_keys_that_collide_in_the_file_are_told(page: SettingsPage, keeper: SettingsKeeper) -> None:
    keeper.change(keys={"wrap": "Ctrl+L"})
    section = shown(page, "keys", KeysSection)
    assert "Ctrl+L already means “Leakhunt”" in section.collisions.text()
    keeper.change(keys={})
    assert section.collisions.isHidden()
