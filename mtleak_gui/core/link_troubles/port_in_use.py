# SPDX-License-Identifier: GPL-3.0-only
"""The trouble that another program holds a serial port, with what is to be done about that program."""

from __future__ import annotations

import re
from typing import Literal

from mtleak_gui.core.link_trouble import LinkTrouble, Remedy
from mtleak_gui.core.link_troubles.system_programs import (
    BRLTTY_REMEDIES,
    MODEM_MANAGER_REMEDIES,
    MODEM_MANAGER_WHY,
    UDEV_REMEDIES,
    SystemPrograms,
)

System = Literal["linux", "windows", "other"]
_NOTHING_RUNS = SystemPrograms()

_ANYBODY = "Close the web client tab, the Meshtastic CLI, a serial monitor or PlatformIO, then try again."
_BY_PROGRAM = (
    (r"modemmanager", "Wait a minute and try again. The rule below keeps it away from boards for good."),
    (r"brltty", "Stop brltty if nobody here uses a braille display, then plug the board out and in."),
    (r"mtleak", "Another window or recording of MT Leakhunt has this board: end it there, then try again."),
    (r"python|meshtastic", "Close the Meshtastic CLI or the script that runs in Python, then try again."),
    (r"chrom|firefox|edge|brave|opera|vivaldi", "Close the tab of the web client or the web flasher, then try again."),
    (r"code|codium|pio|platformio|arduino|java|idf", "Close the serial monitor there, then try again."),
    (r"screen|minicom|picocom|microcom|tio|putty|cu|cat", "End that terminal program, then try again."),
    (r"esptool|adafruit-nrfutil|openocd", "Wait until the firmware is flashed, then try again."),
)
_HOLDER = re.compile(r"(?P<program>.+) \((?P<pid>[0-9]+)\)")


def port_in_use(
    port: str,
    holder: str | None,
    system: System = "linux",
    running: SystemPrograms = _NOTHING_RUNS,
    detail: str | None = None,
) -> LinkTrouble:
    """Return the trouble. ``holder`` is ``python3 (4242)`` where the system tells."""
    what = f"{port} is in use by another program."
    if holder is not None:
        return LinkTrouble("busy", what, f"Held by: {holder}.", _todo(holder), _remedies(port, holder), detail)
    if system == "windows":
        return LinkTrouble("busy", what, "Windows does not say by whom.", _ANYBODY, detail=detail)
    if running.modem_manager:
        why, todo, remedies = MODEM_MANAGER_WHY, _todo("modemmanager"), _remedies(port, "ModemManager (0)")[1:]
        return LinkTrouble("busy", what, why, f"{todo} Else: {_ANYBODY}", (*remedies, *_find(port)), detail)
    why = "The system does not show by whom: the program belongs to another user or to the system."
    return LinkTrouble("busy", what, why, _ANYBODY, _find(port), detail)


def _todo(holder: str) -> str:
    program = holder.lower()
    return next((todo for names, todo in _BY_PROGRAM if re.match(rf"(?:{names})", program)), _ANYBODY)


def _remedies(port: str, holder: str) -> tuple[Remedy, ...]:
    found = _HOLDER.fullmatch(holder)
    if found is None:
        return _find(port)
    look = Remedy("See what it is", f"ps -fp {found['pid']}")
    if found["program"].lower().startswith("modemmanager"):
        return (look, *UDEV_REMEDIES, *MODEM_MANAGER_REMEDIES)
    if found["program"].lower().startswith("brltty"):
        return (look, *BRLTTY_REMEDIES)
    return (look,)


def _find(port: str) -> tuple[Remedy, ...]:
    return (Remedy("Ask the system who it is", f"sudo fuser -v {port}"),)
