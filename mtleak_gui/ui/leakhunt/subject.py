# SPDX-License-Identifier: GPL-3.0-only
"""What can be judged: the recording that is shown, its devices and their fields, as plain values."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from mtleak_gui.core.markers import Marker
from mtleak_gui.core.series_key import FREE_HEAP, SeriesKey


class DeviceChoice(NamedTuple):
    """One device. ``last_restart`` and ``last_ts`` (its newest row) are epoch seconds."""

    port: str
    name: str
    fields: tuple[SeriesKey, ...] = (FREE_HEAP,)
    last_restart: float | None = None
    last_ts: float | None = None


class Subject(NamedTuple):
    """A recording. ``live`` while it is being written: windows then end now."""

    folder: Path | None = None
    devices: tuple[DeviceChoice, ...] = ()
    current: str = ""
    markers: tuple[Marker, ...] = ()
    live: bool = False

    def device(self, port: str) -> DeviceChoice | None:
        """Return a device by its port."""
        return next((device for device in self.devices if device.port == port), None)
