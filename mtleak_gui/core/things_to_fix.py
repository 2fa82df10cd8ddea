# SPDX-License-Identifier: GPL-3.0-only
"""What is wrong with boards, recorder and clock, and what can be done: the table behind the Overview's list.

Pure: the window gathers what can be seen (``BoardSigns``, ``RecorderState``) and shows what comes back. Nothing here is
a verdict about the heap. Each check is one function with one row in a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.core.screen_words import byte_size

ThingTone = Literal["danger", "warn", "neutral"]
ThingAction = Literal[
    "open_folder",
    "settings",
    "start_recording",
    "choose_port",
    "capture_api",
    "capture_console",
    "ask_stats",
    "debug_log_on",
]
"""What the window can do about a thing; what is asked of a board (the last two) is confirmed first."""

LOG_SILENT_AFTER_S = 90.0
"""A board whose log API is on says something at least each minute."""
CONSOLE_SILENT_AFTER_S = 60.0
FIRST_HEAP_AFTER_S = 16 * 60.0
"""LocalStats comes every 15 minutes, and the first one may take as long."""
SILENT_CADENCES = 2.0
SHORTEST_SILENCE_S = 120.0
FEW_DAYS = 2.0
CLOCK_TOLD_FOR_S = 86_400.0

_SEVERITY = {"danger": 0, "warn": 1, "neutral": 2}


class BoardSigns(NamedTuple):
    """What can be seen of one board. Ages and spans in seconds, ``None`` where there is nothing to tell."""

    port: str
    name: str
    role: str
    live_for: float | None = None
    """Since when it is heard without a break; ``None`` while it is not."""
    lines: int = 0
    """Log lines since it is heard."""
    line_age: float | None = None
    log_api: bool | None = None
    """Whether its configuration lets log lines out over the API; ``None`` when it did not say."""
    heap_age: float | None = None
    cadence: float | None = None
    is_asked: bool = False
    """Whether it is being asked for LocalStats."""
    stats: int = 0
    """LocalStats since it is heard that held no heap figure, while none ever did."""
    bridge: str | None = None
    """The product of a USB bridge without a serial number; ``None`` for a board with a stable identity."""
    socket: str | None = None
    trouble: str | None = None
    """Why it cannot be opened, as the link words it."""
    tries: int = 0
    debug_heap: bool = False
    """Whether its lines show a DEBUG_HEAP build."""


class Thing(NamedTuple):
    """One thing to fix: what happened (``title``), why and what to do (``text``), more of that (``why``).

    ``key`` stays the same as long as the thing is the same; only a thing that ``may_be_ignored`` can be ignored.
    """

    key: str
    tone: ThingTone
    title: str
    text: str
    why: str = ""
    action: ThingAction | None = None
    port: str | None = None
    may_be_ignored: bool = True


def things_to_fix(
    boards: Iterable[BoardSigns], recorder: RecorderState, *, now: float, clock_set_at: float | None = None
) -> tuple[Thing, ...]:
    """Return all there is to fix, the worst first. ``clock_set_at``: when the host's clock last jumped (epoch s)."""
    found = [thing for check in _RECORDER_CHECKS if (thing := check(recorder)) is not None]
    if clock_set_at is not None and now - clock_set_at < CLOCK_TOLD_FOR_S:
        found.append(_CLOCK_WAS_SET)
    for board in boards:
        found += [thing for check in _BOARD_CHECKS if (thing := check(board)) is not None]
    return tuple(sorted(found, key=lambda thing: _SEVERITY[thing.tone]))


def without_ignored(things: Iterable[Thing], ignored: Iterable[str]) -> tuple[Thing, ...]:
    """Return the things that were not ignored."""
    kept_away = frozenset(ignored)
    return tuple(thing for thing in things if not (thing.may_be_ignored and thing.key in kept_away))


# The recorder


def _writing_fails(recorder: RecorderState) -> Thing | None:
    if recorder.trouble is None:
        return None
    text = f"{recorder.trouble} Rows wait in memory and are written as soon as that works again."
    return Thing("trouble", "danger", "Rows cannot be written", text, action="open_folder", may_be_ignored=False)


def _rows_were_lost(recorder: RecorderState) -> Thing | None:
    if not recorder.rows_lost:
        return None
    lost = wording.count(recorder.rows_lost, "row")
    text = f"{lost} could not be kept since the recording began. The places are marked in the events."
    why = "Rows wait in memory while the disk refuses them; when that is full, the oldest are dropped and counted."
    return Thing("rows_lost", "danger", "Rows were lost", text, why, "open_folder", may_be_ignored=False)


def _writes_failed(recorder: RecorderState) -> Thing | None:
    if recorder.trouble is not None or not recorder.write_errors or recorder.rows_lost:
        return None
    times = wording.count(recorder.write_errors, "write")
    text = f"{times} failed and worked when tried again; no row was lost. Look at the disk of the recording."
    return Thing("write_errors", "warn", "The disk refused rows for a while", text, action="open_folder")


def _disk_nearly_full(recorder: RecorderState) -> Thing | None:
    room = recorder.free_above_reserve
    if room is None or recorder.read_only or recorder.folder is None:
        return None
    if not room:
        text = "The disk has no room beyond the reserve. Free some, or choose another folder, then record again."
        return Thing("disk_full", "danger", "The recording cannot go on", text, action="settings", may_be_ignored=False)
    if recorder.days_left is None or recorder.days_left >= FEW_DAYS:
        return None
    text = f"{byte_size(room)} are left above the reserve, about {recorder.days_left * 24:.0f} h at this rate."
    why = "The recording stops by itself at the reserve, so that the computer stays usable."
    return Thing("disk_low", "warn", "The disk is nearly full", text, why, "settings")


def _paused(recorder: RecorderState) -> Thing | None:
    if not recorder.paused:
        return None
    reason = f" ({recorder.pause_reason})" if recorder.pause_reason else ""
    text = f"What boards say now is not kept{reason}. Resume when the reason is gone."
    return Thing("paused", "neutral", "The recording is paused", text, action="start_recording", may_be_ignored=False)


_RECORDER_CHECKS: tuple[Callable[[RecorderState], Thing | None], ...] = (
    _writing_fails,
    _rows_were_lost,
    _writes_failed,
    _disk_nearly_full,
    _paused,
)

_CLOCK_WAS_SET = Thing(
    "clock_set",
    "warn",
    "The computer's clock was set",
    "Times before and after do not fit together. Judge a window that begins after it.",
    "A jump of the clock shifts samples in time, which bends a slope. The event holds both times.",
)

# Boards


def _cannot_be_opened(board: BoardSigns) -> Thing | None:
    if board.trouble is None or board.tries < 2:
        return None
    text = f"{board.trouble.rstrip('.')}. It is tried again by itself."
    return Thing(
        f"not_opened:{board.port}", "warn", f"{board.name} cannot be heard", text, action="choose_port", port=board.port
    )


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
    if board.live_for is None or board.role == "serial_session" or board.stats:
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


def _heap_not_reported(board: BoardSigns) -> Thing | None:
    if not board.stats or board.heap_age is not None:
        return None
    text = "This board's firmware does not report heap, so there is nothing to judge. Its log and packets are kept."
    why = "Native Linux builds have no heap functions: they leave the two figures out of LocalStats."
    return Thing(f"no_heap:{board.port}", "neutral", f"{board.name} reports no heap", text, why, port=board.port)


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


_BOARD_CHECKS: tuple[Callable[[BoardSigns], Thing | None], ...] = (
    _cannot_be_opened,
    _no_log_over_the_api,
    _no_log_over_tcp,
    _console_is_silent,
    _console_shows_more,
    _no_heap_sample,
    _heap_not_reported,
    _no_stable_id,
)
