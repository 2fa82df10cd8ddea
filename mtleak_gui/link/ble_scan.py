# SPDX-License-Identifier: GPL-3.0-only
"""Looks for Meshtastic boards in reach of the Bluetooth radio, when asked to. Used by one thread, which it keeps."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from bleak import BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner
from meshtastic.ble_interface import SERVICE_UUID

from mtleak_gui.core.ble_offer import BleOffer
from mtleak_gui.core.contracts import LinkError
from mtleak_gui.link.ble_troubles import bluetooth_trouble

_START_WAIT_S = 5.0
_STOP_WAIT_S = 3.0
_TURN_S = 0.1


def scan_for_boards(
    found: Callable[[BleOffer], None],
    ended: threading.Event,
    seconds: float,
    backend: type[BaseBleakScanner] | None = None,
) -> None:
    """Call ``found`` for each advertisement of a board, on this thread, for so long or until ``ended`` is set.

    ``backend`` is the platform's own unless given. Raises ``LinkError`` within seconds where there is no Bluetooth.
    """
    try:
        asyncio.run(_scan(found, ended, seconds, backend))
    except Exception as trouble:
        # Each system raises errors of its own here: of bleak, of its bus, of its frameworks.
        raise LinkError(bluetooth_trouble(trouble)) from trouble


async def _scan(
    found: Callable[[BleOffer], None],
    ended: threading.Event,
    seconds: float,
    backend: type[BaseBleakScanner] | None,
) -> None:
    def take(device: BLEDevice, told: AdvertisementData) -> None:
        # Some systems pass on devices that nobody asked for.
        if SERVICE_UUID in told.service_uuids:
            name = (told.local_name or device.name or "").strip()
            found(BleOffer(device.address.upper(), name, told.rssi))

    scanner = BleakScanner(take, [SERVICE_UUID], backend=backend)
    await asyncio.wait_for(scanner.start(), _START_WAIT_S)
    try:
        until = asyncio.get_running_loop().time() + seconds
        while not ended.is_set() and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(_TURN_S)
    finally:
        await asyncio.wait_for(scanner.stop(), _STOP_WAIT_S)
