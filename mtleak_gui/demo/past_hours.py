# SPDX-License-Identifier: GPL-3.0-only
"""The hours before now, as a recorder would have heard them from a scenario's board: raw items in order of time.

A ``VirtualBoard`` with the same scenario, seed and ``born`` goes on where they end: same boot, same uptime, same heap.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from meshtastic.protobuf import mesh_pb2, portnums_pb2, telemetry_pb2

from mtleak_gui.core.records import RawEvent, RawItem, RawLine, RawPacket
from mtleak_gui.demo.boot_timeline import BOOT_TEXT_ENDS, CLIENT_BYTES, Abort, BootTimeline, Happening, TelemetryTick
from mtleak_gui.demo.console_text import RESET, LogEntry, RawOutput, console_line, log_record
from mtleak_gui.demo.lifeline import Boot, boots
from mtleak_gui.demo.mesh_nodes import BROADCAST, identity, neighbours, node_id
from mtleak_gui.demo.mesh_traffic import HeardPacket
from mtleak_gui.demo.package_packets import received_packet
from mtleak_gui.demo.scenario import Scenario
from mtleak_gui.demo.telemetry_service import Moment, TelemetryService

HOUR = 3600.0


class Listener(NamedTuple):
    """How the board was listened to: ``console`` hears the text console, else frames with the debug log API on."""

    port: str
    role: str
    console: bool = False


def past_items(
    scenario: Scenario,
    listener: Listener,
    *,
    until: float,
    hours: float,
    seed: int = 1,
    born: float | None = None,
    connected_before: bool = False,
) -> Iterator[RawItem]:
    """Yield what was heard in the ``hours`` before ``until`` (epoch s), lazily and in order.

    ``born`` is when the board was switched on; by default at the beginning of those hours. With frames there are
    connection events around restarts and, unless the listener was ``connected_before``, at the beginning; a console
    only hears lines.
    """
    since = until - hours * HOUR
    switched_on = since if born is None else born
    for boot in boots(scenario, seed=seed, born=switched_on):
        if boot.ends is not None and boot.ends < since:
            continue
        if boot.began > until:
            return
        heard = _Boot(scenario, listener, seed, boot)
        is_new = boot.began > since or not connected_before
        yield from heard.items(max(since, boot.began), until, is_new=is_new)


class _Boot:
    """One boot, listened to."""

    def __init__(self, scenario: Scenario, listener: Listener, seed: int, boot: Boot) -> None:
        self._scenario = scenario
        self._listener = listener
        self._boot = boot
        self._timeline = BootTimeline(scenario, seed=seed, boot=boot)
        self._telemetry = TelemetryService(scenario)
        self._identity = identity(scenario, seed)
        self._own = self._identity.num
        # Whoever listens with frames is a client, which costs the board some heap.
        self._held = 0 if listener.console else CLIENT_BYTES
        self._nodes = 1 + len(neighbours(scenario, seed))

    def items(self, since: float, until: float, *, is_new: bool) -> Iterator[RawItem]:
        """Yield what is heard of this boot between two epoch times; ``is_new``: one connects to it first."""
        after = since - self._boot.began
        self._telemetry.resume(after, client_was_there=True)
        if is_new and not self._listener.console:
            yield self._event(since, "connection_established", {"reboot_count": self._boot.number})
            yield self._event(since, "device_info", self._device())
        for happening in self._timeline.between(after or -1.0, until - self._boot.began, held=self._held):
            yield from self._heard(happening)

    def _heard(self, happening: Happening) -> Iterator[RawItem]:
        match happening:
            case LogEntry():
                yield from self._lines(happening)
            case RawOutput():
                ts = self._boot.wall(happening.at)
                for text in happening.text.splitlines():
                    if text:
                        yield RawLine(ts, self._listener.port, self._listener.role, text)
            case TelemetryTick():
                yield from self._telemetry_items(happening.at)
            case HeardPacket() if not self._listener.console:
                ts = self._boot.wall(happening.at)
                yield self._packet(ts, happening.mesh_packet(int(ts)))
            case Abort() if not self._listener.console:
                yield self._event(self._boot.wall(happening.at), "connection_lost", None)
            case _:
                pass

    def _lines(self, entry: LogEntry) -> Iterator[RawLine]:
        """Yield a log entry in the form that the listener gets; a restarted board speaks text until it is asked."""
        ts, port, role = self._boot.wall(entry.at), self._listener.port, self._listener.role
        if self._listener.console or (self._boot.crashed_before and entry.at < BOOT_TEXT_ENDS):
            platform = self._scenario.hardware.platform
            text = console_line(entry, ts, prefix=self._scenario.debug_heap, millis=platform.simulated_radio)
            for line in f"{RESET}{text.removesuffix(RESET)}".splitlines():
                yield RawLine(ts, port, role, line)
        else:
            record = log_record(entry, ts).log_record
            level = _LEVELS.get(record.level)
            yield RawLine(ts, port, role, record.message, level, record.source or None, record.time)

    def _telemetry_items(self, uptime: float) -> Iterator[RawItem]:
        moment = Moment(uptime, self._boot.wall(uptime), self._timeline.state(uptime, self._held), self._nodes)
        messages, lines = self._telemetry.run(moment, queue_is_empty=True)
        for level, text in lines:
            free = self._timeline.state(uptime, self._held).free
            yield from self._lines(LogEntry(uptime, level, "DeviceTelemetry", text, free))
        if not self._listener.console:
            for index, message in enumerate(messages):
                yield self._packet(moment.wall, self._own_packet(message, int(moment.wall) * 2 + index))

    def _own_packet(self, message: telemetry_pb2.Telemetry, packet_id: int) -> mesh_pb2.MeshPacket:
        data = mesh_pb2.Data(portnum=portnums_pb2.PortNum.TELEMETRY_APP, payload=message.SerializeToString())
        fields = {"from": self._own, "to": BROADCAST, "id": packet_id & 0xFFFFFFFF, "hop_limit": 3, "decoded": data,
                  "priority": mesh_pb2.MeshPacket.Priority.BACKGROUND}  # fmt: skip
        return mesh_pb2.MeshPacket(**fields)

    def _packet(self, ts: float, packet: mesh_pb2.MeshPacket) -> RawPacket:
        return RawPacket(ts, self._listener.port, self._listener.role, received_packet(packet), self._own)

    def _event(self, ts: float, kind: str, data: dict[str, object] | None) -> RawEvent:
        node = {"node_id": node_id(self._own)}
        return RawEvent(ts, kind, port=self._listener.port, role=self._listener.role, data=node | (data or {}))

    def _device(self) -> dict[str, object]:
        """Return what the board says of itself in a handshake."""
        hardware = self._scenario.hardware
        return {
            "node_num": self._own,
            "long_name": self._identity.long_name,
            "short_name": self._identity.short_name,
            "hardware": hardware.model,
            "firmware": self._scenario.firmware,
            "environment": hardware.environment,
            "region": "UNSET" if hardware.platform.simulated_radio else "EU_868",
            "device_role": "CLIENT",
            "reboot_count": None if hardware.platform.simulated_radio else self._boot.number,
        }


_LEVELS = {10: "DEBUG", 20: "INFO", 30: "WARN", 40: "ERROR", 50: "CRIT"}
