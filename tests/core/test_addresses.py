# SPDX-License-Identifier: GPL-3.0-only
"""What an address means, and what is said about those that mean nothing."""

from __future__ import annotations

import pytest

from mtleak_gui.core.addresses import (
    Address,
    AddressError,
    BleAddress,
    DemoAddress,
    SerialAddress,
    TcpAddress,
    address_of_port,
    parse_address,
    parse_speed,
)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("serial:/dev/ttyUSB0", SerialAddress("/dev/ttyUSB0")),
        ("serial:COM3", SerialAddress("COM3")),
        ("serial:socket://rack:4001", SerialAddress("socket://rack:4001")),
        ("serial:rfc2217://[::1]:4001", SerialAddress("rfc2217://[::1]:4001")),
        ("tcp:meshtastic.local", TcpAddress("meshtastic.local", 4403)),
        ("tcp:192.168.1.20:4404", TcpAddress("192.168.1.20", 4404)),
        ("tcp:[fe80::1]", TcpAddress("fe80::1", 4403)),
        ("tcp:[::1]:4404", TcpAddress("::1", 4404)),
        ("ble:AA:BB:CC:DD:EE:FF", BleAddress("AA:BB:CC:DD:EE:FF")),
        ("ble:aa-bb-cc-dd-ee-0f", BleAddress("AA:BB:CC:DD:EE:0F")),
        ("ble://aa:bb:cc:dd:ee:0f", BleAddress("AA:BB:CC:DD:EE:0F")),
        ("ble:12345678-9abc-def0-1234-56789abcdef0", BleAddress("12345678-9ABC-DEF0-1234-56789ABCDEF0")),
        ("demo:steady", DemoAddress("steady", None)),
        ("demo:slow-leak:250@60", DemoAddress("slow-leak:250", 60.0)),
    ],
)
def test_an_address_is_understood(text: str, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "''"),
        ("/dev/ttyUSB0", "/dev/ttyUSB0"),
        ("serial:", "serial:PATH"),
        ("ble:AA:BB", "ble:AA:BB:CC:DD:EE:FF"),
        ("ble:bench-a", "bench-a"),
        ("serial:loop://", "loop://"),
        ("serial:socket://rack", "serial:socket://HOST:PORT"),
        ("serial:socket://rack:99999", "HOST:PORT"),
        ("tcp:host:0", "1 to 65535"),
        ("tcp:host:65536", "1 to 65535"),
        ("tcp:host:4403x", "4403x"),
        ("tcp:::1", "[::1]"),
        ("tcp:[nonsense]:1", "nonsense"),
        ("tcp:-host", "-host"),
        ("tcp:a b", "a b"),
        ("demo:@60", "demo:SCENARIO"),
        ("demo:steady@0.5", "1 to 600"),
        ("demo:steady@nan", "nan"),
        ("demo:steady@", "1 to 600"),
    ],
)
def test_what_is_no_address_is_named_with_what_is_allowed(text: str, named: str) -> None:
    with pytest.raises(AddressError) as trouble:
        parse_address(text)
    assert named in str(trouble.value)


@pytest.mark.parametrize("text", ["0", "601", "fast", "inf", "nan", ""])
def test_what_is_no_speed_is_named(text: str) -> None:
    with pytest.raises(AddressError, match="from 1 to 600"):
        parse_speed(text)


def test_rows_of_a_network_board_carry_the_name_that_the_peer_gives_them() -> None:
    assert TcpAddress("meshtastic.local", 4403).port == "tcp://meshtastic.local:4403"


@pytest.mark.parametrize(
    "address",
    [
        SerialAddress("/dev/ttyUSB0"),
        SerialAddress("COM3"),
        SerialAddress("socket://rack:4001"),
        TcpAddress("meshtastic.local", 4403),
        TcpAddress("fe80::1", 4404),
        BleAddress("AA:BB:CC:DD:EE:FF"),
        BleAddress("12345678-9ABC-DEF0-1234-56789ABCDEF0"),
        DemoAddress("slow-leak:250"),
    ],
)
def test_the_port_of_rows_says_where_their_board_is(address: Address) -> None:
    assert address_of_port(address.port) == address
