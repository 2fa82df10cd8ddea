# SPDX-License-Identifier: GPL-3.0-only
"""The trouble that no board answered within the time of a handshake, by what was heard instead."""

from __future__ import annotations

from mtleak_gui.core.first_talk import Talk
from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.link_troubles.system_programs import MODEM_MANAGER_WHY, UDEV_REMEDIES, SystemPrograms
from mtleak_gui.core.link_troubles.wrong_device import not_a_board, quoted

_NOTHING_RUNS = SystemPrograms()


def no_answer(
    port: str,
    talk: Talk,
    seconds: float,
    *,
    serial: bool,
    running: SystemPrograms = _NOTHING_RUNS,
    detail: str | None = None,
) -> LinkTrouble:
    """Return the trouble. ``serial``: the port is one of this computer, which other programs may speak to."""
    other = not_a_board(port, talk, detail)
    trouble = other if other is not None else _silent_board(port, talk, seconds, detail, serial=serial)
    if not serial or not running.modem_manager or talk.kind == "boot_loader":
        return trouble
    return trouble._replace(why=f"{trouble.why} {MODEM_MANAGER_WHY}", remedies=(*trouble.remedies, *UDEV_REMEDIES))


def _silent_board(port: str, talk: Talk, seconds: float, detail: str | None, *, serial: bool) -> LinkTrouble:
    within = f"within {seconds:.0f} s"
    if talk.kind == "boot_loader":
        what = f"The board on {port} is in its boot loader, or has no firmware that starts."
        todo = "Press its reset button once. If that does not help, flash the firmware again."
        return LinkTrouble("no_answer", what, f"It says {quoted(talk.sample)}.", todo, detail=detail)
    if talk.kind == "console":
        what = f"The board on {port} prints its text console, but did not answer {within}."
        why = "Its serial API may be switched off (Security, Serial console), or it was still starting."
        todo = "Use Capture, Console tap, which needs no answer; or switch the serial console on in a client."
        return LinkTrouble("no_answer", what, why, todo, detail=detail)
    if talk.kind == "frames":
        what = f"The board on {port} began to answer, but did not finish {within}."
        why = "It is busy, restarts again and again, or another client asks it at the same time."
        todo = "Close other clients of this board, and try again. If it repeats, press its reset button."
        return LinkTrouble("no_answer", what, why, todo, detail=detail)
    what = f"Nothing was heard from {port} {within}."
    if serial:
        why = "The board hangs, waits in its boot loader or in a command line for set-up, or it is another device."
        todo = "Press the board's reset button and try again; choose another port if there is one."
    else:
        why = "The address answers, but no board speaks there: it hangs, or another client holds it."
        todo = "Close other clients of this node and restart it, or check the address."
    return LinkTrouble("no_answer", what, why, todo, detail=detail)
