# SPDX-License-Identifier: GPL-3.0-only
"""Which way DTR and RTS must stand when a port is opened: by the USB vendor of the port, or as the tester wants it.

USB-UART bridges wire the two lines to reset and boot mode: asserting them restarts the board. Native USB boards stay
mute until DTR is on (meshtastic python#753, #757, #763). Pure.
"""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core.settings import LinePolicy

BRIDGE_VENDORS = {0x10C4: "CP210x", 0x1A86: "CH34x or CH9102", 0x0403: "FTDI bridge", 0x067B: "PL2303"}
"""Silicon Labs, WCH, FTDI, Prolific, and what their bridges are called."""

NATIVE_USB_VENDORS = frozenset({0x239A, 0x303A, 0x2886})
"""Adafruit, Espressif, Seeed."""


class LineLevels(NamedTuple):
    """Levels to set before a port is opened; ``None`` leaves the system's own choice.

    ``hold``: the lines are to stay as they are when the port is closed.
    """

    dtr: bool | None = None
    rts: bool | None = None
    hold: bool = False


def line_levels(vendor_id: int | None, wish: LinePolicy = "auto") -> LineLevels:
    """Return the levels for a port of this USB vendor; ``None`` is a port that is not USB or not known."""
    is_bridge = vendor_id in BRIDGE_VENDORS
    if wish != "auto":
        return LineLevels(dtr=wish in ("dtr", "on"), rts=wish == "on", hold=wish == "off" or is_bridge)
    if is_bridge:
        return LineLevels(dtr=False, rts=False, hold=True)
    if vendor_id in NATIVE_USB_VENDORS:
        return LineLevels(dtr=True)
    return LineLevels()


def line_words(vendor_id: int | None, wish: LinePolicy = "auto") -> str:
    """Return how the lines stand at a port of this vendor, and why."""
    if wish != "auto":
        return f"{_WISHES[wish]}, as you set it."
    if vendor_id in BRIDGE_VENDORS:
        return f"DTR and RTS off, because a {BRIDGE_VENDORS[vendor_id]} restarts the board otherwise."
    if vendor_id in NATIVE_USB_VENDORS:
        return "DTR on, because a board with USB of its own stays mute without it."
    return "Left as the system sets them."


_WISHES = {"off": "DTR and RTS off", "dtr": "DTR on, RTS off", "on": "DTR and RTS on"}


def vendor_of_pair(vid_pid: str | None) -> int | None:
    """Return the vendor of ``10c4:ea60``; ``None`` where there is none."""
    try:
        return int((vid_pid or "").partition(":")[0], 16)
    except ValueError:
        return None
