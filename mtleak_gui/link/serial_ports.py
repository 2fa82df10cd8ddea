# SPDX-License-Identifier: GPL-3.0-only
"""The serial ports of this machine and what USB says about them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from serial.tools import list_ports


class SerialPort(NamedTuple):
    """One serial port; the USB fields are ``None`` for a port that is not USB."""

    device: str
    vendor_id: int | None = None
    product_id: int | None = None
    serial_number: str | None = None
    location: str | None = None
    description: str | None = None


def serial_ports() -> list[SerialPort]:
    """Return the ports that the system lists now, by name."""
    found = (
        SerialPort(port.device, port.vid, port.pid, port.serial_number, port.location, port.description)
        for port in list_ports.comports()
    )
    return sorted(found)


def vendor_of(device: str) -> int | None:
    """Return the USB vendor id of a port, given as the system names it or as a link to it, or ``None``."""
    wanted = {device, str(Path(device).resolve())}
    return next((port.vendor_id for port in serial_ports() if port.device in wanted), None)
