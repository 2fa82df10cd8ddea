# SPDX-License-Identifier: GPL-3.0-only
"""How the firmware writes a log line on its text console, and how it packs one into a LogRecord.

Sources: ``src/RedirectablePrint.cpp`` and ``StreamAPI::emitLogRecord``, and the recorded consoles of a real node.
"""

from __future__ import annotations

from typing import NamedTuple

from meshtastic.protobuf import mesh_pb2

LONGEST_RECORD = 384
RESET = "\x1b[0m"
"""Ends the colour of a line; it comes out after the line's end, in front of the next one."""

_COLOURS = {"DEBUG": "\x1b[34m", "INFO": "\x1b[32m", "WARN": "\x1b[33m", "ERROR": "\x1b[31m", "CRIT": "\x1b[35m"}
_RECORD_LEVELS = {"DEBUG": 10, "INFO": 20, "WARN": 30, "ERROR": 40, "CRIT": 50}
_UNPRINTABLE = dict.fromkeys((*range(32), *range(127, 256)), "#")


class LogEntry(NamedTuple):
    """One line that the firmware logs at uptime ``at``; ``free`` is the heap (bytes) as its prefix would state it."""

    at: float
    level: str
    thread: str | None
    message: str
    free: int = 0


class RawOutput(NamedTuple):
    """Text that no logger wrote: the chip's ROM, a library, the exception handler."""

    at: float
    text: str


def console_line(entry: LogEntry, wall: float, *, prefix: bool, millis: bool) -> str:
    """Return the line with colours and ``\\r\\n``, ending in the colour reset that comes out before the next line.

    ``prefix`` as DEBUG_HEAP builds print it, ``millis`` as the native build states its uptime.
    """
    colour = _COLOURS.get(entry.level, "")
    level = f"{entry.level:<5}" if colour else entry.level
    uptime = f"{entry.at:.3f}" if millis else str(int(entry.at))
    thread = f"[{entry.thread}] " if entry.thread else ""
    heap = f"[heap {entry.free}] " if prefix else ""
    head = f"{colour}{level} {RESET}| {_clock(entry.at, wall)} {uptime} {thread}{heap}"
    message = entry.message.replace("\n", "\r\n")
    return f"{head}{colour}{message}\r\n{RESET}"


def log_record(entry: LogEntry, wall: float) -> mesh_pb2.FromRadio:
    """Return the line as clients of the protobuf stream get it."""
    level = mesh_pb2.LogRecord.Level.ValueType(_RECORD_LEVELS.get(entry.level, 0))
    record = mesh_pb2.LogRecord(
        message=record_text(entry.message), time=int(wall), source=entry.thread or "", level=level
    )
    return mesh_pb2.FromRadio(log_record=record)


def record_text(message: str) -> str:
    """Return a message as a LogRecord holds it: at most 384 bytes, ``#`` for what is not printable."""
    if message.isascii() and message.isprintable():
        return message[:LONGEST_RECORD]
    return message.encode().decode("latin-1").translate(_UNPRINTABLE)[:LONGEST_RECORD]


def record_level(level: str) -> str | None:
    """Return the level that a client reads from a LogRecord; it has no number for ``HEAP`` and ``TRACE``."""
    return level if level in _RECORD_LEVELS else None


def _clock(uptime: float, wall: float) -> str:
    # A board does not know the time of day before it has asked its clock chip or a client.
    if uptime < 0.02:
        return "??:??:??"
    second = int(wall) % 86_400
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
