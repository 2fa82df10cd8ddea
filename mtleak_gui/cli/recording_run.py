# SPDX-License-Identifier: GPL-3.0-only
"""A recording from its start to its clean end, without a window. Runs in: main thread."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from mtleak_gui.cli.live_line import LiveLine
from mtleak_gui.core.end_signals import on_end_signals
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.records import Batch, LinkState
from mtleak_gui.engine.link_keeper import LinkKeeper
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.recorder_thread import RecorderThread
from mtleak_gui.storage.recording import Recording

REFRESH_MS = 200
"""Also how long a signal waits: Python sees it only when Qt lets it run."""


class RecordingRun(QObject):
    """Starts everything, shows how it goes, and stops in order: links, recorder, recording; each in bounded time."""

    def __init__(
        self,
        recording: Recording,
        recorder: RecorderThread,
        keepers: Sequence[LinkKeeper],
        live_line: LiveLine,
        ports: PortWatch,
    ) -> None:
        """``ports``: where the boards at serial ports are looked for when they come back."""
        super().__init__()
        self._ports = ports
        ports.ports_changed.connect(self._look)
        self._recording = recording
        self._recorder = recorder
        self._keepers = keepers
        self._live_line = live_line
        recorder.batch_ready.connect(self._take)
        recorder.recording_failed.connect(self._tell_trouble)
        for keeper in keepers:
            keeper.state_changed.connect(self._link_changed)

    def run(self, application: QCoreApplication, seconds: float | None) -> None:
        """Record for so many seconds of the host, or until Ctrl-C, SIGTERM or SIGHUP when ``None``."""
        with on_end_signals(lambda _number: application.quit()):
            try:
                self._record(application, seconds)
            finally:
                self._stop()

    def _record(self, application: QCoreApplication, seconds: float | None) -> None:
        refresh = QTimer(self)
        refresh.timeout.connect(self._refresh)
        refresh.start(REFRESH_MS)
        if seconds is not None:
            end_at = time.monotonic() + seconds
            refresh.timeout.connect(lambda: application.quit() if time.monotonic() >= end_at else None)
        self._recording.start()
        self._recorder.begin(self._recording)
        for keeper in self._keepers:
            keeper.start()
        self._ports.start()
        application.exec()
        refresh.stop()

    def _stop(self) -> None:
        self._ports.stop()
        for keeper in self._keepers:
            keeper.stop()
        self._recorder.stop()
        self._live_line.close()
        self._recording.stop()

    @Slot(Batch)
    def _take(self, batch: Batch) -> None:
        self._live_line.take(batch)
        self._recorder.give_credit()

    @Slot(tuple)
    def _look(self, offers: tuple[PortOffer, ...]) -> None:
        """Follow boards to other ports."""
        for keeper in self._keepers:
            taken = frozenset(other.device for other in self._keepers if other is not keeper and other.is_there)
            candidates = keeper.look(offers, taken).candidates
            if candidates:
                devices = ", ".join(offer.device for offer in candidates)
                self._live_line.say(f"{keeper.port} could be any of {devices}: unplug all but the one that is meant.")

    @Slot(LinkState)
    def _link_changed(self, state: LinkState) -> None:
        self._live_line.link_changed(state)

    @Slot(str)
    def _tell_trouble(self, sentence: str) -> None:
        self._live_line.say(sentence or "Recording works again.")

    def _refresh(self) -> None:
        self._live_line.show(self._recording.status(), time.monotonic())
