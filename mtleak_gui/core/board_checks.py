# SPDX-License-Identifier: GPL-3.0-only
"""What can be wrong with a board, its link or its firmware. Each check is one function with one row in the table."""

from __future__ import annotations

from collections.abc import Callable

from mtleak_gui.core import wording
from mtleak_gui.core.board_signs import BoardSigns
from mtleak_gui.core.firmware_version import is_too_old_for_heap
from mtleak_gui.core.link_troubles.wrong_device import not_a_board
from mtleak_gui.core.thing_to_fix import Thing, ThingAction

LOG_SILENT_AFTER_S = 90.0
"""A board whose log API is on says something at least each minute."""
CONSOLE_SILENT_AFTER_S = 60.0
FIRST_HEAP_AFTER_S = 16 * 60.0
"""LocalStats comes every 15 minutes, and the first one may take as long."""
SILENT_CADENCES = 2.0
SHORTEST_SILENCE_S = 120.0
NATIVE_LINUX = "PORTDUINO"
"""The hardware model of builds for Linux, which have no heap functions."""

_PASSING = frozenset({"no_port", "vanished", "refused", "unreachable", "mute", "reader_ended", "fault", "other"})
"""Troubles that mend themselves when a board that was heard before comes back."""


def _cannot_be_heard(board: BoardSigns) -> Thing | None:
    trouble = board.trouble
    if trouble is None or board.tries < 2 or (board.was_heard and trouble.kind in _PASSING):
        return None
    text = f"{trouble.what} It is tried again by itself."
    title = f"{board.name} cannot be heard"
    return Thing(f"not_opened:{board.port}", "warn", title, text, "", "link_trouble", board.port, trouble=trouble)


def _speaks_otherwise(board: BoardSigns) -> Thing | None:
    if board.talk is None or board.live_for is None or board.role != "serial_session":
        return None
    if (trouble := not_a_board(board.port, board.talk)) is None:
        return None
    is_noise = board.talk.kind == "noise"
    title = f"{board.name} " + ("cannot be understood" if is_noise else "does not run Meshtastic firmware")
    text = f"{trouble.what} {trouble.why}"
    return Thing(f"wrong_device:{board.port}", "warn", title, text, "", "link_trouble", board.port, trouble=trouble)


def _no_log_over_the_api(board: BoardSigns) -> Thing | None:
    if board.role not in ("serial", "ble") or board.live_for is None:
        return None
    # Boot text comes between the frames of nearly every serial session: with the switch off, lines prove nothing.
    if board.log_api is not False and (board.lines or board.live_for < LOG_SILENT_AFTER_S):
        return None
    state = {None: "is most likely off", False: "is off", True: "is on, and yet no line came"}[board.log_api]
    text = f"Security, Debug log API {state}. Heap data does not need it."
    why = (
        "Over the API a board sends log lines only while this switch is on. Turn it on here or in a client; the board "
        "restarts with that, and a new heap curve begins. Or hear its text console instead: Capture, Console tap."
    )
    action: ThingAction | None = "debug_log_on" if board.log_api is False else None
    return Thing(f"no_log:{board.port}", "warn", f"{board.name} sends no log lines", text, why, action, board.port)


def _no_log_over_tcp(board: BoardSigns) -> Thing | None:
    if board.role != "tcp" or board.lines or (board.live_for or 0) < LOG_SILENT_AFTER_S:
        return None
    text = "A network node shows telemetry and packets, never its log. Heap data does not need it."
    why = "Firmware sends log lines to its serial console and to Bluetooth only. For lines, connect its serial port."
    return Thing(f"no_log_tcp:{board.port}", "neutral", f"{board.name} sends no log lines", text, why, port=board.port)


def _console_is_silent(board: BoardSigns) -> Thing | None:
    if board.role != "serial_session" or (board.live_for or 0) < CONSOLE_SILENT_AFTER_S:
        return None
    silent_for = board.line_age if board.lines else board.live_for
    if silent_for is None or silent_for < CONSOLE_SILENT_AFTER_S:
        return None
    text = "Another client spoke protobuf since the last boot. Press the board's reset, or switch to API capture."
    why = "Once a client has sent one message to it, a serial port speaks frames only until the board restarts."
    title = f"{board.name}: no console text"
    return Thing(f"console_silent:{board.port}", "warn", title, text, why, "capture_api", board.port)


def _console_shows_more(board: BoardSigns) -> Thing | None:
    if board.role != "serial" or board.live_for is None or not board.debug_heap:
        return None
    text = "Its log shows a DEBUG_HEAP build. The text console shows the heap with each line; the API leaves it out."
    why = (
        "Only the console carries the [heap N] prefix, a sample with each line. It brings no telemetry and no packets, "
        "and stays silent until the board restarts. From then on Auto chooses it for this board."
    )
    title = f"{board.name} could show more heap samples"
    return Thing(f"console_more:{board.port}", "neutral", title, text, why, "capture_console", board.port)


def _no_heap_sample(board: BoardSigns) -> Thing | None:
    if board.live_for is None or board.role == "serial_session" or _reports_no_heap(board):
        return None
    limit = max(SHORTEST_SILENCE_S, SILENT_CADENCES * (board.cadence or FIRST_HEAP_AFTER_S / SILENT_CADENCES))
    silent_for = board.live_for if board.heap_age is None else min(board.live_for, board.heap_age)
    if silent_for < limit:
        return None
    silent = wording.spaced_span(silent_for // 60 * 60)
    why = "LocalStats comes every 15 minutes, and only while the queue to the client is empty. Silence is no leak."
    if board.is_asked:
        text = f"Connected and asked, but no heap sample for {silent}. Its firmware may be one that never answers."
        return Thing(f"silent:{board.port}", "warn", f"{board.name} is silent", text, why, port=board.port)
    text = f"Connected, but no heap sample for {silent}. Wait, ask it for LocalStats, or use a build with Heap: lines."
    return Thing(f"silent:{board.port}", "warn", f"{board.name} is silent", text, why, "ask_stats", board.port)


def _reports_no_heap(board: BoardSigns) -> bool:
    if board.heap_age is not None:
        return False
    return bool(board.stats) or board.hardware == NATIVE_LINUX or is_too_old_for_heap(board.firmware)


def _heap_not_reported(board: BoardSigns) -> Thing | None:
    if board.live_for is None or not _reports_no_heap(board):
        return None
    if is_too_old_for_heap(board.firmware):
        return _firmware_too_old(board)
    text = "This board's firmware does not report heap, so there is nothing to judge. Its log and packets are kept."
    why = "Native Linux builds have no heap functions: they leave the two figures out of LocalStats."
    return Thing(f"no_heap:{board.port}", "neutral", f"{board.name} reports no heap", text, why, port=board.port)


def _firmware_too_old(board: BoardSigns) -> Thing:
    version = wording.single_line(board.firmware or "", 24)
    text = f"Its firmware {version} does not report heap: that began with 2.6.9. Update it to see heap figures."
    why = (
        "LocalStats has the heap figures from firmware 2.6.9 on. A DEBUG_HEAP build of an older one tells them in the "
        "log lines of its text console: Capture, Console tap."
    )
    title = f"{board.name} is too old for heap figures"
    return Thing(f"too_old:{board.port}", "warn", title, text, why, port=board.port)


def _no_stable_id(board: BoardSigns) -> Thing | None:
    if board.bridge is None:
        return None
    socket = f" Keep it in socket {board.socket}." if board.socket else " Keep it in the same socket."
    text = f"A {board.bridge} is known by its USB socket only.{socket}"
    why = (
        "Bridges of this kind carry no serial number of their own, so two of them cannot be told apart, and a board "
        "in another socket counts as another board."
    )
    return Thing(f"no_id:{board.port}", "neutral", f"{board.name} has no stable id", text, why, port=board.port)


BOARD_CHECKS: tuple[Callable[[BoardSigns], Thing | None], ...] = (
    _cannot_be_heard,
    _speaks_otherwise,
    _no_log_over_the_api,
    _no_log_over_tcp,
    _console_is_silent,
    _console_shows_more,
    _no_heap_sample,
    _heap_not_reported,
    _no_stable_id,
)
