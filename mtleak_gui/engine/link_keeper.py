# SPDX-License-Identifier: GPL-3.0-only
"""Keeps one board heard: opens its link, watches it, opens it again.

The object lives on the thread that made it; a daemon Python thread does the waiting, because the handshake of a deaf
board can only be left behind, and a QThread that still runs at exit aborts the process.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from mtleak_gui.core.contracts import Clock, Hear
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.records import DeviceInfo, LinkState
from mtleak_gui.engine.link_try import LinkFactory
from mtleak_gui.engine.link_watching import LinkWatching
from mtleak_gui.link.board_place import Sight

STUCK_AFTER_S = 30.0
"""A link that is being made for longer is told to be stuck; it goes on all the same."""

log = logging.getLogger(__name__)


class LinkKeeper(QObject):
    """Its signals come on the thread that it lives on, which is to call all its methods.

    None comes after ``stop`` has returned; after ``leave`` only ``ended`` does.
    """

    state_changed = Signal(LinkState)
    device_known = Signal(DeviceInfo)
    ended = Signal(str)
    """The port that was left is free again, or its link was left behind."""
    _learned = Signal(object)

    def __init__(
        self,
        port: str,
        make_link: LinkFactory,
        hear: Hear,
        clock: Clock,
        parent: QObject | None = None,
        *,
        device: str | None = None,
    ) -> None:
        """``port`` is the name of the rows, ``device`` where the board is when that is another name."""
        super().__init__(parent)
        self.state = LinkState("waiting", port)
        """Where the link stands, as it was told last."""
        self._watching = LinkWatching(port, device or port, make_link, hear, clock, tell=self._learned.emit)
        self._is_left = False
        self._thread = threading.Thread(target=self._watching.run, name=f"link {port}", daemon=True)
        self._learned.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._patience = QTimer(self, singleShot=True, interval=int(STUCK_AFTER_S * 1000))
        self._patience.timeout.connect(self._tell_stuck)

    @property
    def port(self) -> str:
        """The port that is kept."""
        return self.state.port

    @property
    def device(self) -> str:
        """Where the board is now, or was last."""
        return self._watching.place.device

    @property
    def key(self) -> str | None:
        """Who the board is, as far as its port tells."""
        return self._watching.place.key

    @property
    def is_there(self) -> bool:
        """Whether the port of the board is there, as far as is known."""
        return self._watching.place.is_there

    @property
    def is_displaced(self) -> bool:
        """Whether another board has the board's place."""
        return self._watching.stranger is not None

    def expect(self, key: str | None) -> None:
        """Take word of who the board is; it is looked for on all ports. To be called before ``start``."""
        self._watching.place.key = key

    def came_at(self, at: float | None) -> None:
        """Take note of when the port appeared (monotonic seconds)."""
        self._watching.came_at = at

    def start(self) -> None:
        """Begin to keep the link. Returns at once."""
        self._thread.start()

    def look(self, offers: Collection[PortOffer] | None, taken: Collection[str] = ()) -> Sight:
        """Take the ports that there are now, ``None`` where they do not matter; ``taken`` are those of other boards.

        See ``BoardPlace.look``.
        """
        return self._watching.look(offers, taken)

    def choose(self, offer: PortOffer) -> None:
        """The board is at this port, says the tester."""
        self._watching.choose(offer)

    def try_now(self) -> None:
        """Do not wait any longer for the next try."""
        self._watching.try_now()

    def check(self) -> None:
        """Find out at once whether the board is still heard."""
        self._watching.check()

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
                self._tell_ended()

        threading.Thread(target=end, name=f"leaving {self.port}", daemon=True).start()

    def _tell_ended(self) -> None:
        try:
            self.ended.emit(self.port)
        except RuntimeError:
            # Qt took its objects down while this thread waited, as it does when the display dies: nobody listens now.
            log.info("The link to %s was left as the program ended", self.port)

    def _tell_end(self) -> None:
        self._tell(self._watching.stop())
        self._is_left = True

    def _end(self, wait_s: float) -> bool:
        self._watching.fall_silent()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(wait_s)
        if self._thread.is_alive():
            log.info("The link to %s is deaf and was left behind", self.port)
        return not self._thread.is_alive()

    @Slot(object)
    def _tell(self, fact: LinkState | DeviceInfo) -> None:
        if self._is_left:
            return
        if isinstance(fact, DeviceInfo):
            self.device_known.emit(fact)
            return
        if fact.phase not in ("opening", "configuring"):
            self._patience.stop()
        elif self.state.phase not in ("opening", "configuring"):
            self._patience.start()
        else:
            fact = fact._replace(stuck=self.state.stuck)
        self.state = fact
        self.state_changed.emit(fact)

    @Slot()
    def _tell_stuck(self) -> None:
        self.state = self.state._replace(stuck=True)
        self.state_changed.emit(self.state)
