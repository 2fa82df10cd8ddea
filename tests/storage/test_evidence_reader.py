# SPDX-License-Identifier: GPL-3.0-only
"""Evidence cut from recordings: the right rows, their sources, uptimes, the device, archives, what was read around."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from mtleak_gui.core.leakhunt.analyse import analyse
from mtleak_gui.core.leakhunt.evidence import Evidence
from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.storage.compression import archive_part
from mtleak_gui.storage.evidence_reader import EvidenceReader
from mtleak_gui.storage.folder_adoption import write_marker
from mtleak_gui.storage.recording_lock import RecordingLock
from tests.storage import boards
from tests.storage.board_recording import NEIGHBOUR, NODE, START, BoardRecording

SIX_HOURS = Question("6h", START + boards.SIX_HOURS)
STAMP = "20261118-100000-000000-00000"


def read(folder: Path, question: Question = SIX_HOURS) -> Evidence:
    return EvidenceReader(folder, clock=lambda: START + 30_000.0).read(question)


def count_by_source(evidence: Evidence) -> dict[str, int]:
    codes = evidence.samples.source_code.tolist()
    counts = {name: codes.count(code) for code, name in enumerate(evidence.samples.source)}
    return {name: many for name, many in counts.items() if many}


def test_samples_are_ascending_and_tagged_with_their_source(tmp_path: Path) -> None:
    board = boards.steady()
    board.event(3_000.0, "poll_started")
    board.event(6_010.0, "poll_stopped")
    board.line(4_000.0, "hello", heap=118_500)
    board.line(
        8_000.0, "Heap: 118432/294912 bytes free (-2144 since last), min 96204, largest block 65524", thread="Power"
    )
    evidence = read(board.write(tmp_path))
    assert count_by_source(evidence) == {
        "local_stats": 309,
        "local_stats_polled": 51,
        "debug_heap_serial": 1,
        "heap_line": 1,
    }
    assert np.all(np.diff(evidence.samples.ts) >= 0)
    assert (evidence.largest_block.tolist(), evidence.min_free.tolist()) == ([65_524.0], [96_204.0])
    assert evidence.total_heap == 294_912


def test_the_peers_rows_give_the_readings_that_the_peer_did_not_see(tmp_path: Path) -> None:
    board = BoardRecording(ours=False)
    board.line(
        100.0, "Heap: 118432/294912 bytes free (-2144 since last), min 96204, largest block 65524", thread="Power"
    )
    board.line(200.0, "Adding node to database with 41 nodes and 96544 bytes free!")
    board.line(300.0, "MemAudit[periodic]: msgstore=2200 warm=4000 total=6200")
    board.line(400.0, "Alloc in Router::send pointer 0x3fce1234, size: 412, free: 118020")
    board.raw_line(500.0, "------ Thread Router leaked heap 53612 -> 53484 (-128) ------")
    board.line(600.0, "Alloc an err=8,to=0x1,idFrom=0x1,id=0x2")
    board.raw_line(700.0, "INFO  | ??:??:?? 12345.678 [Router] native")
    evidence = read(board.write(tmp_path))
    assert count_by_source(evidence) == {"heap_line": 2, "thread_delta": 1}
    assert evidence.samples.value.tolist() == [118_432.0, 96_544.0, 53_484.0]
    assert (evidence.largest_block.tolist(), evidence.total_heap) == ([65_524.0], 294_912)
    assert [(delta.thread, delta.delta) for delta in evidence.thread_deltas] == [("Router", -128)]
    assert [(site.site, site.size, site.free) for site in evidence.sites] == [("Router::send", 412, 118_020)]
    assert [dict(audit.subsystems) for audit in evidence.audits] == [{"msgstore": 2200, "warm": 4000}]
    assert [(line.signature, line.routing_error) for line in evidence.lines] == [("routing_nak", "NO_RESPONSE")]
    assert evidence.uptime_s[-1] == 12_345.678
    signs = evidence.debug_heap
    assert (signs.log_lines, signs.prefix, signs.thread_delta, signs.alloc_site) == (7, 0, 1, 1)


def test_uptimes_of_both_kinds_stand_in_the_order_of_their_rows(tmp_path: Path) -> None:
    board = BoardRecording(ours=False)
    for number in range(20):
        board.line(10.0 * number, "hello")
        board.local_stats(10.0 * number + 5, 118_000)
    evidence = read(board.write(tmp_path))
    assert evidence.uptime_source.tolist() == [0, 1] * 20
    assert np.all(np.diff(evidence.uptime_ts) > 0)


def test_samples_without_an_uptime_are_told_apart_by_their_rows_when_the_clock_went_back(tmp_path: Path) -> None:
    board = BoardRecording(ours=False)
    for number in range(60):
        # The host's clock is set back by half an hour; the lines of the API state no uptime, DeviceMetrics do.
        at = 60.0 * number - (1_800.0 if number >= 40 else 0.0)
        board.telemetry(at, "device", {"batteryLevel": 90, "uptimeSeconds": 50_000 + 60 * number})
        for second in (10, 30, 50):
            board.raw_line(at + second, f"Heap status: {118_000 - 100 * number}/294912 bytes free (0), running 11/24")
    evidence = read(board.write(tmp_path), Question(window=2_460, at=START + 2_460))
    minutes = (118_000 - evidence.samples.value) / 100
    assert np.abs(evidence.samples.uptime_s - (50_000 + 60 * minutes)).max() <= 60
    trend = analyse(evidence).present
    assert trend is not None
    assert trend.residual_sd < 100


def test_a_chatty_neighbour_is_not_taken_for_the_board_that_hands_out_local_stats(tmp_path: Path) -> None:
    board = BoardRecording(ours=False)
    for number in range(4):
        board.local_stats(900.0 * number, 118_000)
    for number in range(40):
        board.device_metrics(80.0 * number + 3, 70.0, node=NEIGHBOUR)
    assert read(board.write(tmp_path)).samples.value.tolist() == [118_000.0] * 4


def test_local_stats_of_another_heap_than_the_one_of_the_log_are_of_another_node(tmp_path: Path) -> None:
    board = BoardRecording(ours=False)
    for number in range(40):
        board.line(80.0 * number, f"Heap: {118_000 - number}/294912 bytes free (-1 since last)")
        board.local_stats(80.0 * number + 3, 60_000, node=NEIGHBOUR)
        board.device_metrics(80.0 * number + 5, 90.0)
    evidence = read(board.write(tmp_path))
    assert evidence.device.node == NODE
    assert evidence.samples.value.min() > 117_000


def test_uptimes_of_device_metrics_are_of_the_moment_and_those_of_local_stats_are_not(tmp_path: Path) -> None:
    board = BoardRecording(ours=False)
    for number in range(30):
        at = 60.0 * number + 50
        board.telemetry(at, "device", {"batteryLevel": 90, "uptimeSeconds": int(at - board.boot)})
        board.local_stats(at + 1, 118_000)
    evidence = read(board.write(tmp_path))
    assert len(set(evidence.uptime_source.tolist())) == 2
    assert analyse(evidence).restarts == ()


def test_a_clock_that_went_back_keeps_the_uptimes_in_row_order(tmp_path: Path) -> None:
    board = BoardRecording(ours=False, boot=-1_000.0)
    for number in range(20):
        # After row ten the host's clock is set back by ten minutes, while the board runs on.
        back = 600.0 if number >= 10 else 0.0
        board.boot = -1_000.0 - back
        board.line(5_000.0 + 60.0 * number - back, "hello")
    evidence = read(board.write(tmp_path))
    assert np.all(np.diff(evidence.uptime_s) > 0)
    assert np.any(np.diff(evidence.uptime_ts) < 0)


def test_the_device_is_known_from_device_info_or_from_its_banner(tmp_path: Path) -> None:
    told = boards.steady()
    told.device_info(
        -500.0, long_name="bench-a", hardware="HELTEC_V3", environment="heltec-v3", firmware="2.8.0.1a2b3c4"
    )
    device = read(told.write(tmp_path / "told")).device
    assert (device.name, device.node, device.environment) == ("bench-a", NODE, "heltec-v3")
    for ours in (True, False):
        printed = boards.steady(ours=ours)
        printed.raw_line(-90_000.0, "S:B:43,2.8.0.1a2b3c4,heltec-v3,meshtastic/firmware")
        device = read(printed.write(tmp_path / f"printed {ours}")).device
        assert (device.hardware, device.firmware, device.environment) == ("43", "2.8.0.1a2b3c4", "heltec-v3")


def test_the_reboot_count_before_the_window_is_kept_to_compare_with(tmp_path: Path) -> None:
    board = boards.steady()
    board.device_info(-500.0, reboot_count=3)
    board.device_info(9_000.0, reboot_count=4)
    counts = [(event.data or {})["reboot_count"] for event in read(board.write(tmp_path)).events]
    assert counts == [3, 4]


@pytest.mark.parametrize("ours", [True, False], ids=["our archive", "the peer's archive"])
def test_rows_in_archives_are_read(ours: bool, tmp_path: Path) -> None:
    plain = read(boards.with_neighbour(ours=True).write(tmp_path / "plain"))
    folder = boards.with_neighbour(ours=True).write(tmp_path / "archived")
    for stream in ("telemetry", "logs"):
        part = (folder / f"{stream}.jsonl").rename(folder / f"{stream}.{STAMP}.jsonl")
        if ours:
            archive_part(part, columns=stream == "telemetry", ordered=True, abandoned=lambda: False)
        else:
            (folder / f"{part.name}.gz").write_bytes(gzip.compress(part.read_bytes()))
            part.unlink()
    archived = read(folder)
    assert np.array_equal(archived.samples.value, plain.samples.value)
    assert np.array_equal(archived.samples.ts, plain.samples.ts)


def test_what_was_read_around_is_told(tmp_path: Path) -> None:
    folder = boards.steady().write(tmp_path)
    whole = gzip.compress(b'{"ts":1795000000.0,"port":"/dev/ttyUSB0","fields":{}}\n' * 50_000)
    (folder / f"telemetry.{STAMP}.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    evidence = read(folder)
    assert len(evidence.samples.ts) == 360
    assert any("torn" in note for note in evidence.notes)


def test_without_device_info_the_likeliest_node_is_taken_and_that_is_told(tmp_path: Path) -> None:
    evidence = read(boards.with_neighbour(ours=False).write(tmp_path))
    assert evidence.device.node == NODE
    assert evidence.foreign_rows == 180
    assert any(NODE in note for note in evidence.notes)


def test_a_node_that_was_heard_over_the_air_is_never_taken_for_the_own_one(tmp_path: Path) -> None:
    board = BoardRecording(ours=False)
    for at in boards.MINUTES:
        board.local_stats(at, 90_000, node=NEIGHBOUR)
        board.packet(at, rx_rssi=-97)
        if at % 1_800 == 0:
            board.local_stats(at, 118_000)
    evidence = read(board.write(tmp_path))
    assert (evidence.device.node, len(evidence.samples.ts)) == (NODE, 12)


def test_a_node_that_is_known_as_another_one_brings_no_log_rows(tmp_path: Path) -> None:
    board = boards.with_neighbour()
    board.device_info(1.0)
    board.line(2_000.0, "hello", heap=1_000)
    evidence = read(board.write(tmp_path), SIX_HOURS._replace(node=int(NEIGHBOUR[1:], 16)))
    assert len(evidence.samples.ts) == 180
    assert evidence.debug_heap.log_lines == 0
    assert evidence.request.node == NEIGHBOUR


def test_the_total_may_stand_before_the_window(tmp_path: Path) -> None:
    board = BoardRecording()
    board.local_stats(60.0, 118_000)
    for at in boards.MINUTES[100:]:
        board.telemetry(at, "local", {"heapFreeBytes": 118_000})
    assert read(board.write(tmp_path), Question("1h", START + boards.SIX_HOURS)).total_heap == 294_912


def test_while_somebody_records_ages_are_told_from_now(tmp_path: Path) -> None:
    board = boards.steady()
    board.event(21_500.0, "recorder_pause")
    folder = board.write(tmp_path)
    lock = RecordingLock(folder)
    try:
        evidence = read(folder, Question("6h"))
    finally:
        lock.release()
    assert (evidence.now, evidence.recorder.state) == (START + 30_000.0, "paused")
    assert evidence.recorder.newest_sample_ts == START + boards.SIX_HOURS
    assert read(folder, Question("6h")).recorder.state == "from_disk"


def test_a_packet_shows_that_the_device_is_alive(tmp_path: Path) -> None:
    board = boards.steady()
    board.packet(25_000.0)
    evidence = read(board.write(tmp_path), Question("12h", START + 25_100.0))
    assert evidence.recorder.newest_row_ts == START + 25_000.0


@pytest.mark.parametrize("field", ["free_heap", "heap_free_bytes", "freeHeap", "heapFreeBytes"])
def test_the_heap_has_many_names(field: str, tmp_path: Path) -> None:
    evidence = read(boards.steady().write(tmp_path), SIX_HOURS._replace(field=field))
    assert len(evidence.samples.ts) == 360
    assert evidence.request.is_heap


def test_a_recording_without_ports_is_judged_as_one(tmp_path: Path) -> None:
    board = BoardRecording(ours=False, port=None)
    for at in boards.MINUTES:
        board.local_stats(at, 118_000)
    assert len(read(board.write(tmp_path)).samples.ts) == 360


def test_a_recording_of_a_virtual_board_says_so(tmp_path: Path) -> None:
    folder = boards.steady().write(tmp_path)
    assert not read(folder).recorder.demo
    write_marker(folder, START, demo=True)
    assert read(folder).recorder.demo


@pytest.mark.parametrize(
    ("window", "words"), [("6h", "6h"), ("-6h", "6h"), ("21600", "6h"), (21_600, "6h"), ("90m", "90m")]
)
def test_the_window_is_told_as_it_was_asked(window: str | int, words: str, tmp_path: Path) -> None:
    assert read(boards.steady().write(tmp_path), SIX_HOURS._replace(window=window)).request.window == words


def test_a_field_of_one_other_variant_needs_no_variant(tmp_path: Path) -> None:
    folder = boards.with_neighbour().write(tmp_path)
    evidence = read(folder, SIX_HOURS._replace(field="battery_level"))
    assert (evidence.request.variant, len(evidence.samples.ts)) == ("device", 180)
    assert read(folder, SIX_HOURS._replace(field="uptime_seconds")).request.variant == "local"


def test_a_mark_is_no_word_of_the_board(tmp_path: Path) -> None:
    board = BoardRecording(ours=False, port=None)
    for at in boards.MINUTES:
        board.local_stats(at, 118_000)
    mark = {"ts": START + 9_000.0, "port": None, "role": "marker", "level": "MARK", "tag": "mark_event"}
    board.row("logs", {**mark, "line": "[mark] out of memory soon?"})
    assert read(board.write(tmp_path)).lines == ()


def test_a_row_of_the_far_future_does_not_move_the_end(tmp_path: Path) -> None:
    board = boards.steady(ours=False)
    board.row("telemetry", {"ts": 1e300, "port": None, "fields": {}})
    assert read(board.write(tmp_path), Question("6h")).request.end == START + boards.SIX_HOURS
