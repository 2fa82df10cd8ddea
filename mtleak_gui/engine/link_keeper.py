# SPDX-License-Identifier: GPL-3.0-only
"""Keeps one board heard: opens its link, watches it, opens it again.

The object lives on the thread that made it; a daemon Python thread does the waiting, because the handshake of a deaf
board can only be left behind, and a QThread that still runs at exit aborts the process.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from mtleak_gui.core.contracts import Clock, Hear, Link, LinkError
from mtleak_gui.core.records import DeviceInfo, LinkState, RawEvent, RawItem
from mtleak_gui.link.reconnect import ReconnectPolicy

LinkFactory = Callable[[Callable[[], None]], Link]
"""Makes a new link; the argument is to be called when the port is open and the handshake begins."""

WATCH_S = 1.0

log = logging.getLogger(__name__)


class LinkKeeper(QObject):
    """Its signals come on the thread that it lives on, which is to call ``stop`` or ``leave``.

    None comes after ``stop`` has returned; after ``leave`` only ``ended`` does.
    """

    state_changed = Signal(LinkState)
    device_known = Signal(DeviceInfo)
    ended = Signal(str)
    """The port that was left is free again, or its link was left behind."""
    _learned = Signal(object)

    def __init__(
        self, port: str, make_link: LinkFactory, hear: Hear, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._make_link = make_link
        self._hear = hear
        self._clock = clock
        self._policy = ReconnectPolicy(port)
        self._stopping = threading.Event()
        self._nudge = threading.Event()
        self._lost_because: str | None = None
        self._hearing = threading.Lock()
        self._silent = self._is_left = False
        self._link: Link | None = None
        self._thread = threading.Thread(target=self._run, name=f"link {port}", daemon=True)
        self._learned.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def port(self) -> str:
        """The port that is kept."""
        return self._policy.state.port

    @property
    def state(self) -> LinkState:
        """Where the link stands now."""
        return self._policy.state

    def start(self) -> None:
        """Begin to keep the link. Returns at once."""
        self._thread.start()

    def stop(self, wait_s: float = 3.0) -> bool:
        """End; return whether the link's thread is gone. One that sits in a deaf handshake is left behind."""
        self._tell_end()
        return self._end(wait_s)

    def leave(self, afterwards: Callable[[], None] | None = None, wait_s: float = 3.0) -> None:
        """End as ``stop`` does, without waiting: ``ended`` comes when ``afterwards``, called on any thread, is done."""
        self._tell_end()

        def end() -> None:
            self._end(wait_s)
            try:
                if afterwards is not None:
                    afterwards()
            finally:
                self.ended.emit(self.port)

        threading.Thread(target=end, name=f"leaving {self.port}", daemon=True).start()

    def _tell_end(self) -> None:
        self._stopping.set()
        self._nudge.set()
        self._tell(self._policy.closed())
        self._is_left = True

    def _end(self, wait_s: float) -> bool:
        if (link := self._link) is not None:
            link.close()
        with self._hearing:
            self._silent = True
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(wait_s)
        if self._thread.is_alive():
            log.info("The link to %s is deaf and was left behind", self.port)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.wait(self._policy.wait_s(self._clock.monotonic())):
            self._learned.emit(self._policy.opening())
            reason = self._keep_once()
            if not self._stopping.is_set():
                self._learned.emit(self._policy.backing_off(self._clock.monotonic(), reason))

    def _keep_once(self) -> str:
        """Open one link and stay with it to its end; return why it ended."""
        self._nudge.clear()
        self._lost_because = None
        try:
            link = self._link = self._make_link(self._handshake_begun)
            # ``stop`` closes the link that it sees; one that was made after its look is closed here.
            if self._stopping.is_set():
                link.close()
                return "stopped"
            device = link.open(self._pass_on)
        except LinkError as trouble:
            return str(trouble)
        except Exception as fault:
            log.exception("The link to %s failed", self.port)
            return f"a fault in this program: {fault!r}"
        self._learned.emit(self._policy.live(self._clock.monotonic()))
        if device is not None:
            self._learned.emit(device)
        while link.is_alive() and not self._stopping.is_set():
            self._nudge.wait(WATCH_S)
            self._nudge.clear()
        link.close()
        reason = self._reason_of_loss()
        if not self._stopping.is_set():
            self._learned.emit(self._policy.lost(self._clock.monotonic(), reason))
        return reason

    def _reason_of_loss(self) -> str:
        return self._lost_because or "the link ended without a word"

    def _handshake_begun(self) -> None:
        self._learned.emit(self._policy.configuring())

    @Slot(object)
    def _tell(self, fact: LinkState | DeviceInfo) -> None:
        if self._is_left:
            return
        if isinstance(fact, LinkState):
            self.state_changed.emit(fact)
        else:
            self.device_known.emit(fact)

    def _pass_on(self, item: RawItem) -> None:
        # Held while an item is passed on, so that none is when ``stop`` has returned.
        with self._hearing:
            if self._silent:
                return
            self._hear(item)
        if isinstance(item, RawEvent) and item.kind == "connection_lost":
            self._lost_because = item.note
            self._nudge.set()
