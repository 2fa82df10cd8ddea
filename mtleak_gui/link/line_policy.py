# SPDX-License-Identifier: GPL-3.0-only
"""Which way DTR and RTS must stand when a port is opened, by the USB vendor of the port.

USB-UART bridges wire the two lines to reset and boot mode: asserting them restarts the board. Native USB boards stay
mute until DTR is on (meshtastic python#753, #757, #763).
"""

from __future__ import annotations

from typing import NamedTuple

BRIDGE_VENDORS = frozenset({0x10C4, 0x1A86, 0x0403, 0x067B})
"""Silicon Labs, WCH, FTDI, Prolific."""

NATIVE_USB_VENDORS = frozenset({0x239A, 0x303A, 0x2886})
"""Adafruit, Espressif, Seeed."""


class LineLevels(NamedTuple):
    """Levels to set before a port is opened; ``None`` leaves the system's own choice."""

    dtr: bool | None = None
    rts: bool | None = None


def line_levels(vendor_id: int | None) -> LineLevels:
    """Return the levels for a port of this USB vendor; ``None`` is a port that is not USB or not known."""
    if vendor_id in BRIDGE_VENDORS:
        return LineLevels(dtr=False, rts=False)
    if vendor_id in NATIVE_USB_VENDORS:
        return LineLevels(dtr=True)
    return LineLevels()
