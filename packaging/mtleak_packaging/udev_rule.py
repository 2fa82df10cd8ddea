# SPDX-License-Identifier: GPL-3.0-only
"""The udev rule of the .deb: who sits at the computer may open a board's port, and ModemManager does not talk to it."""

from __future__ import annotations

from collections.abc import Iterable

from mtleak_gui.link.usb_boards import known_usb_ids

FILE = "70-mtleak-gui.rules"
"""Before 73-seat-late.rules, which acts on the tag uaccess."""

_HEAD = """\
# SPDX-License-Identifier: GPL-3.0-only
# USB serial ports of Meshtastic boards, as MT Leakhunt knows them. Generated; changes belong into a file of /etc/udev.
ACTION=="remove", GOTO="mtleak_gui_end"
SUBSYSTEM!="usb|tty", GOTO="mtleak_gui_end"
"""
_FOOT = """\
ENV{MTLEAK_BOARD}=="1", ENV{ID_MM_DEVICE_IGNORE}="1"
ENV{MTLEAK_BOARD}=="1", SUBSYSTEM=="tty", TAG+="uaccess"
LABEL="mtleak_gui_end"
"""


def udev_rule(ids: Iterable[tuple[int, int | None]] | None = None) -> str:
    """Return the rule for vendors and products, by default those of the port picker's table."""
    pairs = sorted(known_usb_ids() if ids is None else ids, key=lambda pair: (pair[0], pair[1] or 0))
    return _HEAD + "".join(f'{_matches(*pair)}, ENV{{MTLEAK_BOARD}}="1"\n' for pair in pairs) + _FOOT


def _matches(vendor: int, product: int | None) -> str:
    of_vendor = f'ATTRS{{idVendor}}=="{vendor:04x}"'
    return of_vendor if product is None else f'{of_vendor}, ATTRS{{idProduct}}=="{product:04x}"'
