# SPDX-License-Identifier: GPL-3.0-only
"""Whether this user may open the serial ports of boards. On Linux they belong to a group; elsewhere everybody may."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from mtleak_gui.cli.self_test.finding import Finding
from mtleak_gui.core.link_troubles.port_access import no_permission
from mtleak_gui.link.port_rights import port_access
from mtleak_gui.link.serial_ports import SerialPort, serial_ports

_GROUPS = ("dialout", "uucp")
"""Who owns serial ports on Debian and Fedora, and on Arch; the first that exists is meant."""
_SUBJECT = "serial ports"


def check_serial_access() -> Iterator[Finding]:
    """Try the USB ports that are plugged in; without one, look whether the user is in the group that will own it."""
    ports = serial_ports()
    if not sys.platform.startswith("linux"):
        yield Finding("ok", _SUBJECT, _listed(ports))
        return
    # A port that is built in holds no board, and is often root's alone.
    boards = [port for port in ports if port.vendor_id is not None]
    refused = [port.device for port in boards if not os.access(port.device, os.R_OK | os.W_OK)]
    for device in refused:
        yield refusal(device)
    if refused:
        return
    if boards or os.geteuid() == 0:
        yield Finding("ok", _SUBJECT, _listed(ports))
    else:
        yield _without_boards(ports)


def refusal(device: str) -> Finding:
    """Return why this user may not open the device and what to do, as the window would say it."""
    trouble = no_permission(device, port_access(device))
    commands = [remedy.text for remedy in trouble.remedies[:1] if "\n" not in remedy.text]
    return Finding(
        "missing", _SUBJECT, f"{trouble.what} {trouble.why}", ": ".join([trouble.todo.rstrip("."), *commands])
    )


def _without_boards(ports: Sequence[SerialPort]) -> Finding:
    import grp  # noqa: PLC0415 - not there on Windows

    entries = grp.getgrall()
    wanted = next((name for name in _GROUPS if any(entry.gr_name == name for entry in entries)), None)
    names = {entry.gr_name for entry in entries if entry.gr_gid in os.getgroups()}
    if wanted is None or wanted in names:
        return Finding("ok", _SUBJECT, _listed(ports))
    return Finding(
        "note",
        _SUBJECT,
        f"no board is plugged in, and this user is not in the group {wanted}: one may be refused",
        f"sudo usermod -aG {wanted} $USER, then log out and in again; the .deb of MT Leakhunt makes that unnecessary",
    )


def _listed(ports: Sequence[SerialPort]) -> str:
    return ", ".join(port.device for port in ports) if ports else "none is plugged in"
