# SPDX-License-Identifier: GPL-3.0-only
"""The past as histories, filled on a thread of its own: putting millions of samples in place takes many frames."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot

from mtleak_gui.core.past import Past, PastPort
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.core.series_key import SeriesKey

PortHistories = Mapping[SeriesKey, SeriesHistory]
LEAST_ROOM = 4_096


class FilledPast(NamedTuple):
    """A past, and the series of each of its ports as histories, which belong to who takes them."""

    past: Past
    histories: Mapping[str, PortHistories]


class PastFilling(QObject):
    """Fills histories, for the past that was asked for last only. Lives on the GUI thread."""

    filled = Signal(object)
    """A ``FilledPast``."""
    _ready = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._ready.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def fill(self, past: Past) -> None:
        """Begin to fill; ``filled`` comes when it is done. Returns at once."""
        self._number += 1
        number = self._number

        def work() -> None:
            filled = FilledPast(past, histories_of(past))
            # A program that has ended meanwhile has nobody left to tell.
            with contextlib.suppress(RuntimeError):
                self._ready.emit(number, filled)

        threading.Thread(target=work, name="filling the past", daemon=True).start()

    def cancel(self) -> None:
        """Tell nothing of what was asked for."""
        self._number += 1

    @Slot(int, object)
    def _tell(self, number: int, filled: FilledPast) -> None:
        if number == self._number:
            self.filled.emit(filled)


def histories_of(past: Past) -> Mapping[str, PortHistories]:
    """Return the series of each port as histories."""
    return {port.port: port_histories(port) for port in past.ports}


def port_histories(port: PastPort) -> PortHistories:
    """Return the series of a port, with room for what comes and all that plots ask of them worked out."""
    histories: dict[SeriesKey, SeriesHistory] = {}
    for key, series in port.series.items():
        history = histories[key] = SeriesHistory()
        history.put_before(series.ts, series.value, series.source, series.uptime)
        history.reserve(len(history) // 4 + LEAST_ROOM)
        _ = history.pyramid, history.moments, history.gaps
    return histories
