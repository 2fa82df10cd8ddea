# SPDX-License-Identifier: GPL-3.0-only
"""A board that is heard by a whole bench and recorded into real files, and what those hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from mtleak_gui.core.records import LinkState
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.virtual_board import VirtualBoard
from tests.engine.bench_kit import Watched
from tests.hostile.chatter import Chatter, chatting, said
from tests.hostile.pty_way import PtyWay
from tests.hostile.tcp_way import TcpWay

Way = PtyWay | TcpWay
PATIENCE_MS = 20_000
STREAMS = ("logs", "telemetry", "packets", "events")


def new_board(seed: int = 1, speed: float = 1.0, scenario: str = "leak-threads") -> VirtualBoard:
    """Return a board with its log API on, that has been up for an hour."""
    clock = BoardClock(speed)
    born = clock.wall() - 3600
    return VirtualBoard(scenario_named(scenario), clock=clock, seed=seed, born=born, debug_log_api=True)


class HeardBoard:
    """One board, its way, what it says, and what of it is in the files."""

    def __init__(self, qtbot: QtBot, watched: Watched, way: Way, chatter: Chatter) -> None:
        self.qtbot, self.watched, self.way, self.chatter = qtbot, watched, way, chatter
        self.states: list[LinkState] = []
        session = watched.bench.session(way.port)
        assert session is not None
        self.session = session
        watched.bench._keepers.state_changed.connect(self._note)

    def _note(self, state: LinkState) -> None:
        if state.port == self.way.port:
            self.states.append(state)

    @property
    def phases(self) -> list[str]:
        """Return where the link has been since it was live."""
        return [state.phase for state in self.states]

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self.watched.places.default_recording

    def until(self, holds: Callable[[], bool], patience_ms: int = PATIENCE_MS) -> None:
        """Let the program work until something is so."""
        self.qtbot.waitUntil(holds, timeout=patience_ms)

    def rows(self, stream: str) -> list[dict[str, Any]]:
        """Return this board's rows of a stream."""
        return [row for row in rows_of(self.folder, stream) if row.get("port") == self.way.port]

    def events(self, kind: str) -> list[dict[str, Any]]:
        """Return this board's events of a kind."""
        return [row for row in self.rows("events") if row["kind"] == kind]

    def packets(self) -> list[int]:
        """Return the numbers of the packets that stand in the file."""
        sender = self.chatter.sender
        return [row["id"] for row in self.rows("packets") if row["from_node"] in (sender, f"!{sender:08x}")]

    def lines(self) -> list[int]:
        """Return the numbers of its lines of text that stand in the file."""
        found = [said(row["line"]) for row in self.rows("logs")]
        return [number for name, number in filter(None, found) if name == self.chatter.name]

    def until_heard(self, number: int | None = None) -> None:
        """Wait until what is said now, or the packet of that number, stands in the file."""
        wanted = self.chatter.number + 1 if number is None else number
        self.until(lambda: any(found >= wanted for found in self.packets()[-1:]))


def rows_of(folder: Path, stream: str) -> list[dict[str, Any]]:
    """Return all whole rows of a live file; fails on one that is no JSON."""
    path = folder / f"{stream}.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def assert_files_are_sound(folder: Path) -> None:
    """Assert that every row is whole and that time does not go backwards in any stream."""
    for stream in STREAMS:
        stamps = [row["ts"] for row in rows_of(folder, stream)]
        assert stamps == sorted(stamps), stream


@contextmanager
def heard(
    qtbot: QtBot, watched: Watched, way: Way, name: str = "one", sender: int = 0x11111111
) -> Iterator[HeardBoard]:
    """Connect a board that talks, and wait until it is live and stands in the files."""
    with chatting(way.tap, name, sender, lines=isinstance(way, PtyWay)) as chatter:
        watched.bench.connect_board(way.address)
        qtbot.waitUntil(lambda: watched.bench.session(way.port) is not None, timeout=PATIENCE_MS)
        board = HeardBoard(qtbot, watched, way, chatter)
        board.until(lambda: board.session.link.phase == "live" and board.session.device is not None)
        board.until_heard()
        board.states.clear()
        yield board
