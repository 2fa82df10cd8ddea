# SPDX-License-Identifier: GPL-3.0-only
"""Tells restarts of boards from what they say, each restart once, however many signs of it are seen.

A restart shows itself as boot text (the ROM's ``rst:0x``, the banner, ``S:B:``), as an uptime that falls, as a higher
``reboot_count`` in the next handshake. Pure: it is told what was heard and when, per port. Used by one thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mtleak_gui.core.records import LogLine, RawLine

SAME_RESTART_S = 150.0
"""Signs within this time belong together: telemetry tells an uptime up to 75 s late."""

UPTIME_FALL_S = 30.0
"""Uptimes fall a little without a restart: lines and packets overtake each other."""

UPTIME_WRAP_S = 2**32 / 1000
"""Text uptimes come from a 32-bit millisecond counter that starts over after 49.7 days."""

_WRAP_TOLERANCE_S = 120.0
_BANNER_ART = "//\\ E S H T"
_CHIP_RESET = "rst:0x"
_SIGNS = (_BANNER_ART, _CHIP_RESET)
_ONCE_PER_BOOT = frozenset({"chip_reset", "boot_text", "banner"})
"""Printed once in a boot: seeing one again means another restart, however soon (a board in a boot loop)."""


def boot_sign(line: LogLine) -> str | None:
    """Return which sign of a boot a line is: ``chip_reset`` (ROM), ``boot_text``, ``banner``, ``reset_reason``."""
    if line.boot is not None:
        return "banner"
    if line.message.startswith(_CHIP_RESET):
        return "chip_reset"
    if line.message.startswith(_BANNER_ART):
        return "boot_text"
    return None if line.reset_reason is None else "reset_reason"


class Restart(NamedTuple):
    """One restart of the board on ``port``. ``reason`` names the first sign of it, ``evidence`` is its wording."""

    ts: float
    port: str | None
    reason: str
    evidence: str
    uptime_s: float | None = None
    reboot_count: int | None = None
    reset_reason: str | None = None
    expected: str | None = None
    """What the tester did that made it restart."""

    def data(self) -> dict[str, object]:
        """Return the ``data`` of the ``reboot`` event: what is known of it."""
        known = {name: value for name, value in self._asdict().items() if value is not None}
        return {name: value for name, value in known.items() if name not in ("ts", "port")}


@dataclass(slots=True)
class _Board:
    uptimes: dict[str, tuple[float, float]] = field(default_factory=dict)
    restarted_at: float | None = None
    signs: set[str] = field(default_factory=set)
    reboot_count: int | None = None
    restarts_since_count: int = 0
    expected: tuple[float, str] | None = None


class RestartWatch:
    """Follows the boards on all ports. Each method returns the restart that it has just learned of, or ``None``."""

    def __init__(self) -> None:
        self._boards: dict[str | None, _Board] = {}

    def line_heard(self, ts: float, port: str | None, line: LogLine) -> Restart | None:
        """Take a log line."""
        uptime = line.uptime_s
        fallen = None if uptime is None else self.uptime_heard(ts, port, "log", uptime)
        sign = boot_sign(line)
        if sign is None:
            return fallen
        seen = Restart(ts, port, sign, line.message.strip(), uptime, reset_reason=line.reset_reason)
        return self._signed(seen) or fallen

    def lines_heard(self, heard: Sequence[RawLine], lines: Sequence[LogLine]) -> list[tuple[int, Restart]]:
        """Take many log lines; return each restart with the number of the line that told it."""
        boards = self._boards
        restarts = []
        # Every line comes by here, so what nearly all are is written out: no sign, and an uptime that goes on.
        for number, (raw, line) in enumerate(zip(heard, lines, strict=True)):
            ts, port, _, _, _, _, _ = raw
            _, _, _, uptime, _, message, _, _, _, _, boot, reset_reason, _ = line
            if boot is None and reset_reason is None and not message.startswith(_SIGNS):
                if uptime is None:
                    continue
                board = boards.get(port)
                before = None if board is None else board.uptimes.get("log")
                if board is not None and before is not None and before[1] - uptime <= UPTIME_FALL_S:
                    board.uptimes["log"] = (ts, uptime)
                    continue
            if (restart := self.line_heard(ts, port, line)) is not None:
                restarts.append((number, restart))
        return restarts

    def uptime_heard(self, ts: float, port: str | None, source: str, uptime_s: float) -> Restart | None:
        """Take an uptime; ``source`` keeps apart those that are not equally fresh (``log``, telemetry variants)."""
        board = self._board(port)
        before = board.uptimes.get(source)
        board.uptimes[source] = (ts, uptime_s)
        if before is None or before[1] - uptime_s <= UPTIME_FALL_S or _has_wrapped(before, (ts, uptime_s)):
            return None
        evidence = f"uptime of {source} fell from {before[1]:.0f} s to {uptime_s:.0f} s"
        restart = self._begin(Restart(ts, port, "uptime_fell", evidence, uptime_s))
        board.uptimes[source] = (ts, uptime_s)
        return restart

    def reboot_count_heard(self, ts: float, port: str | None, count: int) -> Restart | None:
        """Take the ``reboot_count`` of a handshake; restarts that were seen already are not told again."""
        board = self._board(port)
        before, seen = board.reboot_count, board.restarts_since_count
        board.reboot_count, board.restarts_since_count = count, 0
        if before is None or count - before <= seen:
            return None
        restart = self._begin(
            Restart(ts, port, "reboot_count", f"reboot count rose from {before} to {count}", None, count)
        )
        board.restarts_since_count = 0
        return restart

    def expect(self, ts: float, port: str | None, cause: str) -> None:
        """Take note that something was done that makes the board restart soon."""
        self._board(port).expected = (ts, cause)

    def told(self, ts: float, port: str | None, reason: str, evidence: str) -> Restart | None:
        """Take another sign of a restart, such as a board that introduces itself unasked."""
        return self._signed(Restart(ts, port, reason, evidence))

    def _signed(self, seen: Restart) -> Restart | None:
        board = self._board(seen.port)
        recent = board.restarted_at is not None and seen.ts - board.restarted_at <= SAME_RESTART_S
        if recent and not (seen.reason in _ONCE_PER_BOOT and seen.reason in board.signs):
            board.signs.add(seen.reason)
            return None
        return self._begin(seen)

    def _begin(self, restart: Restart) -> Restart:
        board = self._board(restart.port)
        if board.expected is not None:
            since, cause = board.expected
            board.expected = None
            if restart.ts - since <= SAME_RESTART_S:
                restart = restart._replace(expected=cause)
        board.restarted_at = restart.ts
        board.signs = {restart.reason}
        board.restarts_since_count += 1
        # What the boot before said is no measure for this one: a late uptime must not count as a second restart.
        board.uptimes.clear()
        return restart

    def _board(self, port: str | None) -> _Board:
        board = self._boards.get(port)
        if board is None:
            board = self._boards[port] = _Board()
        return board


def _has_wrapped(before: tuple[float, float], now: tuple[float, float]) -> bool:
    expected = before[1] + (now[0] - before[0]) - UPTIME_WRAP_S
    return abs(expected - now[1]) <= _WRAP_TOLERANCE_S
