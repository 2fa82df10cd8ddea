# SPDX-License-Identifier: GPL-3.0-only
"""A recording read whole for a window: series of each port, who it is, restarts, marks, the newest log lines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mtleak_gui.core.markers import Marker, edit_event
from mtleak_gui.core.past import Past, PastPort
from mtleak_gui.core.rows import event_row
from mtleak_gui.core.series_key import (
    FREE_HEAP,
    LARGEST_BLOCK,
    MIN_FREE_HEAP,
    SOURCES,
    TOTAL_HEAP,
    SeriesKey,
)
from mtleak_gui.storage.compression import archive_part
from mtleak_gui.storage.past_reader import PastReader
from tests.storage import boards
from tests.storage.board_recording import NODE, PORT, START, BoardRecording

STAMP = "20261118-100000-000000-00000"


def read(folder: Path, log_rows: int = 200_000) -> Past:
    return PastReader(folder).read(log_rows, lambda _share, _words: None)


def only_port(past: Past) -> PastPort:
    (port,) = past.ports
    return port


def sources(port: PastPort, key: SeriesKey = FREE_HEAP) -> dict[str, int]:
    codes = port.series[key].source.tolist()
    return {SOURCES[code]: codes.count(code) for code in sorted(set(codes))}


@pytest.mark.parametrize("ours", [True, False])
def test_a_board_is_read_whole_whoever_recorded_it(tmp_path: Path, ours: bool) -> None:
    past = read(boards.leak_of_router(ours=ours).write(tmp_path))
    port = only_port(past)
    heap = port.series[FREE_HEAP]
    assert (port.port, past.ours, past.demo) == (PORT, ours, False)
    assert sources(port) == {"debug_heap_serial": 4_320}
    assert np.all(np.diff(heap.ts) >= 0)
    assert heap.value[0] - heap.value[-1] == 90 * 512
    assert heap.uptime[0] == pytest.approx(heap.ts[0] - START + 200_000, abs=1.0)
    assert [delta.thread for delta in port.thread_deltas].count("Router") == 90
    assert port.debug_heap.prefix == len(past.logs) == 4_320
    assert (past.first_ts, past.last_ts) == (START + 2.5, START + 21_597.5)
    assert (port.first_ts, port.last_ts) == (past.first_ts, past.last_ts)
    assert port.first_uptime == pytest.approx(200_002, abs=1.0)


def test_the_figures_that_a_line_states_are_there_once_for_ours_and_for_the_peers_rows(tmp_path: Path) -> None:
    for ours in (True, False):
        board = BoardRecording(ours=ours)
        text = "Heap: 118432/294912 bytes free (-2144 since last), min 96204, largest block 65524"
        board.line(100.0, text, thread="Power")
        board.raw_line(500.0, "------ Thread Router leaked heap 53612 -> 53484 (-128) ------")
        port = only_port(read(board.write(tmp_path / str(ours))))
        assert port.series[FREE_HEAP].value.tolist() == [118_432.0, 53_484.0]
        assert port.series[LARGEST_BLOCK].value.tolist() == [65_524.0]
        assert port.series[MIN_FREE_HEAP].value.tolist() == [96_204.0]
        assert port.total_heap == 294_912


def test_archives_and_live_file_make_one_series(tmp_path: Path) -> None:
    boards.slow_leak().write(tmp_path)
    live = tmp_path / "telemetry.jsonl"
    rows = live.read_text().splitlines(keepends=True)
    part = tmp_path / f"telemetry.{STAMP}.jsonl"
    part.write_text("".join(rows[:200]))
    archive_part(part, columns=True, ordered=True, abandoned=bool)
    live.write_text("".join(rows[200:]))
    port = only_port(read(tmp_path))
    assert port.series[FREE_HEAP].ts.tolist() == [START + at for at in boards.MINUTES]
    assert sources(port) == {"local_stats": 360}
    assert port.series[TOTAL_HEAP].value.tolist() == [294_912.0] * 360
    assert not np.any(np.isnan(port.series[FREE_HEAP].uptime))


def test_polled_samples_are_told_apart_and_other_nodes_left_out(tmp_path: Path) -> None:
    board = boards.with_neighbour()
    board.device_info(10.0)
    board.event(3_000.0, "poll_started")
    board.event(6_010.0, "poll_stopped")
    port = only_port(read(board.write(tmp_path)))
    assert sources(port) == {"local_stats": 309, "local_stats_polled": 51}
    assert len(port.series[SeriesKey("device", "battery_level")].ts) == 180


def test_a_board_is_known_by_what_it_said_last(tmp_path: Path) -> None:
    board = boards.steady()
    board.device_info(10.0, long_name="Attic", firmware="2.7.0", reboot_count=3)
    board.device_info(9_000.0, long_name="Attic Two", environment="tbeam", reboot_count="odd")
    device = only_port(read(board.write(tmp_path))).device
    assert device is not None
    assert (device.long_name, device.firmware, device.environment) == ("Attic Two", "2.7.0", "tbeam")
    assert (device.node_id, device.reboot_count, device.port) == (NODE, 3, PORT)


def test_a_console_is_known_by_its_boot_text_however_long_ago(tmp_path: Path) -> None:
    board = BoardRecording()
    board.raw_line(1.0, "INFO  | ??:??:?? 0 S:B:43,2.7.15.1234567,heltec-v3,meshtastic/firmware")
    for number in range(50):
        board.line(10.0 + number, "hello")
    past = read(board.write(tmp_path), log_rows=10)
    device = only_port(past).device
    assert (len(past.logs), past.older_logs) == (10, 41)
    assert device is not None
    assert (device.firmware, device.environment) == ("2.7.15.1234567", "heltec-v3")


def test_a_restart_that_was_recorded_is_told_once_and_one_that_nobody_heard_too(tmp_path: Path) -> None:
    board = boards.reboot()
    told = only_port(read(board.write(tmp_path / "unheard"))).restarts
    assert [(restart.reason, round(restart.ts - START)) for restart in told] == [("uptime_fell", 10_800)]
    board.event(10_800.0, "reboot", data={"reason": "chip_reset", "evidence": "rst:0xc", "uptime_s": 3})
    told = only_port(read(board.write(tmp_path / "heard"))).restarts
    assert [(restart.reason, restart.uptime_s) for restart in told] == [("chip_reset", 3.0)]


def test_marks_stand_as_they_were_corrected(tmp_path: Path) -> None:
    board = boards.steady()
    board.event(3_000.0, "mark", label="burst")
    board.event(6_000.0, "mark", label="lunch")
    board.event(5.0, "node_updated", data={"num": 5})
    board.row("events", event_row(edit_event(START + 9_000.0, Marker(START + 3_000.0, "burst-start", "50 packets"))))
    board.row("events", event_row(edit_event(START + 9_001.0, Marker(START + 6_000.0, "lunch", removed=True))))
    past = read(board.write(tmp_path))
    assert past.marks == (
        Marker(START + 3_000.0, "burst-start", "50 packets"),
        Marker(START + 6_000.0, "lunch", None, removed=True),
    )
    assert [event.kind for event in past.events] == ["mark", "mark", "mark_edit", "mark_edit"]


def test_two_ports_are_kept_apart(tmp_path: Path) -> None:
    board = boards.steady()
    board.port = "tcp:10.0.0.5:4403"
    board.local_stats(30.0, 77_000, node="!00000001")
    past = read(board.write(tmp_path))
    assert {port.port: len(port.series[FREE_HEAP].ts) for port in past.ports} == {PORT: 360, "tcp:10.0.0.5:4403": 1}


def test_rows_of_rubbish_are_left_out(tmp_path: Path) -> None:
    boards.steady().write(tmp_path)
    for stream in ("logs", "telemetry", "events"):
        with (tmp_path / f"{stream}.jsonl").open("a") as file:
            file.write('{"ts":"odd"}\nnot json\n{"ts":1795000001.0,"kind":"device_info","port":5,"data":[1]}\n{"ts":17')
    past = read(tmp_path)
    assert len(past.ports[-1].series[FREE_HEAP].ts) == 360


def test_a_recording_without_a_row_is_empty(tmp_path: Path) -> None:
    past = read(BoardRecording().write(tmp_path))
    assert (past.ports, past.events, len(past.logs), past.first_ts, past.last_ts) == ((), (), 0, None, None)
