# SPDX-License-Identifier: GPL-3.0-only
"""The virtual board beside a real one: the same requests at the same times bring the same frames in the same order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from meshtastic.protobuf import mesh_pb2

from mtleak_gui.demo.scenario_catalogue import NATIVE, scenario_named
from mtleak_gui.demo.stream_codec import Frame, FrameDecoder, encode_frame
from tests.demo.driven_board import DrivenBoard, kinds, telemetry_in
from tests.demo.recorded_streams import chunks, chunks_as_the_node_read_them, messages

STOCK = replace(scenario_named("not-reported"), other_nodes=0)
WITH_HEAP = replace(
    STOCK, hardware=STOCK.hardware._replace(platform=NATIVE._replace(reports_heap=True, heap_total=8_388_608))
)
SESSIONS = {
    # name: the build, over serial, and how long before the recording the node had booted
    "stock-tcp": (STOCK, False, 2.65),
    "heap2-leak-tcp": (WITH_HEAP, False, 3.45),
    "heap-serial": (WITH_HEAP, True, 0.0),
    "stock-serial-reboot": (STOCK, True, 0.0),
}
Messages = list[mesh_pb2.FromRadio]


def _addressed_to(board: DrivenBoard, data: bytes) -> bytes:
    """Return the client's bytes with our board's number in the place of the recorded node's."""
    rewritten = b""
    for part in FrameDecoder().feed(data):
        if isinstance(part, Frame):
            message = mesh_pb2.ToRadio.FromString(part.payload)
            if message.HasField("packet"):
                message.packet.to = board.board.node_num
            rewritten += encode_frame(message.SerializeToString())
        else:
            rewritten += part.data
    return rewritten


def _replayed(data: Path, name: str) -> tuple[Messages, Messages]:
    """Return what the real node and what the virtual board answered, LogRecords left out."""
    scenario, serial, uptime = SESSIONS[name]
    rx, tx = data / f"{name}.rx.bin", data / f"{name}.tx.bin"
    board = DrivenBoard(scenario, serial=serial)
    for chunk in chunks_as_the_node_read_them(rx, tx):
        board.wait_until(uptime + chunk.at)
        board.board.receive(board.session, _addressed_to(board, chunk.data))
    board.wait_until(uptime + chunks(rx)[-1].at)
    ours = [message for message in board.heard() if not message.HasField("log_record")]
    return [message for _, message in messages(rx)], ours


def _is_unasked_telemetry(message: mesh_pb2.FromRadio) -> bool:
    own = telemetry_in([message], "device_metrics") + telemetry_in([message], "local_stats")
    return bool(own) and message.packet.priority == mesh_pb2.MeshPacket.Priority.BACKGROUND


def _has_stats(found: Messages) -> list[bool]:
    return [bool(telemetry_in([message], "local_stats")) for message in found]


@pytest.mark.parametrize("name", SESSIONS)
def test_the_same_frames_come_in_the_same_order(data: Path, name: str) -> None:
    real, ours = _replayed(data, name)
    # The node's 60 s run is late by a tenth of a second more each time, so between which requests it falls is chance.
    asked_for = [[m for m in found if not _is_unasked_telemetry(m)] for found in (ours, real)]
    assert kinds(asked_for[0]) == kinds(asked_for[1])
    by_itself = [[m for m in found if _is_unasked_telemetry(m)] for found in (ours, real)]
    assert _has_stats(by_itself[0]) == _has_stats(by_itself[1])


@pytest.mark.parametrize("name", SESSIONS)
def test_each_request_is_answered_as_the_real_node_answered_it(data: Path, name: str) -> None:
    real, ours = _replayed(data, name)

    def answers(found: Messages) -> list[tuple[int, int, int, int]]:
        packets = [message.packet for message in found if message.packet.decoded.request_id]
        return [(p.decoded.request_id, p.decoded.portnum, p.priority, p.hop_limit) for p in packets]

    def statuses(found: Messages, ids: set[int]) -> list[tuple[int, int, int]]:
        states = [message.queueStatus for message in found if message.HasField("queueStatus")]
        return [(state.mesh_packet_id, state.free, state.res) for state in states if state.mesh_packet_id in ids]

    requests = (data / f"{name}.tx.bin").read_bytes()
    frames = [part for part in FrameDecoder().feed(requests) if isinstance(part, Frame)]
    sent = [mesh_pb2.ToRadio.FromString(frame.payload) for frame in frames]
    # 0 stands in the answer to a heartbeat.
    ids = {0, *(message.packet.id for message in sent)}
    assert statuses(ours, ids) == statuses(real, ids)
    assert answers(ours) == answers(real)


@pytest.mark.parametrize("name", SESSIONS)
def test_the_handshake_says_what_the_real_one_says(data: Path, name: str) -> None:
    real, ours = _replayed(data, name)
    assert [m.config_complete_id for m in ours if m.HasField("config_complete_id")] == [
        m.config_complete_id for m in real if m.HasField("config_complete_id")
    ]
    for kind in ("channel", "deviceuiConfig"):
        assert [m for m in ours if m.HasField(kind)] == [m for m in real if m.HasField(kind)]
    for kind, own in (("config", {"security"}), ("moduleConfig", {"ambient_lighting"})):
        ours_of, real_of = ([m for m in found if m.HasField(kind)] for found in (ours, real))
        for one, other in zip(ours_of, real_of, strict=True):
            section = getattr(other, kind).WhichOneof("payload_variant")
            assert getattr(one, kind).WhichOneof("payload_variant") == section
            assert one == other or section in own
    unknown = [m.SerializeToString() for m in ours if m.WhichOneof("payload_variant") is None]
    assert unknown == [m.SerializeToString() for m in real if m.WhichOneof("payload_variant") is None]


def test_a_stock_build_leaves_the_heap_out_and_a_heap_build_states_it(data: Path) -> None:
    for name, stated in (("stock-tcp", False), ("heap2-leak-tcp", True)):
        for found in _replayed(data, name):
            stats = [message.local_stats for message in telemetry_in(found, "local_stats")]
            assert len(stats) > 30
            assert {one.heap_free_bytes > 0 for one in stats} == {stated}


def test_uptime_in_local_stats_is_as_old_as_the_last_60_s_run(data: Path) -> None:
    real, ours = _replayed(data, "heap2-leak-tcp")
    uptimes = [[m.local_stats.uptime_seconds for m in telemetry_in(found, "local_stats")] for found in (real, ours)]
    assert uptimes[1] == uptimes[0]
    assert uptimes[0][0] == 0
    assert set(uptimes[0]) == {0, 75, 135, 195, 255, 315, 375}
