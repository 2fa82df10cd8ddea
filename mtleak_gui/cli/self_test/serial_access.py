# SPDX-License-Identifier: GPL-3.0-only
"""Whether this user may open the serial ports. On Linux they belong to a group; elsewhere everybody may."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from mtleak_gui.cli.self_test.finding import Finding
from mtleak_gui.link.serial_ports import serial_ports

_GROUPS = ("dialout", "uucp")
"""Who owns serial ports on Debian and Fedora, and on Arch; the first that exists is meant."""
_SUBJECT = "serial ports"


def check_serial_access() -> Iterator[Finding]:
    """Try the ports that are plugged in; without one, look whether the user is in the group that will own it."""
    devices = [port.device for port in serial_ports()]
    if not sys.platform.startswith("linux"):
        yield Finding("ok", _SUBJECT, _listed(devices))
        return
    refused = [device for device in devices if not os.access(device, os.R_OK | os.W_OK)]
    if refused:
        group = _owner(refused[0])
        yield Finding(
            "missing",
            _SUBJECT,
            f"this user may not open {', '.join(refused)}",
            f"sudo usermod -aG {group} $USER, then log out and in again",
        )
    elif devices or os.geteuid() == 0:
        yield Finding("ok", _SUBJECT, _listed(devices))
    else:
        yield _without_ports()


def _without_ports() -> Finding:
    import grp  # noqa: PLC0415 - not there on Windows

    wanted = next((name for name in _GROUPS if any(entry.gr_name == name for entry in grp.getgrall())), None)
    names = {entry.gr_name for entry in grp.getgrall() if entry.gr_gid in os.getgroups()}
    if wanted is None or wanted in names:
        return Finding("ok", _SUBJECT, _listed(()))
    return Finding(
        "note",
        _SUBJECT,
        f"none is plugged in, and this user is not in the group {wanted}: a board may be refused",
        f"sudo usermod -aG {wanted} $USER, then log out and in again, unless the .deb of MT Leakhunt is installed",
    )


def _listed(devices: Sequence[str]) -> str:
    return ", ".join(devices) if devices else "none is plugged in"


def _owner(device: str) -> str:
    try:
        return Path(device).group()
    except (KeyError, OSError):
        return _GROUPS[0]
