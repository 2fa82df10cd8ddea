# SPDX-License-Identifier: GPL-3.0-only
"""Programs of the system that take serial ports away from boards, and what keeps them from it."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core.link_trouble import Remedy

UDEV_FILE = "/etc/udev/rules.d/70-meshtastic-boards.rules"
"""Before 73-seat-late.rules, which acts on ``uaccess``."""

BOARD_VENDORS = ("10c4", "1a86", "0403", "067b", "239a", "303a", "2886", "2e8a")
"""USB vendors of boards and their bridges, as in ``core/line_policy.py``, and Raspberry Pi."""

_VENDORS = "|".join(BOARD_VENDORS)
UDEV_RULE = f"""\
# Serial ports of Meshtastic boards: whoever sits at this computer may open them, and ModemManager leaves them alone.
SUBSYSTEM=="tty", ATTRS{{idVendor}}=="{_VENDORS}", TAG+="uaccess", ENV{{ID_MM_PORT_IGNORE}}="1"
SUBSYSTEM=="usb", ENV{{DEVTYPE}}=="usb_device", ATTR{{idVendor}}=="{_VENDORS}", ENV{{ID_MM_DEVICE_IGNORE}}="1"
"""
UDEV_RELOAD = "sudo udevadm control --reload-rules && sudo udevadm trigger"

UDEV_REMEDIES = (Remedy(f"udev rule, to be saved as {UDEV_FILE}", UDEV_RULE), Remedy("Then load the rule", UDEV_RELOAD))

MODEM_MANAGER_WHY = "ModemManager runs here: it asks each new serial port whether it is a modem, for up to a minute."
MODEM_MANAGER_REMEDIES = (Remedy("Stop ModemManager until the next start", "sudo systemctl stop ModemManager"),)

BRLTTY_WHY = (
    "brltty, the service for braille displays, runs here: it takes CH340 bridges (1a86:7523) for a display, and their "
    "port vanishes seconds after plugging in."
)
BRLTTY_REMEDIES = (
    Remedy("If nobody here uses a braille display (Debian, Ubuntu)", "sudo apt remove brltty"),
    Remedy("The same elsewhere", "sudo systemctl mask --now brltty.service brltty-udev.service"),
)


class SystemPrograms(NamedTuple):
    """Which of the programs that take ports run now."""

    modem_manager: bool = False
    brltty: bool = False
