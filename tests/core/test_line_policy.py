# SPDX-License-Identifier: GPL-3.0-only
"""DTR and RTS by the USB vendor of a port, and as the tester wants them; each said with its reason."""

from __future__ import annotations

import pytest

from mtleak_gui.core.line_policy import (
    BRIDGE_VENDORS,
    NATIVE_USB_VENDORS,
    LineLevels,
    line_levels,
    line_words,
    vendor_of_pair,
)
from mtleak_gui.core.settings import LinePolicy


@pytest.mark.parametrize("vendor", [0x10C4, 0x1A86, 0x0403, 0x067B])
def test_bridges_are_opened_with_both_lines_off_and_left_so(vendor: int) -> None:
    assert line_levels(vendor) == LineLevels(dtr=False, rts=False, hold=True)


@pytest.mark.parametrize("vendor", [0x239A, 0x303A, 0x2886])
def test_native_usb_is_opened_with_dtr_on(vendor: int) -> None:
    assert line_levels(vendor).dtr is True
    assert not line_levels(vendor).hold


@pytest.mark.parametrize("vendor", [None, 0x1234])
def test_other_ports_are_left_as_the_system_has_them(vendor: int | None) -> None:
    assert line_levels(vendor) == LineLevels()


@pytest.mark.parametrize(("wish", "dtr", "rts"), [("off", False, False), ("dtr", True, False), ("on", True, True)])
@pytest.mark.parametrize("vendor", [None, 0x10C4, 0x239A])
def test_the_wish_of_the_tester_goes_before_the_vendor(
    vendor: int | None, wish: LinePolicy, dtr: bool, rts: bool
) -> None:
    levels = line_levels(vendor, wish)
    assert (levels.dtr, levels.rts) == (dtr, rts)
    assert levels.hold == (wish == "off" or vendor == 0x10C4)


def test_what_is_done_is_said_with_its_reason() -> None:
    assert line_words(0x10C4) == "DTR and RTS off, because a CP210x restarts the board otherwise."
    for vendor in BRIDGE_VENDORS:
        assert "restarts the board" in line_words(vendor)
    for vendor in NATIVE_USB_VENDORS:
        assert line_words(vendor).startswith("DTR on, because")
    assert line_words(None) == "Left as the system sets them."
    assert line_words(0x10C4, "on") == "DTR and RTS on, as you set it."


@pytest.mark.parametrize(("pair", "vendor"), [("10c4:ea60", 0x10C4), (None, None), ("", None), ("what:ever", None)])
def test_a_vendor_is_read_off_its_pair(pair: str | None, vendor: int | None) -> None:
    assert vendor_of_pair(pair) == vendor
