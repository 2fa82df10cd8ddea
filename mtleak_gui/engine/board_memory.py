# SPDX-License-Identifier: GPL-3.0-only
"""Keeps in the settings what boards show of themselves: name, build, DEBUG_HEAP. Lives on the GUI thread.

Only what is heard now counts: what a recording holds of a port may be of another board that sat there.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from mtleak_gui.core import wording
from mtleak_gui.core.addresses import address_of_port
from mtleak_gui.core.device_words import hardware_words
from mtleak_gui.core.records import Batch, HeardLine, RawEvent
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.debug_heap_watch import DebugHeapWatch
from mtleak_gui.engine.known_boards import Known, KnownBoards
from mtleak_gui.engine.session import Session

_SAME_SIGHT_S = 3_600.0
"""A board that shows its DEBUG_HEAP build all day is noted so often."""
_BEGIN_ANEW = frozenset({"reboot", "connection_established"})
_LONGEST_NAME, _LONGEST_BUILD = 40, 80


class BoardMemory(QObject):
    """Boards that nobody remembers are passed over, demo boards too."""

    def __init__(self, bench: Bench, known: KnownBoards, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._known = known
        self._builds: dict[str, DebugHeapWatch] = {}
        bench.batch_taken.connect(self._take)

    @Slot(Batch)
    def _take(self, batch: Batch) -> None:
        touched = {event.port for event in batch.events if event.port is not None}
        for event in batch.events:
            self._note_event(event)
        lines: dict[str, list[HeardLine]] = {}
        for line in batch.lines:
            if line.heard.port is not None:
                lines.setdefault(line.heard.port, []).append(line)
        for port, heard in lines.items():
            self._builds.setdefault(port, DebugHeapWatch()).take(heard)
        for port in touched | lines.keys():
            session = self._bench.session(port)
            if session is not None and not session.demo and not session.read_only:
                self._keep(session)

    def _note_event(self, event: RawEvent) -> None:
        if event.kind in _BEGIN_ANEW and event.port in self._builds:
            self._builds[event.port].restarted()

    def _keep(self, session: Session) -> None:
        known = self._known.at(address_of_port(session.link.device or session.port))
        if known is None:
            return
        news = {**self._told(session, known), **self._seen(session.port, known)}
        if any(getattr(known, field) != value for field, value in news.items()):
            self._known.change(known, **news)

    def _told(self, session: Session, known: Known) -> dict[str, object]:
        device = session.device
        if device is None:
            return {}
        build = " · ".join(word for word in (hardware_words(device.hardware), device.firmware) if word)
        return {
            "called": wording.single_line(device.long_name or "", _LONGEST_NAME) or known.called,
            "build": wording.single_line(build, _LONGEST_BUILD) or known.build,
        }

    def _seen(self, port: str, known: Known) -> dict[str, object]:
        watch = self._builds.get(port)
        state = "NOT SEEN" if watch is None else watch.state
        if state == "OFF":
            return {"debug_heap": False}
        now, before = self._bench.now(), known.debug_heap_ts
        is_new = before is None or not known.debug_heap or now - before >= _SAME_SIGHT_S
        return {"debug_heap": True, "debug_heap_ts": now} if state == "ON" and is_new else {}
