# SPDX-License-Identifier: GPL-3.0-only
"""A board's session as the Heap page finds it: seven and a half hours of a slow leak with all that may happen."""

from __future__ import annotations

import numpy as np

from mtleak_gui.core.leakhunt.evidence import DebugHeapSigns, Floats, ThreadDelta
from mtleak_gui.core.markers import Marker
from mtleak_gui.core.past import PastPort, PastSeries
from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.core.records import DeviceInfo
from mtleak_gui.core.restart_watch import Restart
from mtleak_gui.core.series_key import FREE_HEAP, LARGEST_BLOCK, MIN_FREE_HEAP, SeriesKey, source_code
from mtleak_gui.engine.session import Session

NOW = 1_795_353_930.0
"""2026-11-22 13:25:30 UTC."""
_HOUR = 3_600.0
_BOOT = NOW - 6.655 * _HOUR
_BURST = (NOW - 2.898 * _HOUR, NOW - 2.556 * _HOUR)
PORT = "/dev/ttyUSB0"

MARKS = (
    Marker(_BURST[0], "burst-start"),
    Marker(_BURST[1], "burst-end", "50 broadcasts"),
    Marker(NOW - 0.758 * _HOUR, "antenna on"),
)
RECORDING = RecorderState(running=True, started_at=NOW - 14 * _HOUR, title="bench")


def leaking_board(*, seed: int = 1) -> Session:
    """Return a board that leaks 82 B/min since its restart 6.7 h ago, with a burst that was given back."""
    session = Session(PORT, "serial_session")
    session.take_past(_past(seed), ())
    return session


def _past(seed: int) -> PastPort:
    random = np.random.default_rng(seed)
    ts = np.concatenate((np.arange(NOW - 14.2 * _HOUR, _BOOT - 190, 1.5), np.arange(_BOOT, NOW, 1.5)))
    value = np.where(ts < _BOOT, 113_500 - (ts - ts[0]) / 60 * 50, 126_800 - (ts - _BOOT) / 60 * 82)
    value = value - np.abs(random.standard_normal(ts.size)) * 260
    burst = (ts >= _BURST[0]) & (ts < _BURST[1])
    value[burst] -= 4_800 * (1 - np.exp(-(ts[burst] - _BURST[0]) / 180)) + random.random(burst.sum()) * 1_900
    uptime = np.where(ts < _BOOT, ts - ts[0] + 400, ts - _BOOT + 8)
    codes = np.full(ts.size, source_code("debug_heap_serial"), np.int8)
    local = np.arange(600, ts.size, 600)
    codes[local] = source_code("local_stats")
    block_ts = np.concatenate(([ts[0]], _BOOT + np.array([1.0, 5_100.0, 10_800.0, 16_600.0, 22_000.0])))
    blocks = np.array([69_620.0, 81_908, 77_812, 73_716, 69_620, 65_524])
    lowest = np.array([91_876.0])
    return PastPort(
        port=PORT,
        role="serial_session",
        device=DeviceInfo(PORT, "serial_session", long_name="bench-a", hardware="HELTEC_V3", firmware="2.7.26.54e0d8d"),
        series={
            FREE_HEAP: PastSeries(ts, value, codes, uptime),
            LARGEST_BLOCK: _series(block_ts, blocks),
            MIN_FREE_HEAP: _series(np.array([NOW - 60.0]), lowest),
            SeriesKey("device", "battery_level"): _series(ts[::600], 90 - np.arange(ts[::600].size) / 20),
        },
        total_heap=280_000.0,
        thread_deltas=_deltas(random),
        restarts=(Restart(_BOOT, PORT, "chip_reset", "rst:0x1 (POWERON)", 8.0),),
        first_ts=float(ts[0]),
        first_uptime=400.0,
        last_ts=float(ts[-1]),
        last_uptime=(float(ts[-1]), float(uptime[-1])),
        debug_heap=DebugHeapSigns(log_lines=40_000, prefix=39_000, thread_delta=400),
    )


def _series(ts: Floats, value: Floats) -> PastSeries:
    return PastSeries(ts, value, np.zeros(ts.size, np.int8), np.full(ts.size, np.nan))


def _deltas(random: np.random.Generator) -> tuple[ThreadDelta, ...]:
    found: list[ThreadDelta] = []
    for thread, size, losses, gains in (
        ("Router", 288, 132, 40),
        ("Power", 352, 8, 4),
        ("DeviceTelemetry", 224, 10, 7),
        ("NodeInfo", 184, 8, 6),
        ("RadioIf", 1_024, 9, 9),
    ):
        for number in range(losses):
            ts = NOW - 5.9 * _HOUR + (number + random.random()) * 5.8 * _HOUR / losses
            found.append(ThreadDelta(ts, None, "leaked", thread, 100_000, 100_000 - size, -size))
            if number < gains:
                found.append(ThreadDelta(ts + 40, None, "freed", thread, 100_000 - size, 100_000, size))
    return tuple(sorted(found))
