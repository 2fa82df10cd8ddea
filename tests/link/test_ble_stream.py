# SPDX-License-Identifier: GPL-3.0-only
"""A session over Bluetooth. The radio is a stand-in (none can be had here), bleak and the board are not."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason, BleakError

from mtleak_gui.core.ble_offer import BleOffer
from mtleak_gui.core.contracts import LinkError
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.virtual_board import VirtualBoard
from mtleak_gui.link import ble_stream
from mtleak_gui.link.ble_scan import scan_for_boards
from mtleak_gui.link.ble_stream import BleStream, open_ble
from mtleak_gui.link.meshtastic_link import MeshtasticLink
from tests.link.listening import HostClock, Listener
from tests.link.virtual_radio import Air

ADDRESS = "AA:BB:CC:DD:EE:0A"
PORT = f"ble://{ADDRESS}"


def board(scenario: str = "leak-threads") -> VirtualBoard:
    return VirtualBoard(scenario_named(scenario), clock=BoardClock(60), debug_log_api=True)


def link_over(air: Air) -> MeshtasticLink:
    return MeshtasticLink(lambda: open_ble(ADDRESS, air.client()), PORT, "ble", HostClock())


def test_a_board_is_heard_with_its_packets_and_its_log_as_it_wrote_it() -> None:
    air, listener = Air(**{"0a": board()}), Listener()
    link = link_over(air)
    device = link.open(listener.hear)
    listener.wait_until(lambda heard: len(heard.lines) > 20 and len(heard.packets) > 2)
    assert link.is_alive()
    link.close()

    assert device.long_name is not None
    assert device.debug_log_api is True
    assert {(line.port, line.role) for line in listener.lines} == {(PORT, "ble")}
    assert {line.level for line in listener.lines} >= {"DEBUG", "INFO"}
    assert {line.thread for line in listener.lines} >= {"Router"}
    assert all(line.device_time for line in listener.lines)
    [lost] = listener.events("connection_lost")
    assert lost.note == "closed by the recorder"


def test_a_board_that_goes_out_of_reach_is_told_as_lost() -> None:
    air, listener = Air(**{"0a": board()}), Listener()
    link = link_over(air)
    link.open(listener.hear)
    air.pull()
    listener.wait_until(lambda heard: bool(heard.events("connection_lost")))
    assert not link.is_alive()
    link.close()
    assert "the Bluetooth connection ended" in str(listener.events("connection_lost")[0].note)


def test_a_board_that_hangs_without_a_word_is_told_as_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ble_stream, "ANSWER_WAIT_S", 0.3)
    monkeypatch.setattr(ble_stream, "LOOK_EACH_S", 0.1)
    air, listener = Air(**{"0a": board()}), Listener()
    link = link_over(air)
    link.open(listener.hear)
    air.is_deaf = True
    listener.wait_until(lambda heard: bool(heard.events("connection_lost")))
    assert not link.is_alive()
    link.close()


def test_a_board_that_comes_back_is_heard_again() -> None:
    air = Air(**{"0a": board()})
    for _ in range(2):
        listener = Listener()
        link = link_over(air)
        link.open(listener.hear)
        listener.wait_until(lambda heard: bool(heard.packets))
        link.close()
    assert air.connections == 2


def test_closing_ends_a_connection_that_never_comes_about() -> None:
    air, trouble = Air(), list[LinkError]()
    air.is_deaf = True
    stream = BleStream(ADDRESS, air.client())

    def open_it() -> None:
        with pytest.raises(LinkError) as refused:
            stream.open()
        trouble.append(refused.value)

    opener = threading.Thread(target=open_it, daemon=True)
    opener.start()
    assert air.connecting.wait(10)
    stream.close()
    opener.join(10)
    assert [told.trouble.kind for told in trouble] == ["unreachable"]


@pytest.mark.parametrize(
    ("refusal", "kind", "words"),
    [
        (None, "unreachable", "one Bluetooth client at a time"),
        (BleakError("Insufficient Authentication"), "no_permission", "PIN"),
        (BleakError("le-connection-abort-by-local"), "unreachable", "connection to The board"),
        (
            BleakBluetoothNotAvailableError("off", BleakBluetoothNotAvailableReason.POWERED_OFF),
            "no_bluetooth",
            "The radio is switched off.",
        ),
        (
            BleakBluetoothNotAvailableError("none", BleakBluetoothNotAvailableReason.NO_BLUETOOTH),
            "no_bluetooth",
            "no Bluetooth radio",
        ),
    ],
)
def test_why_a_board_cannot_be_reached_is_told(refusal: Exception | None, kind: str, words: str) -> None:
    air = Air()
    air.refusal = refusal
    with pytest.raises(LinkError) as told:
        link_over(air).open(Listener().hear)
    assert told.value.trouble.kind == kind
    assert words in told.value.trouble.sentence


def test_a_scan_finds_boards_and_nothing_else() -> None:
    air, found, ended = Air(**{"0a": board(), "0b": board()}), list[BleOffer](), threading.Event()
    ended.set()
    scan_for_boards(found.append, ended, 5.0, air.scanner("11:22:33:44:55:66"))
    assert found == [BleOffer(ADDRESS, "bnch_0A", -60), BleOffer("AA:BB:CC:DD:EE:0B", "bnch_0B", -60)]


def test_a_scan_without_a_radio_says_why() -> None:
    air = Air()
    air.refusal = BleakBluetoothNotAvailableError("off", BleakBluetoothNotAvailableReason.POWERED_OFF)
    with pytest.raises(LinkError, match=r"Bluetooth is not available\. The radio is switched off\."):
        scan_for_boards(lambda _found: None, threading.Event(), 5.0, air.scanner())


@pytest.fixture
def bus_without_bluez(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run a real message bus where nobody serves Bluetooth."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("there is no dbus-daemon here")
    address = f"unix:path={tmp_path / 'bus'}"
    bus = subprocess.Popen(
        [program, "--session", "--nofork", "--nopidfile", "--nosyslog", f"--address={address}", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert bus.stdout is not None
    with bus.stdout:
        assert bus.stdout.readline()
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield
        bus.terminate()
        bus.wait(10)


@pytest.mark.usefixtures("bus_without_bluez", "expected_log")  # bleak warns where there is no bluetoothctl
def test_a_system_without_bluez_says_so() -> None:
    with pytest.raises(LinkError) as scan:
        scan_for_boards(lambda _found: None, threading.Event(), 5.0)
    assert scan.value.trouble.kind == "no_bluetooth"
    assert "BlueZ" in scan.value.trouble.sentence
    with pytest.raises(LinkError) as link:
        MeshtasticLink(lambda: open_ble(ADDRESS), PORT, "ble", HostClock()).open(Listener().hear)
    assert link.value.trouble.kind == "no_bluetooth"


def test_a_system_without_a_message_bus_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'nothing'}")
    with pytest.raises(LinkError, match="The message bus of the system"):
        scan_for_boards(lambda _found: None, threading.Event(), 5.0)
