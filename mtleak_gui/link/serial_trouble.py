# SPDX-License-Identifier: GPL-3.0-only
"""From what the system says of a serial port to the trouble that the tester is told."""

from __future__ import annotations

import errno
import re
import sys

from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.link_troubles.port_access import no_permission
from mtleak_gui.core.link_troubles.port_gone import no_port, no_serial_port, port_fails, port_vanished
from mtleak_gui.core.link_troubles.port_in_use import System, port_in_use
from mtleak_gui.link.port_holders import holders
from mtleak_gui.link.port_rights import port_access
from mtleak_gui.link.serial_ports import serial_ports
from mtleak_gui.link.system_programs import running_programs
from mtleak_gui.link.usb_boards import usb_board

_BUSY = frozenset({errno.EBUSY, errno.EAGAIN})
_GONE = frozenset({errno.EIO, errno.ENXIO, errno.ENODEV})
_NO_PORT = frozenset({errno.ENOTTY, errno.EINVAL, errno.EISDIR})
_NUMBER = re.compile(r"configure port: \(([0-9]+), ")
"""pyserial hands some errors of termios on as text: ``Could not configure port: (5, 'Input/output error')``."""
_SYSTEM: System = "linux" if sys.platform.startswith("linux") else "windows" if sys.platform == "win32" else "other"


def open_trouble(device: str, error: Exception, system: System = _SYSTEM) -> LinkTrouble:
    """Return why a port could not be opened. Looks up rights, holders and programs only where they matter."""
    detail, said = error_words(error), str(error)
    code = _code(error)
    # Windows: a port that is in use and one without rights give the same error, and the first is the usual case.
    if code in _BUSY or (system == "windows" and "PermissionError" in said):
        return port_in_use(device, holders([device]).get(device), system, running_programs(), detail)
    if code in (errno.EACCES, errno.EPERM):
        return no_permission(device, port_access(device), detail)
    if code == errno.ENOENT or "FileNotFoundError" in said:
        return no_port(device, _port_words(), running_programs(), detail)
    if code in _GONE:
        return port_vanished(device, running_programs(), detail)
    return no_serial_port(device, detail) if code in _NO_PORT else port_fails(device, detail)


def error_words(error: BaseException) -> str:
    """Return what the system said, with its number where it has one: for the folded details only."""
    words = " ".join(str(error).split()) or type(error).__name__
    code = getattr(error, "errno", None)
    name = errno.errorcode.get(code) if isinstance(code, int) else None
    return words if name is None else f"{words} [{name} {code}]"


def _code(error: Exception) -> int | None:
    code = getattr(error, "errno", None)
    if isinstance(code, int):
        return code
    # ``termios.error`` is no OSError and carries its number as its first argument.
    if error.args and isinstance(error.args[0], int):
        return error.args[0]
    found = _NUMBER.search(str(error))
    return int(found[1]) if found else None


def _port_words() -> list[str]:
    words = []
    for port in serial_ports():
        board = usb_board(port.vendor_id, port.product_id, port.description)
        if port.vendor_id is not None:
            words.append(port.device if board is None else f"{port.device} ({board.title})")
    return words
