# SPDX-License-Identifier: GPL-3.0-only
"""A bench over real folders, real links and the real query process, as tests need it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import TcpAddress
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.past import Past
from mtleak_gui.core.recording_options import RecordingOptions
from mtleak_gui.core.records import Batch
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.pty_port import serve_pty
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.tcp_port import serve_tcp
from mtleak_gui.demo.virtual_board import VirtualBoard
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.storage.places import Places
from mtleak_gui.storage.system_clock import SystemClock


class Watched:
    """A bench and what it has told so far."""

    def __init__(self, places: Places, queries: QueryRunner, options: RecordingOptions | None = None) -> None:
        self.places = places
        self.queries = queries
        self.bench = Bench(places, queries, SystemClock(), options)
        self.notices: list[Notice] = []
        self.batches: list[Batch] = []
        self.pasts: list[Past] = []
        self.switches = 0
        self.bench.told.connect(self.notices.append)
        self.bench.batch_taken.connect(self.batches.append)
        self.bench.past_loaded.connect(self.pasts.append)
        self.bench.recording_switched.connect(self._switched)
        self.bench.start()

    def _switched(self) -> None:
        self.switches += 1


def places_in(folder: Path) -> Places:
    """Return places under a folder of the test."""
    return Places(folder / "recordings", folder / "reports", folder / "settings", folder / "logs")


@contextmanager
def benched(qtbot: QtBot, folder: Path, options: RecordingOptions | None = None) -> Iterator[Watched]:
    """Run a bench, and close it in the end as the program does."""
    queries = QueryRunner()
    watched = Watched(places_in(folder), queries, options)
    try:
        yield watched
    finally:
        close(qtbot, watched)
        queries.stop()


def close(qtbot: QtBot, watched: Watched) -> None:
    """Close the bench, and wait for it."""
    closed: list[bool] = []
    watched.bench.close(lambda: closed.append(True))
    qtbot.waitUntil(lambda: bool(closed), timeout=20_000)


@contextmanager
def board_on_tcp(tcp_port: int = 0, scenario: str = "leak-threads") -> Iterator[TcpAddress]:
    """Serve a virtual board that lives sixty times as fast as the host and sends its log."""
    board = VirtualBoard(scenario_named(scenario), clock=BoardClock(60), debug_log_api=True)
    with serve_tcp(board, tcp_port, serial_side=True) as (host, port):
        yield TcpAddress(host, port)


@contextmanager
def board_on_pty(scenario: str = "leak-threads") -> Iterator[str]:
    """Serve such a board on a pseudo-terminal; yields its path."""
    board = VirtualBoard(scenario_named(scenario), clock=BoardClock(60), debug_log_api=True)
    with serve_pty(board) as path:
        yield path
