# SPDX-License-Identifier: GPL-3.0-only
"""What can be judged: the recording that is shown, its devices and their fields, as plain values."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from mtleak_gui.core.markers import Marker
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.core.series_key import FREE_HEAP, SeriesKey
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.requests import LeakhuntRequest


class DeviceChoice(NamedTuple):
    """One device. ``last_restart`` and ``last_ts`` (its newest row) are epoch seconds."""

    port: str
    name: str
    fields: tuple[SeriesKey, ...] = (FREE_HEAP,)
    last_restart: float | None = None
    last_ts: float | None = None


class Subject(NamedTuple):
    """A recording. ``live`` while it is being written: windows then end now.

    ``elsewhere``: it is not the one that is shown, so that none of its samples are at hand.
    """

    folder: Path | None = None
    devices: tuple[DeviceChoice, ...] = ()
    current: str = ""
    markers: tuple[Marker, ...] = ()
    live: bool = False
    elsewhere: bool = False

    def device(self, port: str) -> DeviceChoice | None:
        """Return a device by its port."""
        return next((device for device in self.devices if device.port == port), None)

    def shape(self) -> object:
        """Return what the lists of choices are made of: all but the newest times."""
        devices = tuple(device._replace(last_ts=None) for device in self.devices)
        return self.folder, devices, self.markers


def subject_of(bench: Bench) -> Subject:
    """Return what can be judged now."""
    recorder = bench.recorder
    current = bench.current
    return Subject(
        folder=bench.folder,
        devices=tuple(_device(session) for session in bench.sessions),
        current="" if current is None else current.port,
        markers=bench.markers,
        live=recorder.running and not recorder.read_only,
    )


def other_recording(request: LeakhuntRequest) -> Subject:
    """Return the recording that a request names in place of the one that is shown."""
    field = SeriesKey(request.variant, request.field)
    fields = (FREE_HEAP,) if field == FREE_HEAP else (FREE_HEAP, field)
    device = DeviceChoice(request.port or "", request.device or request.port or "", fields, last_ts=request.end)
    return Subject(Path(request.recording or ""), (device,), device.port, elsewhere=True)


def history_of(bench: Bench, port: str, key: SeriesKey) -> SeriesHistory | None:
    """Return the samples of a device of the recording that is shown."""
    session = bench.session(port)
    return None if session is None else session.history(key.variant, key.field)


def _device(session: Session) -> DeviceChoice:
    restart = session.last_restart
    fields = session.fields() or (FREE_HEAP,)
    return DeviceChoice(
        port=session.port,
        name=session.name,
        fields=fields if FREE_HEAP in fields else (FREE_HEAP, *fields),
        last_restart=None if restart is None else restart.start,
        last_ts=session.heard_ts,
    )
