# SPDX-License-Identifier: GPL-3.0-only
"""Queries over folders of both recorders: our answers are the peer's, in both directions."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meshtastic_mcp.recorder.recorder import Recorder

from mtleak_gui.core.records import StreamName
from mtleak_gui.storage.recording_reader import RecordingReader
from tests.storage.peer_queries import NOW, PORT, Peer, Rows, our_folder, peer_folder

names = st.sampled_from(["Router", "Power", "ERROR", "WARN", "INFO", "", 'odd "name"\\', "größer", None])
texts = st.text(max_size=12) | st.sampled_from(
    ["heap free", "HEAP 12", "Alloc an err=5", 'a "quoted" \\ word', "é\x1b[0m"]
)
ports = st.sampled_from([PORT, "tcp:10.0.0.1", None])
nodes = st.sampled_from(["!a1b2c3d4", "!00000001", 42, None])
gaps = st.lists(st.floats(0.001, 900), max_size=30)
numbers = st.integers(-5, 300_000) | st.floats(1, 1e6) | st.none() | st.just("text")
fields = st.sampled_from(["battery_level", "numOnlineNodes", "x"])
expressions = st.sampled_from(
    ["heap", "(?i)heap", r"Alloc an err=\d", "heap|Alloc", r"\d+", "^$", "é", '"quoted"', "^a", "größer|x", "(?i)k"]
)
builders = st.sampled_from([peer_folder, our_folder])
Build = Callable[[Path, StreamName, list[Rows]], Path]


def in_files(rows: Rows, cuts: list[int]) -> list[Rows]:
    """Cut rows into files; the last may be empty."""
    bounds = sorted(min(cut, len(rows)) for cut in cuts)
    return [rows[low:high] for low, high in zip([0, *bounds], [*bounds, len(rows)], strict=True)]


@st.composite
def recorded(draw: st.DrawFn, /, **keys: st.SearchStrategy[object]) -> list[Rows]:
    """Rows whose time never goes backwards, in up to four files; ``seq`` keeps them apart."""
    ts, rows = NOW - 9000, []
    for number, gap in enumerate(draw(gaps)):
        ts += gap
        rows.append({"ts": ts, **{key: draw(value) for key, value in keys.items()}, "seq": number})
    return in_files(rows, draw(st.lists(st.integers(0, 30), max_size=3)))


@pytest.fixture(scope="module")
def patcher() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@contextmanager
def both(
    build: Build, stream: StreamName, files: list[Rows], patcher: pytest.MonkeyPatch
) -> Iterator[tuple[RecordingReader, Peer]]:
    with tempfile.TemporaryDirectory() as place:
        folder = build(Path(place) / "recording", stream, files)
        yield RecordingReader(folder, clock=lambda: NOW), Peer(folder, patcher)


def same_rows(ours: dict[str, Any], theirs: dict[str, Any], name: str) -> None:
    assert json.dumps(ours[name]) == json.dumps(theirs[name])  # keys and their order as well
    assert {key: ours[key] for key in ("total_matched", "dropped", "window")} == {
        key: theirs[key] for key in ("total_matched", "dropped", "window")
    }


many = settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@many
@given(
    builders,
    recorded(port=ports, level=names, tag=names, line=texts),
    st.sampled_from([("-3h", "now"), ("-30m", "-10m"), (NOW - 8000, NOW - 100), ("2026-05-07T12:30:00", "now")]),
    st.fixed_dictionaries(
        {},
        optional={
            "grep": expressions,
            "level": st.sampled_from(["ERROR", "ERROR|WARN", "INFO | odd", "|", "größer"]),
            "tag": st.sampled_from(["Router", 'odd "name"\\', "", "größer"]),
            "port": ports,
            "max_lines": st.integers(0, 12),
        },
    ),
)
def test_log_windows(
    patcher: pytest.MonkeyPatch, build: Build, files: list[Rows], window: tuple[Any, Any], asked: dict[str, Any]
) -> None:
    with both(build, "logs", files, patcher) as (reader, peer):
        theirs = peer.ask("logs_window", *window, **asked)
        for _ in range(2):  # the second answer comes from what the first has learned
            same_rows(reader.logs_window(*window, **asked).as_dict(), theirs, "lines")


@many
@given(
    builders,
    recorded(port=ports, from_node=nodes, to_node=nodes, portnum=st.sampled_from(["A_APP", "B_APP", None])),
    st.fixed_dictionaries(
        {},
        optional={
            "portnum": st.sampled_from(["A_APP", "A_APP|B_APP"]),
            "from_node": st.sampled_from(["!a1b2c3d4", "42", "None"]),
            "to_node": st.sampled_from(["!00000001", "42"]),
        },
    ),
    st.integers(0, 12),
)
def test_packet_windows(
    patcher: pytest.MonkeyPatch, build: Build, files: list[Rows], asked: dict[str, Any], most: int
) -> None:
    with both(build, "packets", files, patcher) as (reader, peer):
        theirs = peer.ask("packets_window", "-2h", "now", max=most, **asked)
        same_rows(reader.packets_window("-2h", "now", max_rows=most, **asked).as_dict(), theirs, "packets")


@many
@given(builders, recorded(kind=st.sampled_from(["mark", "reboot", None]), label=texts), st.integers(0, 12))
def test_event_windows(patcher: pytest.MonkeyPatch, build: Build, files: list[Rows], most: int) -> None:
    with both(build, "events", files, patcher) as (reader, peer):
        for kind in (None, "mark", "mark|reboot"):
            theirs = peer.ask("events_window", "-2h", "now", kind=kind, max=most)
            same_rows(reader.events_window("-2h", "now", kind=kind, max_rows=most).as_dict(), theirs, "events")


@many
@given(
    builders,
    recorded(
        port=ports,
        from_node=nodes,
        variant=st.sampled_from(["local", "device"]),
        fields=st.none()
        | st.dictionaries(st.sampled_from(["battery_level", "numOnlineNodes", "x"]), numbers, max_size=2),
    ),
    st.sampled_from(["90m", "-2h", 3600]),
    st.sampled_from(["battery_level", "num_online_nodes", "numOnlineNodes"]),
)
def test_timelines(patcher: pytest.MonkeyPatch, build: Build, files: list[Rows], window: Any, field: str) -> None:
    port = PORT if len(files) % 2 else None
    with both(build, "telemetry", files, patcher) as (reader, peer):
        theirs = peer.ask("telemetry_timeline", window, field=field, port=port)
        try:
            ours = reader.telemetry_timeline(window, field=field, port=port, node="any").as_dict()
        except ValueError:
            assert theirs["samples"] == 0  # unknown here: we say so where the peer shows nothing
            return
        assert ours["window"] == theirs["window"]
        assert [ours[key] for key in ("samples", "min", "max")] == [theirs[key] for key in ("samples", "min", "max")]
        assert ours["points"] == theirs["points"]
        slope: Any = ours["slope_per_min"]
        other: Any = theirs["slope_per_min"]
        assert slope == other or math.isclose(slope, other, rel_tol=1e-9, abs_tol=1e-9)


def test_a_folder_of_the_peers_own_recorder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(base_dir=tmp_path)
    recorder.start()
    board = SimpleNamespace(devPath=PORT)
    for number in range(20):
        recorder._on_log_line(f"DEBUG | 12:00:{number:02d} {number} [Router] [heap {9000 - number}] working", board)
        if number == 9:
            recorder.force_rotate_all()
    recorder.mark_event("start", "of a test — with a dash")
    recorder.stop()
    monkeypatch.setenv("MESHTASTIC_MCP_LOG_DIR", str(tmp_path))
    reader = RecordingReader(tmp_path)
    lines = reader.logs_window("-1h", grep="working").as_dict()
    assert lines["total_matched"] == 20
    assert reader.logs_window(level="MARK").rows[0]["line"] == "[mark] start — of a test — with a dash"
    heap = reader.telemetry_timeline()
    assert (heap.samples, heap.minimum, heap.maximum) == (20, 8981.0, 9000.0)
    assert [row["kind"] for row in reader.events_window().rows] == ["recorder_start", "mark"]


@many
@given(builders, recorded(line=texts), st.floats(NOW - 9000, NOW), st.floats(0, 9000))
def test_exports(patcher: pytest.MonkeyPatch, build: Build, files: list[Rows], start: float, length: float) -> None:
    with both(build, "logs", files, patcher) as (reader, peer):
        targets = reader.folder.parent
        theirs = peer.ask("export", start, start + length, str(targets / "theirs"))
        ours = reader.export(start, start + length, targets / "ours")
        assert (targets / "ours" / "logs.jsonl").read_bytes() == Path(theirs["paths"]["logs"]).read_bytes()
        assert dict(ours.counts) == {"logs": int(theirs["paths"]["logs_count"])}
