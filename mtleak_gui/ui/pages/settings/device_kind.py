# SPDX-License-Identifier: GPL-3.0-only
"""The kinds of known devices: where each stands in the settings, and what can be chosen for it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mtleak_gui.core.settings import Devices, KnownBoard, NetworkNode

Device = KnownBoard | NetworkNode
_BLE = "ble:"


class DeviceKind(NamedTuple):
    """``rows`` is the list that devices of the kind stand in, ``key`` the field that tells them apart."""

    rows: Literal["boards", "network_nodes"]
    key: Literal["key", "address"]
    is_bluetooth: bool = False

    def devices(self, devices: Devices) -> tuple[Device, ...]:
        """Return those of this kind."""
        if self.rows == "network_nodes":
            return devices.network_nodes
        return tuple(board for board in devices.boards if board.key.startswith(_BLE) == self.is_bluetooth)

    def key_of(self, device: Device) -> str:
        """Return what tells a device from others."""
        return str(getattr(device, self.key))


BOARD = DeviceKind("boards", "key")
NODE = DeviceKind("network_nodes", "address")
BLUETOOTH = DeviceKind("boards", "key", is_bluetooth=True)


def has_console(device: Device) -> bool:
    """Return whether a device has a text console that can be heard."""
    key = _key(device)
    return not key.startswith(("tcp:", _BLE))


def has_lines(device: Device) -> bool:
    """Return whether DTR and RTS of its port can be set."""
    key = _key(device)
    return not key.startswith(("tcp:", "socket:", _BLE))


def usb_pair(device: Device) -> str | None:
    """Return ``10c4:ea60`` of a device at a USB port of this computer."""
    kind, _, rest = _key(device).partition(":")
    return rest[:9] if kind == "usb" else None


def _key(device: Device) -> str:
    return device.key if isinstance(device, KnownBoard) else device.address
