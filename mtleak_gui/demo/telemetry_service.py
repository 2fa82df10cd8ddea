# SPDX-License-Identifier: GPL-3.0-only
"""The board's own telemetry: ``src/modules/Telemetry/DeviceTelemetry.cpp``.

DeviceMetrics at each 60 s run, LocalStats at the first run and each 15 minutes, both only while no packet waits for the
client; and replies to requests. ``uptime_seconds`` is as old as the last run, everything else is of the moment.
"""

from __future__ import annotations

from math import sin
from typing import NamedTuple

from google.protobuf.message import DecodeError
from meshtastic.protobuf import telemetry_pb2

from mtleak_gui.demo.scenario import HeapState, Scenario

FIRST_RUN, RUN_EVERY, STATS_EVERY = 75.0, 60.0, 900.0
"""Uptime of the first run (``setStartDelay``), and the pauses between runs and between LocalStats, in seconds."""

LogLines = list[tuple[str, str]]


class Moment(NamedTuple):
    """What a telemetry message is made of: uptime (s), epoch time (s), the heap, and how many nodes there are."""

    uptime: float
    wall: float
    heap: HeapState
    nodes: int


class TelemetryService:
    """The module during one boot. Used under the board's lock."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._seen_uptime = 0
        self._last_stats: float | None = None

    def resume(self, uptime: float, *, client_was_there: bool) -> None:
        """Be as if the runs had gone on up to this uptime, with a client that fetched what they made or without."""
        if uptime >= FIRST_RUN:
            self._seen_uptime = int(FIRST_RUN + (uptime - FIRST_RUN) // RUN_EVERY * RUN_EVERY)
            if client_was_there:
                self._last_stats = FIRST_RUN + (uptime - FIRST_RUN) // STATS_EVERY * STATS_EVERY

    def run(self, moment: Moment, *, queue_is_empty: bool) -> tuple[list[telemetry_pb2.Telemetry], LogLines]:
        """Carry out the 60 s run; return the messages for the client and the lines (level, message) that it logs."""
        self._seen_uptime = int(moment.uptime)
        if not queue_is_empty:
            return [], []
        device = self.device_metrics(moment)
        metrics = device.device_metrics
        messages = [device]
        sent = (
            f"Send: air_util_tx={metrics.air_util_tx:.6f}, channel_utilization={metrics.channel_utilization:.6f}, "
            f"battery_level={metrics.battery_level}, voltage={metrics.voltage:.6f}, uptime={metrics.uptime_seconds}"
        )
        lines = [("INFO", sent), ("DEBUG", "updateTelemetry LOCAL device"), ("INFO", "Send packet to phone")]
        if self._last_stats is None or moment.uptime - self._last_stats >= STATS_EVERY:
            self._last_stats = moment.uptime
            stats = self.local_stats(moment)
            messages.append(stats)
            lines += stats_lines(stats.local_stats)
        return messages, lines

    def reply(self, request: bytes, moment: Moment) -> tuple[telemetry_pb2.Telemetry | None, LogLines]:
        """Return the answer to a request, or ``None`` when this board has no such telemetry."""
        try:
            asked = telemetry_pb2.Telemetry.FromString(request).WhichOneof("variant")
        except DecodeError:
            return None, [("ERROR", "Error decoding DeviceTelemetry module!")]
        if asked == "local_stats":
            stats = self.local_stats(moment)
            return stats, [("INFO", "Device telemetry reply w/ LocalStats to request"), *stats_lines(stats.local_stats)]
        if asked == "device_metrics":
            return self.device_metrics(moment), [("INFO", "Device telemetry reply to request")]
        return None, []

    def device_metrics(self, moment: Moment) -> telemetry_pb2.Telemetry:
        """Return battery and airtime."""
        battery = self._scenario.hardware.platform.has_battery
        percent = 96 - int(moment.uptime / 3600) % 60
        metrics = telemetry_pb2.DeviceMetrics(
            battery_level=percent if battery else 101,
            channel_utilization=_channel_utilization(self._scenario, moment),
            air_util_tx=_air_util(self._scenario, moment),
            uptime_seconds=self._seen_uptime,
        )
        if battery:
            metrics.voltage = round(3.56 + percent * 0.006, 3)
        return telemetry_pb2.Telemetry(time=int(moment.wall), device_metrics=metrics)

    def local_stats(self, moment: Moment) -> telemetry_pb2.Telemetry:
        """Return the radio's counters and, where the platform can tell, the heap."""
        platform = self._scenario.hardware.platform
        stats = telemetry_pb2.LocalStats(
            uptime_seconds=self._seen_uptime,
            channel_utilization=_channel_utilization(self._scenario, moment),
            air_util_tx=_air_util(self._scenario, moment),
            num_total_nodes=moment.nodes,
            num_packets_tx=_packets_sent(moment),
            noise_floor=-120 if platform.simulated_radio else -101 + int(4 * sin(moment.uptime / 700)),
        )
        if self._scenario.other_nodes:
            stats.num_online_nodes = moment.nodes
            stats.num_packets_rx = int(moment.uptime * 4.4 / 60)
            stats.num_packets_rx_bad = int(moment.uptime / 1_300)
            stats.num_rx_dupe = int(moment.uptime / 210)
            stats.num_tx_relay = int(moment.uptime / 95)
        if platform.reports_heap:
            stats.heap_free_bytes = moment.heap.free
            stats.heap_total_bytes = moment.heap.total
        return telemetry_pb2.Telemetry(time=int(moment.wall), local_stats=stats)


def stats_lines(stats: telemetry_pb2.LocalStats) -> LogLines:
    """Return the two lines that are logged whenever LocalStats are made."""
    sending = (
        f"Sending local stats: uptime={stats.uptime_seconds}, channel_utilization={stats.channel_utilization:.6f}, "
        f"air_util_tx={stats.air_util_tx:.6f}, num_online_nodes={stats.num_online_nodes}, "
        f"num_total_nodes={stats.num_total_nodes}, noise_floor={stats.noise_floor}"
    )
    counters = (
        f"num_packets_tx={stats.num_packets_tx}, num_packets_rx={stats.num_packets_rx}, "
        f"num_packets_rx_bad={stats.num_packets_rx_bad}"
    )
    return [("INFO", sending), ("INFO", counters)]


def _packets_sent(moment: Moment) -> int:
    return int(moment.uptime >= 30) + int(moment.uptime / 10_800)


def _channel_utilization(scenario: Scenario, moment: Moment) -> float:
    return round(4.0 + 3.0 * sin(moment.uptime / 1_900), 4) if scenario.other_nodes else 0.0


def _air_util(scenario: Scenario, moment: Moment) -> float:
    return round(0.4 + 0.2 * sin(moment.uptime / 2_700), 4) if scenario.other_nodes else 0.0
