# SPDX-License-Identifier: GPL-3.0-only
"""The events of a recording as raw events, and what they say of its boards: who they are, when they restarted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from mtleak_gui.core.leakhunt.boots import Boot, boots_of
from mtleak_gui.core.leakhunt.evidence import Evidence
from mtleak_gui.core.markers import Marker, markers_of
from mtleak_gui.core.records import BootBanner, DeviceInfo, RawEvent
from mtleak_gui.core.restart_watch import SAME_RESTART_S, Restart
from mtleak_gui.storage.evidence_events import EventReading
from mtleak_gui.storage.evidence_rows import EventRow
from mtleak_gui.storage.own_nodes import node_id

MOST_EVENTS = 20_000
_NOISE = "node_updated"
_Value = TypeVar("_Value", str, int)


class PastEvents:
    """All events but those about other nodes, ascending in time."""

    def __init__(self, rows: Iterable[EventRow]) -> None:
        kept = [row for row in rows if row.kind not in (None, _NOISE)]
        self.reading = EventReading(kept)
        """The same events as a verdict reads them."""
        self._all = sorted((_raw(row) for row in kept), key=lambda event: event.ts)

    @property
    def newest(self) -> tuple[RawEvent, ...]:
        """The newest events, ascending."""
        return tuple(self._all[-MOST_EVENTS:])

    @property
    def marks(self) -> tuple[Marker, ...]:
        """The marks as they stand after all corrections."""
        return markers_of(self._all)

    @property
    def roles(self) -> dict[str, str]:
        """The role under which each port was heard last."""
        return {event.port: event.role for event in self._all if event.port is not None and event.role is not None}

    def of_port(self, port: str) -> list[RawEvent]:
        """Return the events of a port, ascending."""
        return [event for event in self._all if event.port == port]

    def device(self, port: str, role: str, banner: BootBanner | None) -> DeviceInfo | None:
        """Return what the board on a port said of itself last, ``None`` when it never did."""
        told = DeviceInfo(port, role)
        for event in self.of_port(port):
            if event.kind == "device_info" and event.data is not None:
                told = _joined(told, event.data)
        if banner is not None:
            told = told._replace(
                hardware=told.hardware or banner.hardware,
                firmware=told.firmware or banner.version,
                environment=told.environment or banner.environment or None,
            )
        return None if told == DeviceInfo(port, role) else told

    def restarts(self, port: str, evidence: Evidence) -> tuple[Restart, ...]:
        """Return the restarts of the board on a port, ascending: those that were recorded, and those that show.

        A board that restarted while nobody listened shows by its uptime, or by its own count of boots, alone.
        """
        told = [_restart(event) for event in self.of_port(port) if event.kind == "reboot"]
        shown = [_shown(boot, port) for boot in boots_of(evidence).found if not _is_told(boot, told)]
        return tuple(sorted([*told, *shown], key=lambda restart: restart.ts))


def _raw(row: EventRow) -> RawEvent:
    data = row.data if isinstance(row.data, Mapping) else None
    return RawEvent(row.ts, row.kind or "", row.label, row.note, row.port, row.role, data)


def _joined(told: DeviceInfo, data: Mapping[str, object]) -> DeviceInfo:
    """Return what was told with newer facts; rows may hold anything."""
    number = _of_type(data.get("node_num"), int)
    return DeviceInfo(
        told.port,
        told.role,
        node_num=number or told.node_num,
        node_id=node_id(number) if number else _of_type(data.get("node_id"), str) or told.node_id,
        long_name=_of_type(data.get("long_name"), str) or told.long_name,
        short_name=_of_type(data.get("short_name"), str) or told.short_name,
        hardware=_of_type(data.get("hardware"), str) or told.hardware,
        firmware=_of_type(data.get("firmware"), str) or told.firmware,
        environment=_of_type(data.get("environment"), str) or told.environment,
        region=_of_type(data.get("region"), str) or told.region,
        device_role=_of_type(data.get("device_role"), str) or told.device_role,
        reboot_count=_of_type(data.get("reboot_count"), int) or told.reboot_count,
    )


def _of_type(value: object, kind: type[_Value]) -> _Value | None:
    return value if isinstance(value, kind) and not isinstance(value, bool) else None


def _restart(event: RawEvent) -> Restart:
    data = event.data or {}
    uptime = data.get("uptime_s")
    return Restart(
        event.ts,
        event.port,
        str(data.get("reason") or "reboot"),
        str(data.get("evidence") or ""),
        float(uptime) if isinstance(uptime, int | float) else None,
        _of_type(data.get("reboot_count"), int),
        _of_type(data.get("reset_reason"), str),
        _of_type(data.get("expected"), str),
    )


def _is_told(boot: Boot, told: Iterable[Restart]) -> bool:
    earliest, latest = min(boot.after, boot.ts) - SAME_RESTART_S, boot.ts + SAME_RESTART_S
    return any(earliest <= restart.ts <= latest for restart in told)


def _shown(boot: Boot, port: str) -> Restart:
    reason = "reboot_count" if boot.signs and boot.signs[0].startswith("reboot_count") else "uptime_fell"
    return Restart(boot.ts, port, reason, "; ".join(boot.signs))
