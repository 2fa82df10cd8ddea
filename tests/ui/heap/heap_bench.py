# SPDX-License-Identifier: GPL-3.0-only
"""A bench that holds sessions without boards, recorder or files, for tests of what is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal

from mtleak_gui.core.markers import Marker
from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.session import Session
from tests.ui.heap.heap_board import MARKS, NOW, RECORDING


class PlottedBench(QObject):
    """What the Heap page asks of a bench; marks are applied at once, as the real one does a moment later."""

    session_added = Signal(Session)
    session_removed = Signal(str)
    current_changed = Signal()
    markers_changed = Signal()
    recording_switched = Signal()
    recorder_changed = Signal()

    def __init__(self, *sessions: Session, markers: tuple[Marker, ...] = MARKS) -> None:
        super().__init__()
        self.sessions = sessions
        self.current = sessions[0] if sessions else None
        self.recorder: RecorderState = RECORDING
        self.marks = {marker.ts: marker for marker in markers}
        self.moment = NOW
        self.folder: Path | None = Path("bench")

    @property
    def markers(self) -> tuple[Marker, ...]:
        """The marks that stand."""
        return tuple(mark for _ts, mark in sorted(self.marks.items()) if not mark.removed)

    def as_bench(self) -> Bench:
        """Return it as what the page takes."""
        return cast("Bench", self)

    def now(self) -> float:
        """Return the moment that was set."""
        return self.moment

    def session(self, port: str) -> Session | None:
        """Return the session of a port."""
        return next((session for session in self.sessions if session.port == port), None)

    def choose(self, port: str) -> None:
        """Make a session the current one."""
        self.current = self.session(port)
        self.current_changed.emit()

    def mark(self, label: str, note: str | None = None, ts: float | None = None) -> None:
        """Set a mark."""
        at = self.moment if ts is None else ts
        self._set(Marker(at, label, note))

    def edit_mark(self, ts: float, label: str, note: str | None = None) -> None:
        """Rename a mark."""
        self._set(Marker(ts, label, note))

    def remove_mark(self, ts: float) -> None:
        """Take a mark away."""
        self._set(self.marks[ts]._replace(removed=True))

    def restore_mark(self, ts: float) -> None:
        """Bring a mark back."""
        self._set(self.marks[ts]._replace(removed=False))

    def _set(self, marker: Marker) -> None:
        self.marks[marker.ts] = marker
        self.markers_changed.emit()
