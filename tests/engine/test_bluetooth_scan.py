# SPDX-License-Identifier: GPL-3.0-only
"""Looking for Bluetooth boards: off the window's thread, when asked for, with a word about why there is none."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.ble_offer import BleOffer
from mtleak_gui.engine.bluetooth_scan import BluetoothScan

SOON = 10_000


def test_boards_are_told_as_they_are_heard_and_keep_their_name(qtbot: QtBot) -> None:
    told_all, threads = threading.Event(), list[str]()

    def scan(found: Callable[[BleOffer], None], ended: threading.Event, seconds: float) -> None:
        threads.append(threading.current_thread().name)
        found(BleOffer("AA", "bench", -60))
        found(BleOffer("BB", "attic", -70))
        found(BleOffer("AA", "", -61))
        told_all.set()
        ended.wait(SOON)

    look = BluetoothScan(scan)
    states = list[bool]()
    look.changed.connect(lambda: states.append(look.is_looking))
    look.start()
    look.start()
    qtbot.waitUntil(lambda: told_all.is_set() and len(look.offers) == 2, timeout=SOON)
    qtbot.waitUntil(lambda: look.offers[1].rssi == -61, timeout=SOON)
    assert look.offers == (BleOffer("BB", "attic", -70), BleOffer("AA", "bench", -61))
    with qtbot.waitSignal(look.changed, timeout=SOON):
        look.stop()
    assert (states[0], states[-1]) == (True, False)
    assert len(look.offers) == 2
    assert threads == ["bluetooth scan"]
    look.close()


def test_a_computer_without_bluetooth_says_so_within_seconds(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real radio's way: bleak on a system bus that is not there."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'nothing'}")
    look = BluetoothScan()
    look.start()
    qtbot.waitUntil(lambda: not look.is_looking, timeout=5_000)
    assert look.trouble is not None
    assert look.trouble.what == "Bluetooth is not available."
    assert look.has_looked
    look.close()


def test_a_radio_whose_driver_fails_is_told_too(qtbot: QtBot, expected_log: pytest.LogCaptureFixture) -> None:
    def scan(found: Callable[[BleOffer], None], ended: threading.Event, seconds: float) -> None:
        raise RuntimeError("broken driver")

    look = BluetoothScan(scan)
    look.start()
    qtbot.waitUntil(lambda: look.trouble is not None, timeout=SOON)
    assert look.trouble is not None
    assert "broken driver" in look.trouble.sentence
    assert "failed" in expected_log.text
    look.close()
