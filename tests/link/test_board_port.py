# SPDX-License-Identifier: GPL-3.0-only
"""How a serial port is opened: lines before opening, held on closing, closed to others meanwhile."""

from __future__ import annotations

import fcntl
import os
import struct
import termios
import tty
from collections.abc import Iterator
from typing import Any

import pytest

from mtleak_gui.core.line_policy import LineLevels, line_levels
from mtleak_gui.core.settings import LinePolicy
from mtleak_gui.link import board_port
from mtleak_gui.link.board_port import open_board_port, set_levels
from mtleak_gui.link.byte_stream import open_serial

TIOCGEXCL = 0x80045440
"""Asks Linux whether a terminal is claimed; Python's termios has no name for it."""


@pytest.fixture
def terminal() -> Iterator[int]:
    """Give a pseudo-terminal that hangs up on closing, as the kernel's serial ports do from the start."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    attributes = termios.tcgetattr(theirs)
    attributes[2] |= termios.HUPCL
    termios.tcsetattr(theirs, termios.TCSANOW, attributes)
    yield theirs
    os.close(ours)
    os.close(theirs)


def hangs_up(terminal: int) -> bool:
    """Return whether closing drops the lines."""
    return bool(termios.tcgetattr(terminal)[2] & termios.HUPCL)


def is_claimed(terminal: int) -> bool:
    """Return whether others are kept out."""
    return bool(struct.unpack("i", fcntl.ioctl(terminal, TIOCGEXCL, struct.pack("i", 0)))[0])


@pytest.mark.parametrize(("wish", "drops"), [("off", False), ("auto", True), ("dtr", True), ("on", True)])
def test_closing_drops_the_lines_except_where_they_lead_to_reset(terminal: int, wish: LinePolicy, drops: bool) -> None:
    stream = open_serial(os.ttyname(terminal), wish)
    assert hangs_up(terminal) is drops
    stream.close()
    assert hangs_up(terminal) is drops


def test_a_bridge_keeps_its_lines_after_closing(terminal: int) -> None:
    open_board_port(os.ttyname(terminal), line_levels(0x10C4)).close()
    assert not hangs_up(terminal)


def test_an_open_port_is_claimed_and_a_closed_one_is_not(terminal: int) -> None:
    stream = open_serial(os.ttyname(terminal))
    assert is_claimed(terminal)
    stream.close()
    assert not is_claimed(terminal)
    stream.close()


class _Order:
    """Writes down what is done to a port; a pseudo-terminal has neither DTR nor RTS."""

    def __init__(self, **_options: object) -> None:
        object.__setattr__(self, "done", [])

    def __setattr__(self, name: str, value: object) -> None:
        self.done.append((name, value))

    def __getattr__(self, name: str) -> Any:
        return lambda: self.done.append((name, None))


@pytest.mark.parametrize(
    ("levels", "done"),
    [
        (line_levels(0x10C4), ["port", "dtr False", "rts False", "open", "claim", "hold_lines"]),
        (line_levels(0x303A), ["port", "dtr True", "open", "claim"]),
        (line_levels(None), ["port", "open", "claim"]),
        (line_levels(0x303A, "off"), ["port", "dtr False", "rts False", "open", "claim", "hold_lines"]),
        (line_levels(None, "dtr"), ["port", "dtr True", "rts False", "open", "claim"]),
    ],
)
def test_lines_are_said_before_a_port_is_opened(
    monkeypatch: pytest.MonkeyPatch, levels: LineLevels, done: list[str]
) -> None:
    made: list[_Order] = []

    def make(**options: object) -> _Order:
        made.append(_Order(**options))
        return made[-1]

    monkeypatch.setattr(board_port, "BoardPort", make)
    open_board_port("/dev/ttyUSB0", levels)
    (port,) = made
    words = [
        name if name in ("port", "open", "claim", "hold_lines") else f"{name} {value}" for name, value in port.done
    ]
    assert words == done


@pytest.mark.parametrize(
    ("before", "levels", "set_to"),
    [
        (termios.TIOCM_DTR | termios.TIOCM_RTS, LineLevels(dtr=False, rts=False), 0),
        (0, LineLevels(dtr=True, rts=True), termios.TIOCM_DTR | termios.TIOCM_RTS),
        (termios.TIOCM_DTR | termios.TIOCM_RTS | termios.TIOCM_CTS, LineLevels(dtr=True, rts=False), None),
    ],
)
def test_both_lines_change_in_one_step(
    monkeypatch: pytest.MonkeyPatch, terminal: int, before: int, levels: LineLevels, set_to: int | None
) -> None:
    # The two requests for lines are answered by the test, because a pseudo-terminal has none; all others are real.
    lines, steps = [before], []

    def ioctl(fd: int, request: int, *arguments: Any) -> Any:
        if request == termios.TIOCMGET:
            return struct.pack("I", lines[-1])
        if request == termios.TIOCMSET:
            lines.append(struct.unpack("I", arguments[0])[0])
            steps.append(lines[-1])
            return arguments[0]
        assert request not in (termios.TIOCMBIS, termios.TIOCMBIC), "one line alone would restart an ESP32"
        return real(fd, request, *arguments)

    real = fcntl.ioctl
    monkeypatch.setattr(fcntl, "ioctl", ioctl)
    open_board_port(os.ttyname(terminal), levels).close()
    expected = termios.TIOCM_DTR | termios.TIOCM_CTS if set_to is None else set_to
    assert steps == [expected]


def test_levels_that_are_not_wanted_are_left_alone() -> None:
    port = _Order()
    set_levels(port, LineLevels())
    assert port.done == []
