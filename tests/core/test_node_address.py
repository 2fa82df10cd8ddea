# SPDX-License-Identifier: GPL-3.0-only
"""What users type for a board in the network or at another computer."""

from __future__ import annotations

import pytest

from mtleak_gui.core.addresses import AddressError, SerialAddress, TcpAddress
from mtleak_gui.core.node_address import node_address, node_url, understood


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("192.168.1.40", "192.168.1.40", 4403),
        (" node.local:5000 ", "node.local", 5000),
        ("tcp://10.0.0.7:4403", "10.0.0.7", 4403),
        ("tcp:10.0.0.7", "10.0.0.7", 4403),
        ("tcp://10.0.0.7/", "10.0.0.7", 4403),
        ("[::1]:4404", "::1", 4404),
        ("::1", "::1", 4403),
        ("2001:db8::7", "2001:db8::7", 4403),
        ("fe80::1%eth0", "fe80::1%eth0", 4403),
        ("tcp://[fe80::1]:4403", "fe80::1", 4403),
    ],
)
def test_all_usual_forms_are_understood_and_come_back(text: str, host: str, port: int) -> None:
    address = node_address(text)
    assert address == TcpAddress(host, port)
    assert node_address(node_url(address)) == address
    assert host in understood(address)
    assert "no log" in understood(address)


@pytest.mark.parametrize(
    ("text", "device", "way"),
    [
        ("socket://rack:4001", "socket://rack:4001", "raw TCP"),
        (" rfc2217://10.0.0.7:2217/ ", "rfc2217://10.0.0.7:2217", "RFC 2217"),
        ("RFC2217://[::1]:2217", "rfc2217://[::1]:2217", "RFC 2217"),
    ],
)
def test_a_serial_port_of_another_computer_is_understood(text: str, device: str, way: str) -> None:
    address = node_address(text)
    assert address == SerialAddress(device)
    assert address.is_remote
    assert node_address(node_url(address)) == address
    assert way in understood(address)


@pytest.mark.parametrize(
    "text", ["", "  ", "a b", "host:99999", "/dev/ttyUSB0", "host:", "http://host", "-x", "[::1", "1::2::3"]
)
def test_a_refusal_names_the_text_and_what_is_allowed(text: str) -> None:
    with pytest.raises(AddressError) as refusal:
        node_address(text)
    assert repr(text.strip()) in str(refusal.value)
    assert "192.168.1.40:4403" in str(refusal.value)


@pytest.mark.parametrize("text", ["socket://rack", "rfc2217://rack:0", "rfc2217://:4001", "socket://::1:4001"])
def test_a_refused_device_server_is_told_what_it_lacks(text: str) -> None:
    with pytest.raises(AddressError) as refusal:
        node_address(text)
    assert repr(text) in str(refusal.value)
    assert "://192.168.1.40:4001" in str(refusal.value)
