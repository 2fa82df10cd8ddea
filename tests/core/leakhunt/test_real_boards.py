# SPDX-License-Identifier: GPL-3.0-only
"""Readings of real nodes: a recorded node with a leak that is known to the byte, and a reported one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from meshtastic.protobuf import mesh_pb2, portnums_pb2, telemetry_pb2

from mtleak_gui.core.leakhunt.analyse import analyse
from tests.core.leakhunt.evidence_by_hand import T0, uptimes, window


def heap_readings(stream: bytes) -> list[tuple[int, int, int]]:
    """Return (device time, uptime, free heap) of each LocalStats in a stream of frames without text between them."""
    found, at = [], 0
    while at < len(stream):
        assert stream[at : at + 2] == b"\x94\xc3"
        end = at + 4 + int.from_bytes(stream[at + 2 : at + 4], "big")
        decoded = mesh_pb2.FromRadio.FromString(stream[at + 4 : end]).packet.decoded
        at = end
        if decoded.portnum == portnums_pb2.PortNum.TELEMETRY_APP:
            telemetry = telemetry_pb2.Telemetry.FromString(decoded.payload)
            if telemetry.HasField("local_stats"):
                stats = telemetry.local_stats
                found.append((telemetry.time, stats.uptime_seconds, stats.heap_free_bytes))
    return found


def test_a_recorded_node_that_loses_4112_bytes_a_minute_is_a_leak(data: Path) -> None:
    readings = heap_readings((data / "heap2-leak-tcp.rx.bin").read_bytes())
    seconds = np.array([time - readings[0][0] for time, _, _ in readings])
    uptime = np.array([told for _, told, _ in readings], np.float64)
    known = uptimes(seconds[uptime > 0], uptime[uptime > 0], telemetry=True)
    stated = np.where(uptime > 0, uptime, np.nan)
    facts = analyse(window(seconds, [free for _, _, free in readings], stated=stated, **known))
    assert facts.samples == 40
    assert facts.restarts == ()
    assert facts.leaking
    assert facts.present is not None
    assert facts.present.slope == pytest.approx(-4_112, rel=0.1)


def test_the_readings_of_firmware_issue_2358_leak_324_bytes_a_minute() -> None:
    minutes = np.arange(45)
    known = uptimes(minutes * 60, 139 + minutes * 60)
    facts = analyse(window(minutes * 60, 119_340 - 324 * minutes, **known))
    assert facts.leaking
    assert facts.present is not None
    assert facts.present.slope == pytest.approx(-324)
    assert facts.present.start == T0
    assert facts.time_left is not None
    assert facts.time_left.to_zero == pytest.approx((119_340 - 44 * 324) / 324, rel=0.01)
