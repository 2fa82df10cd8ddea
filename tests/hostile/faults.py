# SPDX-License-Identifier: GPL-3.0-only
"""The ways in which a board goes and comes back, for the tests and for the table of how long it takes to hear it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from tests.hostile.pty_way import PtyWay
from tests.hostile.tcp_way import TcpWay


class Fault(NamedTuple):
    """``strike`` breaks a way, ``heal`` mends it. ``gone_s``: how long the board is away, in real seconds.

    ``is_loss``: the link ends and is made again; else it is the same one before and after.
    """

    name: str
    strike: Callable[[], None]
    heal: Callable[[], None]
    gone_s: float = 0.0
    is_loss: bool = True
    is_restart: bool = False


def faults_of_pty(way: PtyWay) -> list[Fault]:
    """Return what happens to serial ports."""
    tap, board = way.tap, way.board
    return [
        Fault("port pulled for 0.5 s, other terminal", way.pull, way.plug_in, 0.5),
        Fault("port pulled for 2 s, other terminal", way.pull, way.plug_in, 2.0),
        Fault("no byte for 1 s, port open", tap.hang, tap.go_on, 1.0, is_loss=False),
        Fault("restart, port open, to its introduction", board.restart, _nothing, is_loss=False, is_restart=True),
    ]


def faults_of_tcp(way: TcpWay) -> list[Fault]:
    """Return what happens to connections."""
    tap, board = way.tap, way.board

    def restart_slowly() -> None:
        way.go_away(reset=True)
        board.restart()

    return [
        Fault("node hangs up, still there", way.cut, _nothing),
        Fault("node resets the connection, still there", lambda: way.cut(reset=True), _nothing),
        Fault("node gone for 0.5 s", way.go_away, way.come_back, 0.5),
        Fault("node gone for 2 s", way.go_away, way.come_back, 2.0),
        Fault("no byte for 1 s, socket open", tap.hang, tap.go_on, 1.0, is_loss=False),
        Fault("restart, back at once", board.restart, _nothing, is_restart=True),
        Fault("restart that takes 1 s", restart_slowly, way.come_back, 1.0, is_restart=True),
    ]


def long_absences(way: PtyWay | TcpWay) -> list[Fault]:
    """Return what takes too long for tests: it is measured only."""
    if isinstance(way, PtyWay):
        return [Fault("port pulled for 60 s, other terminal", way.pull, way.plug_in, 60.0)]
    return [Fault("node gone for 60 s", way.go_away, way.come_back, 60.0)]


def pass_time(gone_s: float, live: Callable[[float], None]) -> None:
    """Let the board be away; ``live`` lets the program work for some seconds."""
    until = time.monotonic() + gone_s
    while (left := until - time.monotonic()) > 0:
        live(min(left, 0.05))


def _nothing() -> None:
    """Do nothing: the board is back by itself."""
