# SPDX-License-Identifier: GPL-3.0-only
"""Real byte streams, through real transports and the real package, end in the rows that a reader of them expects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from meshtastic.protobuf import telemetry_pb2
from pytestqt.qtbot import QtBot

from mtleak_gui.core.contracts import Link
from mtleak_gui.engine.inbox import Inbox
from mtleak_gui.engine.link_keeper import LinkKeeper
from mtleak_gui.engine.recorder_thread import RecorderThread
from mtleak_gui.engine.row_maker import RowMaker
from mtleak_gui.link.byte_stream import ByteStream, open_serial, open_tcp
from mtleak_gui.link.console_link import ConsoleLink
from mtleak_gui.link.meshtastic_link import MeshtasticLink
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.system_clock import SystemClock
from tests.engine.recorded_rows import events, rows
from tests.link.frames import Stream, read_stream
from tests.link.replayed_board import on_pty, on_tcp
from tests.link.test_meshtastic_link import replay

TELEMETRY_APP = 67
CLOCK = SystemClock()


@contextmanager
def recorded(folder: Path, port: str, make_link: Callable[[], Link]) -> Iterator[RowMaker]:
    """Record one link into a folder; the row maker tells how far it is."""
    inbox, row_maker = Inbox(), RowMaker()
    recorder = RecorderThread(inbox, row_maker, CLOCK)
    recording = Recording.open(folder, on_trouble=recorder.tell_trouble)
    recording.start()
    recorder.begin(recording)
    keeper = LinkKeeper(port, lambda _configuring: make_link(), inbox.put, CLOCK)
    keeper.start()
    try:
        yield row_maker
    finally:
        keeper.stop()
        recorder.stop()
        recording.close()


def api_link(open_stream: Callable[[], ByteStream], port: str, role: str) -> Callable[[], Link]:
    return lambda: MeshtasticLink(open_stream, port, role, CLOCK)


def sent_telemetry(stream: Stream) -> list[telemetry_pb2.Telemetry]:
    packets = [message.packet for message in stream.of_kind("packet")]
    found = [packet for packet in packets if packet.decoded.portnum == TELEMETRY_APP]
    return [telemetry_pb2.Telemetry.FromString(packet.decoded.payload) for packet in found]


@pytest.mark.parametrize("name", ["stock-tcp", "heap2-leak-tcp"])
def test_a_tcp_session_ends_in_the_rows_of_its_packets(data: Path, tmp_path: Path, qtbot: QtBot, name: str) -> None:
    path = data / f"{name}.rx.bin"
    stream = read_stream(path)
    telemetry = sent_telemetry(stream)
    expected = len(stream.of_kind("packet")) + len(telemetry)
    with on_tcp([replay(path)]) as boards:
        port = f"tcp://127.0.0.1:{boards.port}"
        make_link = api_link(partial(open_tcp, "127.0.0.1", boards.port), port, "tcp")
        with recorded(tmp_path, port, make_link) as made:
            qtbot.waitUntil(lambda: made.rows_made >= expected)

    packets = rows(tmp_path, "packets")
    assert [row["id"] for row in packets] == [message.packet.id for message in stream.of_kind("packet")]
    assert [row["payload_size"] for row in packets] == [
        len(message.packet.decoded.payload) for message in stream.of_kind("packet")
    ]
    samples = rows(tmp_path, "telemetry")
    assert [row["device_time"] for row in samples] == [reading.time for reading in telemetry]
    assert [row["fields"].get("heapFreeBytes") for row in samples] == [
        reading.local_stats.heap_free_bytes or None for reading in telemetry
    ]
    assert {row["port"] for row in packets + samples} == {port}
    assert rows(tmp_path, "logs") == []
    assert events(tmp_path, "reboot") == []


def test_the_leak_of_a_real_board_stands_in_the_recording(data: Path, tmp_path: Path, qtbot: QtBot) -> None:
    path = data / "heap2-leak-tcp.rx.bin"
    readings = sum(reading.local_stats.heap_free_bytes > 0 for reading in sent_telemetry(read_stream(path)))
    with on_tcp([replay(path)]) as boards:
        make_link = api_link(partial(open_tcp, "127.0.0.1", boards.port), "leak", "tcp")
        with recorded(tmp_path, "leak", make_link):
            qtbot.waitUntil(lambda: (tmp_path / "telemetry.jsonl").exists() and len(_heap(tmp_path)) == readings)
    heap = _heap(tmp_path)
    assert heap[0] - heap[-1] > 6 * 4_112


def test_a_serial_session_ends_in_the_rows_of_its_records_and_text(data: Path, tmp_path: Path, qtbot: QtBot) -> None:
    path = data / "heap-serial.rx.bin"
    stream = read_stream(path)
    records = [message.log_record for message in stream.of_kind("log_record")]
    assert len(records) == 2_387
    with (
        on_pty([replay(path)]) as board,
        recorded(tmp_path, board.path, api_link(partial(open_serial, board.path), board.path, "serial")),
    ):
        _wait_for_logs(qtbot, tmp_path, len(records) + len(stream.lines))

    logs = rows(tmp_path, "logs")
    from_records = [row for row in logs if "device_time" in row]
    from_text = [row for row in logs if "device_time" not in row]
    assert [row["line"] for row in from_records] == [record.message for record in records]
    assert [row["tag"] for row in from_records if row["tag"]] == [record.source for record in records if record.source]
    assert [row["line"] for row in from_text] == stream.lines
    changes = [
        record.message for record in records if " leaked heap " in record.message or " freed heap " in record.message
    ]
    assert sum("heap_event" in row for row in from_records) == len(changes)
    with_heap = [text for text in stream.lines if "[heap " in text]
    assert sum("heap_free" in row for row in from_text) >= len(with_heap) > 0
    assert len(rows(tmp_path, "packets")) == len(stream.of_kind("packet"))
    boots = sum("S:B:" in line for line in stream.lines)
    assert len(events(tmp_path, "reboot")) == boots == 2
    assert events(tmp_path, "connection_established")[0]["role"] == "serial"


def test_a_console_is_recorded_line_by_line(data: Path, tmp_path: Path, qtbot: QtBot) -> None:
    text = (data / "heap-stdout.log").read_bytes()
    expected = [line.rstrip("\r") for line in text.decode().removesuffix("\n").split("\n")]
    with on_pty([]) as board, recorded(tmp_path, board.path, lambda: ConsoleLink(board.path, CLOCK)):
        qtbot.waitUntil(lambda: bool(events(tmp_path, "connection_established")))
        board.say(text)
        _wait_for_logs(qtbot, tmp_path, len(expected))

    logs = rows(tmp_path, "logs")
    assert [row["line"] for row in logs] == expected
    assert {row["role"] for row in logs} == {"serial_session"}
    prefixed = sum("[heap " in line for line in expected)
    assert sum("heap_free" in row for row in logs) >= prefixed > 1_000
    assert all(row["source"] in ("debug_heap_serial", "heap_line") for row in rows(tmp_path, "telemetry"))
    assert len(events(tmp_path, "reboot")) == text.count(b"S:B:")
    assert [event["data"]["firmware"] for event in events(tmp_path, "device_info")] == ["2.8.0.7754068"] * 2
    assert board.heard == b"", "a console link must send nothing"


def _wait_for_logs(qtbot: QtBot, folder: Path, expected: int) -> None:
    path = folder / "logs.jsonl"
    qtbot.waitUntil(lambda: path.exists() and path.read_bytes().count(b"\n") >= expected, timeout=20_000)


def _heap(folder: Path) -> list[int]:
    return [row["fields"]["heapFreeBytes"] for row in rows(folder, "telemetry") if "heapFreeBytes" in row["fields"]]
