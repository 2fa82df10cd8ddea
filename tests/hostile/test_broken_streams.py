# SPDX-License-Identifier: GPL-3.0-only
"""Bytes that are late, torn or no sense at all cost nothing but themselves, and never the connection."""

from __future__ import annotations

import random
from itertools import pairwise

from meshtastic.protobuf import mesh_pb2

from mtleak_gui.demo.stream_codec import encode_frame
from mtleak_gui.link.handshake_watch import SILENCE_S
from tests.hostile.chatter import line, packet, record
from tests.hostile.heard_board import HeardBoard, assert_files_are_sound


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


def test_garbage_between_frames_costs_no_frame(board: HeardBoard) -> None:
    tap = board.way.tap
    for number, garbage in enumerate(GARBAGE.values()):
        tap.put_in(garbage + record("fresh", number) + record("fresh", number))
    board.until_heard()
    fresh = [row["line"] for row in board.rows("logs") if "fresh" in row["line"]]
    assert fresh == [f"chatter fresh {number} over" for number in range(len(GARBAGE)) for _ in range(2)]
    packets = board.packets()
    assert packets == list(range(packets[0], packets[-1] + 1))
    assert board.phases == []
    assert board.watched.notices == []
    assert {row["from_node"] for row in board.rows("telemetry")} <= own_names(board)
    assert_files_are_sound(board.folder)


def own_names(board: HeardBoard) -> set[str | int | None]:
    """Return the ways in which rows name the board itself; ``None`` for figures out of log lines."""
    return {board.way.board.node_num, f"!{board.way.board.node_num:08x}", None}


def test_truncated_frames_cost_no_other(board: HeardBoard) -> None:
    whole = packet(5, 9_000_000)
    for cut in range(1, len(whole), 2):
        board.way.tap.put_in(whole[:cut] + record("fresh", cut))
    board.until_heard()
    fresh = [row["line"] for row in board.rows("logs") if row["line"].startswith("chatter fresh")]
    assert fresh == [f"chatter fresh {cut} over" for cut in range(1, len(whole), 2)]
    assert 9_000_000 not in [row["id"] for row in board.rows("packets")]
    assert_nothing_was_lost(board)


def test_text_and_frames_byte_by_byte_in_turns(board: HeardBoard) -> None:
    """What was woven together like that cannot be told apart again; it is over with the next frame."""
    text, frame = line("woven", 1), packet(5, 9_000_001)
    woven = b"".join(bytes(pair) for pair in zip(text, frame, strict=False))
    in_turns = b"".join(line("turn", number) + record("turn", number) for number in range(20))
    board.way.tap.drip(1, 0.0)
    board.way.tap.put_in(woven + in_turns)
    board.until_heard()
    board.way.tap.drip(0, 0.0)
    turns = [row["line"] for row in board.rows("logs") if row["line"].startswith("chatter turn")]
    assert set(turns) == {f"chatter turn {number} over" for number in range(20)}
    assert len(turns) >= 39, "the first line may stand behind what was woven"
    assert board.phases == []


def test_a_hang_in_the_middle_of_a_frame_loses_nothing(networked: HeardBoard) -> None:
    board, tap = networked, networked.way.tap
    tap.hang_inside()
    board.until(lambda: tap.hangs)
    board.qtbot.wait(int(SILENCE_S * 1000) + 400)
    tap.go_on()
    board.until_heard()
    assert_nothing_was_lost(board)


def test_one_byte_a_second_is_put_together(wired: HeardBoard) -> None:
    """A short piece of what goes on for hours: two bytes, each after a second."""
    wired.way.tap.drip(1, 1.0)
    wired.qtbot.wait(2_100)
    wired.way.tap.drip(0, 0)
    wired.until_heard()
    assert_nothing_was_lost(wired)


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
