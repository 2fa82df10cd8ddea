# SPDX-License-Identifier: GPL-3.0-only
"""Bytes that are late, torn or no sense at all cost nothing but themselves, and never the connection."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from meshtastic.protobuf import mesh_pb2

from mtleak_gui.demo.stream_codec import encode_frame
from tests.hostile.chatter import packet, record
from tests.hostile.heard_board import HeardBoard, assert_files_are_sound

FRESH = 4242


def header(size: int) -> bytes:
    return b"\x94\xc3" + size.to_bytes(2, "big")


def assert_nothing_was_lost(board: HeardBoard) -> None:
    """Assert that the link stayed live and that each thing said stands in the files once, in its order."""
    assert board.phases == []
    assert board.watched.notices == []
    for numbers in (board.packets(), board.lines()):
        assert all(after - before == 1 for before, after in pairwise(numbers))
    assert len(board.events("connection_established")) == 1
    assert board.events("connection_lost") == []
    assert_files_are_sound(board.folder)


GARBAGE = {
    "random bytes": random.Random(5).randbytes(700).replace(b"\x94", b"\x93") + b"\n",
    "a frame of 513 bytes": header(513) + b"\x00" * 513,
    "a frame of 65535 bytes": header(65535) + random.Random(6).randbytes(3000) + b"\n",
    "an empty frame": header(0),
    "a header alone": header(300),
    "half a packet": packet(5, 5)[:40],
    "start bytes": b"\x94\xc3" * 50,
    "zeros": bytes(2000),
    "a line that never ends": b"x" * 120_000 + b"\n",
}


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE.keys())
def test_garbage_between_frames_costs_no_frame(board: HeardBoard, garbage: bytes) -> None:
    for _ in range(5):
        board.way.tap.put_in(garbage + record("fresh", FRESH))
        board.until_heard()
    assert [row for row in board.rows("logs") if row["line"] == f"chatter fresh {FRESH} over"].__len__() == 5
    packets = board.packets()
    assert all(after - before == 1 for before, after in pairwise(packets))
    assert board.phases == []
    assert board.watched.notices == []
    assert_files_are_sound(board.folder)


def test_a_hang_in_the_middle_of_a_frame_loses_nothing(board: HeardBoard) -> None:
    whole = record("late", 1)
    board.way.tap.put_in(whole[:20])
    board.way.tap.put_in(b"")
    board.way.tap.hang()
    board.qtbot.wait(100)
    board.way.tap.go_on()
    board.until_heard()
    del whole
    assert board.phases == []


def test_a_slow_drip_is_heard_byte_by_byte(board: HeardBoard) -> None:
    board.way.tap.drip(1, 0.001)
    board.until_heard()
    board.way.tap.drip(0, 0)
    board.until_heard()
    assert_nothing_was_lost(board)


def test_fields_and_messages_of_newer_firmware_are_passed_over(board: HeardBoard) -> None:
    newer = mesh_pb2.FromRadio.FromString(packet(5, 7_000_001)[4:]).SerializeToString()
    unknown_field = encode_frame(newer + b"\xfa\x7f\x03new" + b"\xf8\x7f\x2a")
    unknown_variant = encode_frame(b"\xa2\x3f\x05hello")
    board.way.tap.put_in(unknown_variant * 3 + unknown_field + unknown_variant)
    board.until_heard()
    assert [row["id"] for row in board.rows("packets")].count(7_000_001) == 1
    assert_nothing_was_lost(board)
