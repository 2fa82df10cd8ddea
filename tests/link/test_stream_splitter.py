# SPDX-License-Identifier: GPL-3.0-only
"""Frames and text are told apart, and what is neither whole nor sound is text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meshtastic.protobuf import mesh_pb2

from mtleak_gui.link.inbound_stream import InboundStream
from tests.link.frames import frame, read_stream

RECORD = mesh_pb2.FromRadio(log_record=mesh_pb2.LogRecord(message="hello", source="Main"))


def heard(*chunks: bytes) -> list[object]:
    stream = InboundStream()
    return [item for chunk in chunks for item in stream.feed(chunk)] + [*stream.end()]


@given(st.binary(max_size=60), st.integers(0, 80))
def test_chunks_make_no_difference(noise: bytes, cut: int) -> None:
    data = noise + b"\n" + frame(RECORD) + b"text \x94 \xe2\x80\x94 dash\n" + frame(RECORD)
    assert heard(data[:cut], data[cut:]) == heard(data)


def test_text_with_bytes_of_the_frame_mark_is_text() -> None:
    dash = "a — b —é”ò\n"
    assert b"\x94\xc3" in dash.encode()
    assert heard(dash.encode() + frame(RECORD)) == [dash.removesuffix("\n"), RECORD]


def test_the_boot_text_behind_a_frame_that_a_reset_cut_off_is_kept() -> None:
    boot = b"rst:0x1 (POWERON),boot:0x13\r\n" * 30
    torn = b"\x94\xc3\x01\x00" + b"\x12\xf0half a packet"
    found = heard(torn + boot + frame(RECORD))
    assert [item for item in found if isinstance(item, str)][1:] == ["rst:0x1 (POWERON),boot:0x13"] * 29
    assert found[-1] == RECORD


def test_a_frame_that_never_ends_is_text_after_a_silence() -> None:
    assert heard(b"\x94\xc3\x00\x40abc\n") == ["\\x94\\xc3\x00@abc"]


def test_a_packet_that_was_cut_off_takes_none_of_the_frames_behind_it_with_it() -> None:
    packet = mesh_pb2.MeshPacket(id=7, encrypted=bytes(range(200)), rx_time=1_790_000_000)
    whole = frame(mesh_pb2.FromRadio(packet=packet))
    behind = [RECORD, mesh_pb2.FromRadio(packet=mesh_pb2.MeshPacket(id=8, encrypted=b"x" * 230)), RECORD, RECORD]
    for cut in range(1, len(whole)):
        found = heard(whole[:cut] + b"".join(map(frame, behind)))
        assert [item for item in found if not isinstance(item, str)] == behind, cut


def test_a_frame_that_is_late_is_whole_when_the_rest_comes() -> None:
    stream = InboundStream()
    whole = frame(RECORD)
    assert stream.feed(whole[:9]) == []
    assert stream.after_silence() == []
    assert stream.feed(whole[9:]) == [RECORD]


def test_boot_text_behind_a_frame_that_a_reset_cut_off_does_not_wait_for_more_of_it() -> None:
    stream = InboundStream()
    assert stream.feed(b"\x94\xc3\x01\xff\x0a\x07hel" + b"rst:0x1 (POWERON),boot:0x13\r\n") == []
    assert stream.after_silence()[-1] == "\x07helrst:0x1 (POWERON),boot:0x13"


def test_frames_behind_one_that_was_cut_off_do_not_wait_for_more_of_it() -> None:
    stream = InboundStream()
    assert stream.feed(b"\x94\xc3\x01\xff\x0a" + frame(RECORD) * 2 + frame(RECORD)[:9]) == []
    assert stream.after_silence()[1:] == [RECORD, RECORD]
    assert stream.feed(frame(RECORD)[9:]) == [RECORD]


@pytest.mark.parametrize("name", ["heap-serial", "stock-serial-reboot", "stock-tcp", "heap2-leak-tcp"])
@pytest.mark.parametrize("chunk", [1, 7, 4096])
def test_real_streams_are_read_as_a_plain_reading_does(data: Path, name: str, chunk: int) -> None:
    path = data / f"{name}.rx.bin"
    content = path.read_bytes()
    found = heard(*(content[at : at + chunk] for at in range(0, len(content), chunk)))
    expected = read_stream(path)
    assert [item for item in found if not isinstance(item, str)] == expected.messages
    assert [item for item in found if isinstance(item, str)] == expected.lines
