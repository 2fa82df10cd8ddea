# SPDX-License-Identifier: GPL-3.0-only
"""Looks once a second which serial ports there are, and tells when that changes.

The object lives on the GUI thread; the looking runs in: a daemon thread of its own.
"""

from __future__ import annotations

import logging
import threading

from PySide6.QtCore import QObject, Qt, Signal, Slot

from mtleak_gui.core.contracts import PortLister
from mtleak_gui.core.port_offer import PortOffer

LOOK_EACH_S = 1.0
_WAIT_AT_STOP_S = 3.0

log = logging.getLogger(__name__)


class PortWatch(QObject):
    """``start`` begins to look. The first look brings what is there; later ones what changed."""

    ports_changed = Signal(tuple)
    """All ``PortOffer`` there are now."""
    port_appeared = Signal(PortOffer)
    """One that was not there at the look before; never those of the first look. Comes after ``ports_changed``."""
    _looked = Signal(tuple)

    def __init__(self, lister: PortLister, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lister = lister
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._offers: tuple[PortOffer, ...] | None = None
        self._looked.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def offers(self) -> tuple[PortOffer, ...]:
        """The ports of the last look."""
        return self._offers or ()

    def offer(self, device: str) -> PortOffer | None:
        """Return the offer of a port that is there."""
        return next((offer for offer in self.offers if offer.device == device), None)

    def start(self) -> None:
        """Begin to look; a second time changes nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="port watch", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Look no more; nothing is told after that."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(_WAIT_AT_STOP_S)
            if self._thread.is_alive():
                log.error("Looking for ports did not end within %.0f s", _WAIT_AT_STOP_S)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._looked.emit(self._lister.offers())
            except Exception:
                # The system's list of ports is made by drivers; a broken one must not end the looking.
                log.exception("The serial ports could not be listed")
                self._stopping.wait(30 * LOOK_EACH_S)
            self._stopping.wait(LOOK_EACH_S)

    @Slot(tuple)
    def _take(self, offers: tuple[PortOffer, ...]) -> None:
        if self._stopping.is_set() or offers == self._offers:
            return
        before = None if self._offers is None else {offer.device for offer in self._offers}
        self._offers = offers
        self.ports_changed.emit(offers)
        for offer in offers:
            if before is not None and offer.device not in before:
                self.port_appeared.emit(offer)
