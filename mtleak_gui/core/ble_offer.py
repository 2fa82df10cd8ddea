# SPDX-License-Identifier: GPL-3.0-only
"""One board that was heard over Bluetooth, as the port picker offers it."""

from __future__ import annotations

from typing import NamedTuple


class BleOffer(NamedTuple):
    """``address`` as in ``BleAddress``; ``name`` is what it advertises, ``""`` for nothing; ``rssi`` in dBm."""

    address: str
    name: str = ""
    rssi: int | None = None
