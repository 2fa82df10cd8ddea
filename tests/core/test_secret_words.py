# SPDX-License-Identifier: GPL-3.0-only
"""Keys, passkeys and passwords that firmware prints are hidden; everything else stays as it was printed."""

from __future__ import annotations

import pytest

from mtleak_gui.core.records import RawLine
from mtleak_gui.core.secret_words import lines_without_secrets, without_secrets


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("Expected session key:  01 02 0a ff 33 44 55 66", "Expected session key:  [hidden]"),
        (
            "Attempt PKI decrypt with shared_key starting with:  aa bb cc dd ee ff 00 11",
            "Attempt PKI decrypt with shared_key starting with:  [hidden]",
        ),
        ("*** Enter passkey 123456 on the peer side ***", "*** Enter passkey [hidden] on the peer side ***"),
        ("BLE pair process started with passkey 123 456", "BLE pair process started with passkey [hidden]"),
        (
            "Connect directly to MQTT server a.b, port: 1883, username: me, password: large4cats and more",
            "Connect directly to MQTT server a.b, port: 1883, username: me, password: [hidden]",
        ),
        ("wifi psk=abcd", "wifi psk=[hidden]"),
        ('{"password": "abc"}', '{"password": "[hidden]'),
        ("private_key = MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "private_key = [hidden]"),
        ("admin key 00112233445566778899aabbccddeeff", "admin key [hidden]"),
    ],
)
def test_a_secret_is_hidden_and_its_label_stays(printed: str, kept: str) -> None:
    header = "DEBUG | 12:00:00 5 [Router] "
    assert without_secrets(header + printed) == header + kept


@pytest.mark.parametrize(
    "printed",
    [
        "Use AES128 key!",
        "Expanding short PSK #1",
        "public key: 01 02 03 04 05 06 07 08",
        "key count 12345678",
        "Heap status key free: 123456 bytes",
        "[heap 123456] passing 12 34 56 78 on",
        "password:",
        "Keyframe 0011223344556677889900",
        "Public key known, 123456 bytes",
    ],
)
def test_what_is_no_secret_stays(printed: str) -> None:
    assert without_secrets(printed) == printed


def test_lines_without_any_sign_are_handed_on_as_they_are() -> None:
    heard = [RawLine(1.0, "p", "serial_session", f"INFO | 12:00:00 5 [Main] line {number}") for number in range(9)]
    assert lines_without_secrets(heard) is heard
    told = [*heard, heard[0]._replace(text="passkey 123456")]
    assert lines_without_secrets(told)[:9] == heard
    assert lines_without_secrets(told)[9].text == "passkey [hidden]"
