# SPDX-License-Identifier: GPL-3.0-only
"""The troubles of a serial port that is not there, goes away, or is none."""

from __future__ import annotations

from collections.abc import Sequence

from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.link_troubles.system_programs import BRLTTY_REMEDIES, BRLTTY_WHY, SystemPrograms

_MOST_PORTS = 4
_NOTHING_RUNS = SystemPrograms()


def no_port(
    port: str, others: Sequence[str] = (), running: SystemPrograms = _NOTHING_RUNS, detail: str | None = None
) -> LinkTrouble:
    """Return the trouble that nothing is at ``port``. ``others``: the ports that there are, in words."""
    why = "The board is not plugged in, its cable carries power only, or the port has another name now."
    if others:
        more = f" and {len(others) - _MOST_PORTS} more" if len(others) > _MOST_PORTS else ""
        why += f" Ports here now: {', '.join(others[:_MOST_PORTS])}{more}."
    todo = "Plug the board in with a cable that carries data, or choose its port."
    return _with_brltty(LinkTrouble("no_port", f"There is no serial port {port}.", why, todo, detail=detail), running)


def port_vanished(port: str, running: SystemPrograms = _NOTHING_RUNS, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that a port went away while it was open or being opened."""
    why = "The board was unplugged, or it restarted and took its port with it."
    todo = "Check the plug and the cable; recording goes on when the board is back."
    return _with_brltty(LinkTrouble("vanished", f"{port} went away.", why, todo, detail=detail), running)


def no_serial_port(port: str, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that ``port`` is a file or another thing that is no serial port."""
    todo = "Give the name of a port, such as /dev/ttyUSB0 or COM5."
    return LinkTrouble(
        "wrong_device", f"{port} is no serial port.", "There is something else at that name.", todo, (), detail
    )


def port_fails(port: str, detail: str | None = None) -> LinkTrouble:
    """Return the trouble of a port whose driver refuses it, for a reason that is not known."""
    why = "Its driver or the adapter refuses; what it said is in the details."
    todo = "Plug the board out and in, and try another socket or cable."
    return LinkTrouble("other", f"{port} cannot be opened.", why, todo, detail=detail)


def _with_brltty(trouble: LinkTrouble, running: SystemPrograms) -> LinkTrouble:
    if not running.brltty:
        return trouble
    return trouble._replace(why=f"{trouble.why} {BRLTTY_WHY}", remedies=BRLTTY_REMEDIES)
