# SPDX-License-Identifier: GPL-3.0-only
"""A bench with one recording and its devices as a test sets them, without boards and without a recorder."""

from __future__ import annotations

import time
from pathlib import Path

from mtleak_gui.core.markers import Marker
from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.engine.session import Session
from mtleak_gui.storage.places import Places


class HostClock:
    """The host's own time."""

    def wall(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return time.monotonic()


class StagedBench(Bench):
    """Shows what it is given; the real one would read it from the recording."""

    def __init__(self, queries: QueryRunner, folder: Path, ports: tuple[str, ...]) -> None:
        places = Places(folder.parent, folder.parent / "reports", folder.parent, folder.parent)
        super().__init__(places, queries, HostClock())
        self.shown: Path | None = folder
        self.staged = tuple(Session(port, "serial", saved_name=name_of(port), parent=self) for port in ports)
        self.state = RecorderState(folder=str(folder), read_only=True)
        self.marks: tuple[Marker, ...] = ()

    @property
    def sessions(self) -> tuple[Session, ...]:
        return self.staged

    def session(self, port: str) -> Session | None:
        return next((session for session in self.staged if session.port == port), None)

    @property
    def current(self) -> Session | None:
        return self.staged[0] if self.staged else None

    @property
    def recorder(self) -> RecorderState:
        return self.state

    @property
    def markers(self) -> tuple[Marker, ...]:
        return self.marks

    @property
    def folder(self) -> Path | None:
        return self.shown


def name_of(port: str) -> str:
    return f"bench-{port[-1]}"
