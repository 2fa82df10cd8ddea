# SPDX-License-Identifier: GPL-3.0-only
"""What the tester is told about asking a board and switching its debug log: refusals and notices."""

from __future__ import annotations

from collections.abc import Iterator

from mtleak_gui.core.board_acts import (
    FASTEST_S,
    FIRST_ANSWERING,
    MISSED_BEFORE_TOLD,
    ActsState,
    AskingFigures,
    SwitchState,
)
from mtleak_gui.core.notice import Notice
from mtleak_gui.engine.session import Session

ASKING, SWITCH = "asking ", "debug log switch "
"""What the keys of notices begin with; the port follows."""

_NOT_THERE = "It is not connected. Connect it, then try once more."


def asking_refusal(session: Session | None, every_s: int, elsewhere: str | None) -> str | None:
    """Return why a board is not asked; ``elsewhere`` is another port over which the same board is asked already."""
    if every_s < FASTEST_S:
        return f"A board answers at most every {FASTEST_S} s; every {every_s} s is not possible."
    if session is None or session.link.phase != "live":
        return _NOT_THERE
    if session.capture == "Console":
        return "A console only listens; nothing is sent to the board. Hear it over the API to ask it."
    if session.device is None or session.device.node_num is None:
        return "It has not said which node it is."
    if elsewhere is not None:
        return f"The same board is asked over {elsewhere} already. Two askers would get in each other's way."
    return None


def switch_refusal(session: Session | None) -> str | None:
    """Return why the debug log of a board cannot be switched, ``None`` when the board may be asked to."""
    if session is None or session.link.phase != "live":
        return _NOT_THERE
    if session.capture == "Console":
        return "A console only listens; nothing is sent to the board. Hear it over the API to switch it."
    if session.role == "tcp":
        return "Over the network no board sends log lines, switched on or not. Connect its serial port."
    return None


def act_notices(port: str, name: str, before: ActsState, now: ActsState) -> Iterator[Notice]:
    """Yield what is to be told of a change."""
    missed = _missed(now.asking)
    if missed and not _missed(before.asking):
        first = ".".join(map(str, FIRST_ANSWERING))
        detail = (
            f"{MISSED_BEFORE_TOLD} requests for LocalStats in a row were not answered. Firmware before {first} and "
            "builds of 21 to 24 July 2026 never do; other boards may be hanging."
        )
        yield Notice(f"{ASKING}{port}", "warn", f"{name} does not answer.", detail, "stop_asking", sticky=True)
    elif _missed(before.asking) and not missed:
        yield Notice(f"{ASKING}{port}", "info", "")
    if now.switch is not None and now.switch != before.switch:
        yield from _switch_notices(f"{SWITCH}{port}", name, now.switch)


def _missed(asking: AskingFigures | None) -> bool:
    return asking is not None and asking.missed >= MISSED_BEFORE_TOLD


def _switch_notices(key: str, name: str, switch: SwitchState) -> Iterator[Notice]:
    word = "on" if switch.on else "off"
    if switch.phase == "sent":
        detail = "It restarts in 7 s and comes back by itself. A new heap curve begins."
        yield Notice(key, "info", f"{name} was told to switch its debug log {word}.", detail)
    elif switch.phase == "verified":
        yield Notice(key, "ok", f"The debug log of {name} is {word}.", "Read from the board after its restart.")
    elif switch.phase == "not_verified":
        yield Notice(key, "warn", f"The debug log of {name} could not be verified.", switch.why, sticky=True)
    elif switch.phase == "refused":
        yield Notice(key, "warn", f"The debug log of {name} was not switched.", switch.why, sticky=True)
