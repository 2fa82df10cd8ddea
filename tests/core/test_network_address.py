# SPDX-License-Identifier: GPL-3.0-only
"""What users type for a board in the network."""

from __future__ import annotations

import pytest

from mtleak_gui.core.addresses import AddressError, TcpAddress, network_address


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("192.168.1.40", "192.168.1.40", 4403),
        (" node.local:5000 ", "node.local", 5000),
        ("tcp://10.0.0.7:4403", "10.0.0.7", 4403),
        ("tcp:10.0.0.7", "10.0.0.7", 4403),
        ("tcp://10.0.0.7/", "10.0.0.7", 4403),
        ("[::1]:4404", "::1", 4404),
    ],
)
def test_all_usual_forms_are_understood_and_come_back(text: str, host: str, port: int) -> None:
    address = network_address(text)
    assert address == TcpAddress(host, port)
    assert network_address(address.url) == address


@pytest.mark.parametrize("text", ["", "  ", "a b", "host:99999", "::1", "/dev/ttyUSB0", "host:", "http://host", "-x"])
def test_a_refusal_names_the_text_and_what_is_allowed(text: str) -> None:
    with pytest.raises(AddressError) as refusal:
        network_address(text)
    assert repr(text.strip()) in str(refusal.value)
    assert "192.168.1.40:4403" in str(refusal.value)
