# SPDX-License-Identifier: GPL-3.0-only
"""The sessions of all devices: hands each its share of what is heard. Lives on the GUI thread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import count

from PySide6.QtCore import QObject, Signal

from mtleak_gui.core.past import Past
from mtleak_gui.core.records import Batch, HeardLine, HeardTelemetry, LinkState
from mtleak_gui.engine.past_histories import PortHistories
from mtleak_gui.engine.session import Session, Share


class SessionShelf(QObject):
    """Sessions by port, in the order in which they came."""

    added = Signal(Session)
    removed = Signal(str)
    current_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sessions: dict[str, Session] = {}
        self._current: str | None = None
        self._names: Mapping[str, str] = {}
        self._demo = self._read_only = False
        self._forgotten: set[str] = set()

    @property
    def all(self) -> tuple[Session, ...]:
        """All sessions."""
        return tuple(self._sessions.values())

    @property
    def current(self) -> Session | None:
        """The one that was chosen, else the first."""
        return self._sessions.get(self._current) if self._current is not None else None

    def get(self, port: str) -> Session | None:
        """Return the session of a port."""
        return self._sessions.get(port)

    def choose(self, port: str) -> None:
        """Make a session the current one; a port without a session changes nothing."""
        if port in self._sessions and port != self._current:
            self._current = port
            self.current_changed.emit()

    def ensure(self, port: str, role: str) -> Session:
        """Return the session of a port that is heard as ``role``, a new one when there is none."""
        self._forgotten.discard(port)
        session = self._sessions.get(port)
        if session is None:
            session = Session(
                port, role, demo=self._demo, read_only=self._read_only, saved_name=self._names.get(port), parent=self
            )
            taken = {other.number for other in self._sessions.values()}
            session.number = next(number for number in count() if number not in taken)
            self._sessions[port] = session
            self.added.emit(session)
            if self._current is None:
                self.choose(port)
        else:
            session.heard_as(role)
        return session

    def remove(self, port: str) -> None:
        """Remove a session from view, and keep it away until the port is heard as one that is wanted."""
        self._forgotten.add(port)
        self._drop(port)

    def clear(self, *, demo: bool = False, read_only: bool = False) -> None:
        """Remove all; those that come are of a demo, or of a recording that is only read."""
        self._demo, self._read_only = demo, read_only
        self._forgotten.clear()
        for port in tuple(self._sessions):
            self._drop(port)

    def name(self, names: Mapping[str, str]) -> None:
        """Take the names that the tester gave, by port."""
        self._names = dict(names)
        for session in self._sessions.values():
            session.save_name(names.get(session.port))

    def set_link(self, state: LinkState) -> None:
        """Take where a link stands."""
        if (session := self._sessions.get(state.port)) is not None:
            session.set_link(state)

    def take(self, batch: Batch) -> None:
        """Hand each session its share."""
        lines: defaultdict[str, list[HeardLine]] = defaultdict(list)
        telemetry: defaultdict[str, list[HeardTelemetry]] = defaultdict(list)
        for heard in batch.lines:
            lines[heard.heard.port or ""].append(heard)
        for packet in batch.telemetry:
            telemetry[packet.port or ""].append(packet)
        for port, role in _heard_ports(batch).items():
            if port not in self._forgotten and port not in self._sessions:
                self.ensure(port, role)
        for port, session in tuple(self._sessions.items()):
            events = [event for event in batch.events if event.port in (None, port)]
            if lines[port] or telemetry[port] or events:
                session.take(Share(lines[port], telemetry[port], events))

    def take_past(self, past: Past, histories: Mapping[str, PortHistories]) -> None:
        """Hand each session its past; ports that are not heard now get a session too. ``histories`` by port."""
        for port in past.ports:
            if port.port in self._forgotten:
                continue
            session = self.get(port.port) or self.ensure(port.port, port.role)
            events = [event for event in past.events if event.port in (None, port.port)]
            session.take_past(port, events, histories.get(port.port))

    def _drop(self, port: str) -> None:
        session = self._sessions.pop(port, None)
        if session is None:
            return
        was_current = port == self._current
        if was_current:
            self._current = next(iter(self._sessions), None)
        self.removed.emit(port)
        if was_current:
            self.current_changed.emit()
        session.deleteLater()


def _heard_ports(batch: Batch) -> dict[str, str]:
    """Return the ports that something was heard on, with the role of the first row."""
    found: dict[str, str] = {}
    for heard in batch.lines:
        if heard.heard.port is not None:
            found.setdefault(heard.heard.port, heard.heard.role)
    for packet in batch.telemetry:
        if packet.port is not None:
            found.setdefault(packet.port, packet.role)
    for event in batch.events:
        if event.port is not None and event.role is not None:
            found.setdefault(event.port, event.role)
    return found
