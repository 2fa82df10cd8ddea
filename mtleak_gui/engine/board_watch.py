# SPDX-License-Identifier: GPL-3.0-only
"""Watches what boards do not say: the signs behind the things to fix. Lives on the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot

from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.records import Batch
from mtleak_gui.core.series_key import FREE_HEAP
from mtleak_gui.core.things_to_fix import BoardSigns, Thing, things_to_fix
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.session import Session


@dataclass(slots=True)
class _Heard:
    """What was heard of a board since its link is live."""

    live_since: float | None = None
    lines: int = 0
    line_ts: float | None = None
    stats: int = 0


class BoardWatch(QObject):
    """Counts by port. ``ports`` tells who sits where; without it nothing is said about identities."""

    def __init__(self, bench: Bench, ports: PortWatch | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._ports = ports
        self._heard: dict[str, _Heard] = {}
        self._clock_set_at: float | None = None
        bench.batch_taken.connect(self._take)
        bench.session_added.connect(self._watch)
        bench.session_removed.connect(self._forget)
        bench.recording_switched.connect(self._begin_anew)
        for session in bench.sessions:
            self._watch(session)

    def things(self, now: float) -> tuple[Thing, ...]:
        """Return all there is to fix now, ignored things too."""
        signs = [self._signs(session, now) for session in self._bench.sessions if not session.read_only]
        return things_to_fix(signs, self._bench.recorder, now=now, clock_set_at=self._clock_set_at)

    def _signs(self, session: Session, now: float) -> BoardSigns:
        self._note_link(session)
        heard = self._heard.setdefault(session.port, _Heard())
        offer = self._offer(session.port)
        opened_in_vain = session.link.phase == "backing_off" and session.heard_ts is None
        return BoardSigns(
            port=session.port,
            name=session.name,
            role=session.role,
            live_for=None if heard.live_since is None else now - heard.live_since,
            lines=heard.lines,
            line_age=None if heard.line_ts is None else now - heard.line_ts,
            log_api=None if session.device is None else session.device.debug_log_api,
            heap_age=None if session.last_ts is None else now - session.last_ts,
            cadence=session.cadence_s,
            is_asked=session.acts.asking is not None,
            stats=0 if session.free_heap is not None else heard.stats,
            bridge=offer.title if offer is not None and offer.vid_pid and not offer.stable else None,
            socket=offer.socket if offer is not None else None,
            trouble=session.link.reason if opened_in_vain else None,
            tries=session.link.attempt,
            debug_heap=session.debug_heap == "ON" and not session.demo,
        )

    def _offer(self, port: str) -> PortOffer | None:
        return None if self._ports is None else self._ports.offer(port)

    @Slot(Session)
    def _watch(self, session: Session) -> None:
        session.changed.connect(self._links_changed)
        self._note_link(session)

    @Slot()
    def _links_changed(self) -> None:
        for session in self._bench.sessions:
            self._note_link(session)

    def _note_link(self, session: Session) -> None:
        heard = self._heard.setdefault(session.port, _Heard())
        if session.link.phase != "live":
            self._heard[session.port] = _Heard()
        elif heard.live_since is None:
            heard.live_since = self._bench.now()

    @Slot(str)
    def _forget(self, port: str) -> None:
        self._heard.pop(port, None)

    @Slot()
    def _begin_anew(self) -> None:
        self._heard.clear()
        self._clock_set_at = None

    @Slot(Batch)
    def _take(self, batch: Batch) -> None:
        for heard, _ in batch.lines:
            if (known := self._heard.get(heard.port or "")) is not None:
                known.lines += 1
                known.line_ts = heard.ts
        for packet in batch.telemetry:
            known = self._heard.get(packet.port or "")
            if known is not None and packet.reading.variant == FREE_HEAP.variant and packet.reading.own is not False:
                known.stats += 1
        for event in batch.events:
            if event.kind == "clock_jump":
                self._clock_set_at = event.ts
