# SPDX-License-Identifier: GPL-3.0-only
"""The udev rule opens every board's port to who sits at the computer, and keeps ModemManager off it."""

from __future__ import annotations

import fnmatch
import re

import pytest

from mtleak_gui.link.usb_boards import usb_board
from mtleak_packaging.udev_rule import udev_rule


def _properties(vendor: int, product: int, subsystem: str) -> dict[str, str]:
    """Return what udev would set for a device, as far as these rules use its language."""
    facts = {"ATTRS{idVendor}": f"{vendor:04x}", "ATTRS{idProduct}": f"{product:04x}", "SUBSYSTEM": subsystem}
    facts["ACTION"] = "add"
    for line in udev_rule().splitlines():
        parts = re.findall(r'([\w{}]+)(==|!=|\+=|=)"([^"]*)"', "" if line.startswith("#") else line)
        told = [(facts.get(key, ""), sign, value) for key, sign, value in parts if sign in ("==", "!=")]
        if all((fact in value.split("|")) == (sign == "==") for fact, sign, value in told):
            acts = {key: value for key, sign, value in parts if sign in ("=", "+=")}
            if "GOTO" in acts:
                break
            facts |= acts
    return facts


@pytest.mark.parametrize(
    ("vendor", "product"), [(0x10C4, 0xEA60), (0x1A86, 0x55D4), (0x239A, 0x8029), (0x303A, 0x1001), (0x2886, 0x0059)]
)
def test_the_port_of_a_board_is_opened_and_left_alone_by_modem_manager(vendor: int, product: int) -> None:
    assert usb_board(vendor, product) is not None
    port, device = _properties(vendor, product, "tty"), _properties(vendor, product, "usb")
    assert port.get("TAG") == "uaccess"
    assert port.get("ENV{ID_MM_DEVICE_IGNORE}") == device.get("ENV{ID_MM_DEVICE_IGNORE}") == "1"
    assert "TAG" not in device


@pytest.mark.parametrize(("vendor", "product"), [(0x0403, 0x6010), (0x046D, 0xC52B), (0x2C7C, 0x0125)])
def test_other_devices_are_not_touched(vendor: int, product: int) -> None:
    for subsystem in ("tty", "usb"):
        facts = _properties(vendor, product, subsystem)
        assert "TAG" not in facts
        assert "ENV{ID_MM_DEVICE_IGNORE}" not in facts


def test_a_board_that_is_taken_away_and_other_kinds_of_devices_are_passed_over() -> None:
    assert "ENV{MTLEAK_BOARD}" not in _properties(0x239A, 0x8029, "block")


def test_every_line_is_a_comment_or_a_rule() -> None:
    for line in udev_rule().splitlines():
        assert fnmatch.fnmatch(line, "#*") or re.fullmatch(
            r'[\w{}]+(==|!=|\+=|=)"[^"]*"(, [\w{}]+(==|!=|\+=|=)"[^"]*")*', line
        )
