# SPDX-License-Identifier: GPL-3.0-only
"""Timelines: whose samples are taken, which values are samples, and what the figures and points say."""

from __future__ import annotations

import math
import random
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtleak_gui.storage.query_answers import QueryError, TimelineAnswer
from mtleak_gui.storage.recording_reader import RecordingReader
from mtleak_gui.storage.timeline import Stretch, shown_points, summed
from tests.storage.peer_queries import NOW, PORT, heap_row, our_folder, peer_folder, stored

START = NOW - 3000
OWN, OTHER = "!a1b2c3d4", "!00000042"


def packet(ts: float, node: object, variant: str = "local", port: str = PORT, **fields: object) -> dict[str, object]:
    return {"ts": ts, "port": port, "role": "serial", "from_node": node, "variant": variant, "fields": fields}


def device_info(ts: float, node: object, port: str = PORT) -> dict[str, object]:
    number = {"node_num": node} if isinstance(node, int) else {"node_id": node, "node_num": None}
    return {
        "ts": ts,
        "kind": "device_info",
        "label": None,
        "note": None,
        "port": port,
        "role": "serial",
        "data": number,
    }


def asked(folder: Path, *arguments: Any, **options: Any) -> TimelineAnswer:
    return RecordingReader(folder, clock=lambda: NOW).telemetry_timeline(*arguments, **options)


def heaps(folder: Path, **options: Any) -> list[float]:
    return [value for _, value in asked(folder, **options).points]


MESH = [
    heap_row(START, 100),
    packet(START + 1, OWN, freeHeap=101, totalHeap=500),
    packet(START + 2, OTHER, heapFreeBytes=102),
    packet(START + 3, 0xA1B2C3D4, free_heap=103),
    packet(START + 4, OWN, "device", batteryLevel=99),
]


def test_the_device_that_said_who_it_is_is_taken_by_default(tmp_path: Path) -> None:
    folder = our_folder(tmp_path / "r", "telemetry", [MESH])
    our_folder(folder, "events", [[device_info(START - 5, 0xA1B2C3D4)]])
    answer = asked(folder)
    assert [value for _, value in answer.points] == [100, 101, 103]
    assert answer.nodes == (None, OWN)
    assert answer.report.notes == ("Samples of other nodes left out: 1 (!00000042). Node any takes them too.",)
    assert heaps(folder, node="any") == [100, 101, 102, 103]
    assert heaps(folder, node=OTHER) == heaps(folder, node=0x42) == heaps(folder, node="66") == [102]
    assert heaps(folder, node=OWN.upper()) == [101, 103]


def test_without_such_an_event_the_likeliest_node_is_taken_and_named(tmp_path: Path) -> None:
    folder = peer_folder(tmp_path / "r", "telemetry", [MESH])
    answer = asked(folder)
    assert [value for _, value in answer.points] == [100, 101, 103]
    assert f"{OWN} is taken for it" in answer.report.notes[0]


def test_a_port_that_was_connected_to_two_boards_follows_them(tmp_path: Path) -> None:
    rows = [packet(START + number, node, heapFreeBytes=number + 1) for number in range(10) for node in (OWN, OTHER)]
    folder = our_folder(tmp_path / "r", "telemetry", [rows[:8], rows[8:]])
    our_folder(folder, "events", [[device_info(START - 1, OWN), device_info(START + 5, OTHER)]])
    answer = asked(folder)
    assert [value for _, value in answer.points] == list(range(1, 11))
    assert set(answer.nodes) == {OWN, OTHER}


def test_each_port_has_its_own_node(tmp_path: Path) -> None:
    rows = [packet(START, OWN, port="a", heapFreeBytes=1), packet(START + 1, OTHER, port="a", heapFreeBytes=2)]
    rows += [packet(START + 2, OWN, port="b", heapFreeBytes=3), packet(START + 3, OTHER, port="b", heapFreeBytes=4)]
    folder = our_folder(tmp_path / "r", "telemetry", [rows])
    our_folder(folder, "events", [[device_info(START, OWN, "a"), device_info(START, OTHER, "b")]])
    assert heaps(folder) == [1, 4]
    assert heaps(folder, port="b") == [4]


def test_all_names_of_a_field_are_one(tmp_path: Path) -> None:
    folder = our_folder(tmp_path / "r", "telemetry", [MESH])
    for name in ("free_heap", "freeHeap", "heap_free_bytes", "heapFreeBytes"):
        assert heaps(folder, field=name, node="any") == [100, 101, 102, 103]
    for name in ("total_heap", "totalHeap", "heap_total_bytes", "heapTotalBytes"):
        assert heaps(folder, field=name) == [500]
    assert heaps(folder, field="battery_level", variant="device") == heaps(
        folder, field="batteryLevel", variant="device"
    )


def test_values_that_mean_not_reported_are_no_samples(tmp_path: Path) -> None:
    values = [4_294_967_295, 0xFFFFFF00, 0, -1, 5000, True, "6000", None, 7000.5]
    folder = our_folder(tmp_path / "r", "telemetry", [[heap_row(START + n, value) for n, value in enumerate(values)]])
    answer = asked(folder)
    assert [value for _, value in answer.points] == [5000, 7000.5]
    assert "Values of free_heap left out: 4." in answer.report.notes[-1]
    nothing = our_folder(tmp_path / "n", "telemetry", [[heap_row(START, -1)]])
    silent = asked(nothing)
    assert (silent.samples, silent.minimum, silent.mean, silent.slope_per_min, silent.points) == (
        0,
        None,
        None,
        None,
        (),
    )


def test_unknown_names_are_refused_with_those_that_are_there(tmp_path: Path) -> None:
    folder = our_folder(tmp_path / "r", "telemetry", [MESH[:2], MESH[2:]])
    for options, sentence in (
        (
            {"field": "heep"},
            "field 'heep' is not among the local telemetry: there is device: batteryLevel; local: freeHeap",
        ),
        ({"variant": "moon"}, "variant 'moon' is not in this recording: it has device, local"),
        ({"port": "COM9"}, f"port 'COM9' has no telemetry in this recording: it has {PORT}"),
        ({"node": "!00000001"}, "node '!00000001' has sent no free_heap: there is !00000042, !a1b2c3d4"),
        ({"node": "Bob"}, "node 'Bob' is no node: a node is its id"),
        ({"max_points": -1}, "max_points -1 is no number of rows"),
        ({"window": "1 fortnight"}, "a window is a span up to now"),
    ):
        with pytest.raises(ValueError, match=re.escape(sentence)):
            asked(folder, **options)


def test_a_known_field_outside_the_window_is_no_error(tmp_path: Path) -> None:
    folder = our_folder(tmp_path / "r", "telemetry", [MESH[:2], MESH[2:]])
    assert asked(folder, "10s").samples == 0


def test_no_spike_vanishes_and_points_ascend(tmp_path: Path) -> None:
    chance = random.Random(1)
    values = [50_000 + chance.randint(-200, 200) for _ in range(5000)]
    values[1234], values[4321] = 900_000, 7
    rows = [heap_row(START + number / 2, value) for number, value in enumerate(values)]
    folder = our_folder(tmp_path / "r", "telemetry", [rows[:1200], rows[1200:3000], rows[3000:]])
    for most in (2, 3, 10, 200, 999):
        points = asked(folder, max_points=most).points
        assert len(points) <= most
        assert {900_000.0, 7.0} <= {value for _, value in points}
        assert list(points) == sorted(points)
        assert set(points) <= {(START + number / 2, value) for number, value in enumerate(values)}
    assert asked(folder, max_points=1).points == ((START + 617, 900_000.0),)
    assert asked(folder, max_points=0).points == ()


@given(st.lists(st.tuples(st.floats(0, 3000), st.floats(1, 1e7)), min_size=1, max_size=60))
def test_figures_are_those_of_all_raw_samples(samples: list[tuple[float, float]]) -> None:

    samples = sorted((NOW + ts, value) for ts, value in samples)
    times, values = (np.array(column) for column in zip(*samples, strict=True))
    cut = len(samples) // 3
    sums = summed([Stretch(times[:cut], values[:cut]), Stretch(times[cut:], values[cut:])])
    assert (sums.count, sums.low, sums.high) == (len(samples), values.min(), values.max())
    assert math.isclose(sums.mean_y, float(values.mean()), rel_tol=1e-12)
    x = times - times.mean()
    if float(x @ x) > 1e-3:
        expected = float(x @ (values - values.mean())) / float(x @ x) * 60
        assert sums.slope_per_min is not None
        assert math.isclose(sums.slope_per_min, expected, rel_tol=1e-6, abs_tol=1e-3)
    points = shown_points([Stretch(times, values)], 8)
    assert len(points) <= 8
    assert {values.min(), values.max()} <= {value for _, value in points}


def test_a_row_that_stands_in_an_archive_without_columns_is_read_from_its_members(tmp_path: Path) -> None:
    rows = [heap_row(START + number, 10_000 - number) for number in range(1000)]
    folder = peer_folder(tmp_path / "r", "telemetry", [rows, []])
    reader = RecordingReader(folder, clock=lambda: NOW, may_write=False)
    assert reader.telemetry_timeline((START + 10, START + 19)).samples == 10
    assert reader.telemetry_timeline("1h").samples == 1000
    with pytest.raises(QueryError, match="field 'x'"):
        reader.telemetry_timeline("1h", field="x")
    (folder / "telemetry.jsonl").write_bytes(stored([heap_row(START + 2000, 77)]))
    assert reader.telemetry_timeline("1h").minimum == 77
