# SPDX-License-Identifier: GPL-3.0-only
"""Who a device is, from what it says about itself bit by bit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from mtleak_gui.core.records import DeviceInfo

_NUMBERS = ("node_num", "reboot_count")
_SWITCHES = ("debug_log_api",)


def described(device: DeviceInfo | None, port: str, role: str, data: Mapping[str, object]) -> DeviceInfo:
    """Return the device as the ``data`` of a ``device_info`` event tells it; what that leaves open stays as it was."""
    known = DeviceInfo(port, role) if device is None else device
    told = {name: value for name, value in data.items() if name in DeviceInfo._fields[2:] and _is_told(name, value)}
    return known._replace(port=port, role=role, **told)  # type: ignore[arg-type]  # checked field by field above


def _is_told(name: str, value: object) -> bool:
    if name in _SWITCHES:
        return isinstance(value, bool)
    return isinstance(value, int if name in _NUMBERS else str) and bool(value)


def short_port(port: str) -> str:
    """Return what tells a port from others: ``ttyUSB0``, ``COM5``, a host, a scenario."""
    if port.startswith("ble://"):
        return port.removeprefix("ble://")
    if "://" in port:
        try:
            return urlsplit(port).hostname or port
        except ValueError:
            return port
    if port.startswith("demo:"):
        return port.removeprefix("demo:")
    return PurePosixPath(port).name or port
