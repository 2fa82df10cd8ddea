# SPDX-License-Identifier: GPL-3.0-only
"""Items as links hear them, and the batches that a recorder makes of them."""

from __future__ import annotations

from collections.abc import Iterable

from mtleak_gui.core.records import Batch, RawEvent, RawItem, RawLine, RawPacket
from mtleak_gui.demo.past_hours import Listener, past_items
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.engine.row_maker import RowMaker
from mtleak_gui.engine.session import Session, Share

PORT = "/dev/ttyUSB0"
T0 = 1_790_000_000.0
OWN = 0x0A1B2C3D


def line(after: float, text: str, *, role: str = "serial_session") -> RawLine:
    """Return a line heard so many seconds after T0."""
    return RawLine(T0 + after, PORT, role, text)


def prefixed(after: float, free: int, uptime: int | None = None) -> RawLine:
    """Return a line of a DEBUG_HEAP board, whose uptime is by default ``after``."""
    return line(after, f"INFO  | 12:00:00 {int(after) if uptime is None else uptime} [Router] [heap {free}] hello")


def stats(after: float, *, free: int, sender: int = OWN, own: int | None = OWN, uptime: int = 600) -> RawPacket:
    """Return a LocalStats packet."""
    fields = {"uptimeSeconds": uptime, "heapFreeBytes": free, "heapTotalBytes": 294_912, "numPacketsTx": 4}
    decoded = {"portnum": "TELEMETRY_APP", "payload": b"x", "telemetry": {"time": int(T0), "localStats": fields}}
    return RawPacket(T0 + after, PORT, "serial", {"from": sender, "id": 1, "decoded": decoded}, own)


def event(after: float, kind: str, note: str | None = None, *, port: str | None = PORT, **data: object) -> RawEvent:
    """Return an event; ``port`` is ``None`` for those of the recorder."""
    return RawEvent(T0 + after, kind, None, note, port, None if port is None else "serial", data or None)


class Recorder:
    """Makes batches as the recorder thread does, with one memory of restarts."""

    def __init__(self) -> None:
        self._maker = RowMaker()

    def batch(self, *items: RawItem) -> Batch:
        """Return what the GUI gets of the items."""
        made = self._maker.make(items)
        return Batch(tuple(made.lines), tuple(made.telemetry), tuple(made.events), tuple(made.marks), made.packets)

    def hear(self, session: Session, *items: RawItem) -> None:
        """Hand a session what it gets of the items."""
        batch = self.batch(*items)
        session.take(Share(batch.lines, batch.telemetry, batch.events))


def hours_of(scenario: str, hours: float, *, console: bool = False) -> Iterable[RawItem]:
    """Return what is heard of a virtual board in its first hours, until T0."""
    listener = Listener(PORT, "serial_session" if console else "serial", console)
    return past_items(scenario_named(scenario), listener, until=T0, hours=hours)
