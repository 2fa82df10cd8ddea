# SPDX-License-Identifier: GPL-3.0-only
"""Looks for boards in reach of Bluetooth, when somebody asks, and tells what is found.

The object lives on the GUI thread; the looking runs in: a daemon thread of its own, since a radio may not answer.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from mtleak_gui.core.ble_offer import BleOffer
from mtleak_gui.core.contracts import LinkError
from mtleak_gui.core.link_trouble import LinkTrouble

LOOK_FOR_S = 10.0
_WAIT_AT_STOP_S = 3.0

Scan = Callable[[Callable[[BleOffer], None], threading.Event, float], None]
"""Calls its first argument for each board heard, until the event or for so many seconds. Raises ``LinkError``."""

log = logging.getLogger(__name__)


class BluetoothScan(QObject):
    """One look at a time. What it found stays until the next one."""

    changed = Signal()
    """A board was found, or the look began or ended."""
    _found = Signal(BleOffer)
    _ended = Signal(object)

    def __init__(self, scan: Scan | None = None, parent: QObject | None = None) -> None:
        """``scan`` is that of this computer's radio unless given."""
        super().__init__(parent)
        self._scan = scan or _scan_here
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._offers: dict[str, BleOffer] = {}
        self.has_looked = False
        """Whether anybody asked yet."""
        self.trouble: LinkTrouble | None = None
        """Why the last look found nothing."""
        self._found.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    @property
    def offers(self) -> tuple[BleOffer, ...]:
        """The boards that were found, by name."""
        return tuple(sorted(self._offers.values(), key=lambda offer: (offer.name.lower(), offer.address)))

    @property
    def is_looking(self) -> bool:
        """Whether a look is under way."""
        return self._thread is not None

    @Slot()
    def start(self) -> None:
        """Look for ten seconds; a second time meanwhile changes nothing."""
        if self._thread is not None:
            return
        self.has_looked = True
        self._offers.clear()
        self.trouble = None
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="bluetooth scan", daemon=True)
        self._thread.start()
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """Look no more; what was found stays."""
        self._stopping.set()

    def close(self) -> None:
        """End, for good; waits a moment for the radio."""
        self.stop()
        if self._thread is not None:
            self._thread.join(_WAIT_AT_STOP_S)

    def _run(self) -> None:
        trouble = None
        try:
            self._scan(self._found.emit, self._stopping, LOOK_FOR_S)
        except LinkError as refused:
            trouble = refused.trouble
        except Exception as fault:
            log.exception("Looking for Bluetooth boards failed")
            trouble = LinkTrouble("fault", "Bluetooth is not available.", f"A fault in this program: {fault!r}.")
        self._ended.emit(trouble)

    @Slot(BleOffer)
    def _take(self, offer: BleOffer) -> None:
        before = self._offers.get(offer.address)
        # An advertisement without a name must not take it away. The strength alone is no news worth drawing.
        self._offers[offer.address] = offer._replace(name=offer.name or (before.name if before else ""))
        if before is None or before.name != self._offers[offer.address].name:
            self.changed.emit()

    @Slot(object)
    def _end(self, trouble: LinkTrouble | None) -> None:
        self._thread = None
        self.trouble = trouble
        self.changed.emit()


def _scan_here(found: Callable[[BleOffer], None], ended: threading.Event, seconds: float) -> None:
    # bleak and the package's part of it are loaded when somebody asks, on this thread.
    from mtleak_gui.link.ble_scan import scan_for_boards  # noqa: PLC0415

    scan_for_boards(found, ended, seconds)
