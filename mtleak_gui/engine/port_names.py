# SPDX-License-Identifier: GPL-3.0-only
"""The names under which boards are recorded, where one device had several boards in turn."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

_NUMBERED = re.compile(r"(.+)#[1-9][0-9]*")


def free_port_name(device: str, taken: Collection[str]) -> str:
    """Return the name for the rows of a board on a device: the device's, or ``ttyUSB0#2`` where a board has that."""
    if device not in taken:
        return device
    return next(name for number in count(2) if (name := f"{device}#{number}") not in taken)


def device_named_in(port: str) -> str:
    """Return the device that a board had when it got its name."""
    numbered = _NUMBERED.fullmatch(port)
    return port if numbered is None else numbered[1]
