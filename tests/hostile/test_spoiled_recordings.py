# SPDX-License-Identifier: GPL-3.0-only
"""Recorded streams of a real board with garbage between their parts end in the files as if it were not there."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.link.byte_stream import open_serial, open_tcp
from tests.engine.recorded_rows import rows
from tests.engine.test_recorded_streams import api_link, recorded
from tests.hostile.heard_board import PATIENCE_MS
from tests.hostile.spoiled_streams import is_whole_frame, parts_of
from tests.link.frames import read_stream, with_config_id
from tests.link.replayed_board import Answer, on_pty, on_tcp

PORT = "board"


def spoiled(name: str, seed: int, config_id: int) -> bytes:
    """Return a recorded stream with garbage at each tenth border of its frames and lines."""
    parts = [with_config_id(part, config_id) for part in parts_of(name)]
    return b"".join(_with_garbage(parts, random.Random(seed)))


def _with_garbage(parts: list[bytes], chance: random.Random) -> Iterator[bytes]:
    frames = [part for part in parts if is_whole_frame(part)]
    for part in parts:
        kind = chance.randrange(40)
        if kind == 0:
            yield chance.randbytes(chance.randrange(90)).replace(b"\x94", b"\x93") + b"\n"
        elif kind == 1:
            yield b"\x94\xc3\x02\x01" + bytes(513) + b"\n"
        elif kind == 2:
            yield b"\x94\xc3\x00\x00"
        elif kind == 3 and is_whole_frame(part):
            victim = chance.choice(frames)
            yield victim[: chance.randrange(4, len(victim))]
        yield part


def answer(name: str) -> Answer:
    return partial(spoiled, name, 7)


def assert_recorded_whole(folder: Path, name: str) -> None:
    stream = read_stream(Path(__file__).parents[1] / "data" / f"{name}.rx.bin")
    assert [row["id"] for row in rows(folder, "packets")] == [each.packet.id for each in stream.of_kind("packet")]
    logs = rows(folder, "logs")
    records = [each.log_record.message for each in stream.of_kind("log_record")]
    assert [row["line"] for row in logs if "device_time" in row] == records
    text = iter(row["line"] for row in logs if "device_time" not in row)
    assert all(any(line == wanted for line in text) for wanted in stream.lines)


@pytest.mark.parametrize("name", ["stock-tcp", "heap2-leak-tcp"])
def test_a_real_session_over_tcp(tmp_path: Path, qtbot: QtBot, name: str) -> None:
    with on_tcp([answer(name)]) as boards:
        make_link = api_link(partial(open_tcp, "127.0.0.1", boards.port), PORT, "tcp")
        with recorded(tmp_path, PORT, make_link):
            _wait_for_the_last(qtbot, tmp_path, name)
    assert_recorded_whole(tmp_path, name)


@pytest.mark.parametrize("name", ["stock-serial-reboot", "heap-serial"])
def test_a_real_session_on_a_serial_port(tmp_path: Path, qtbot: QtBot, name: str) -> None:
    with on_pty([answer(name)]) as board:
        make_link = api_link(partial(open_serial, board.path), PORT, "serial")
        with recorded(tmp_path, PORT, make_link):
            _wait_for_the_last(qtbot, tmp_path, name)
    assert_recorded_whole(tmp_path, name)


def _wait_for_the_last(qtbot: QtBot, folder: Path, name: str) -> None:
    stream = read_stream(Path(__file__).parents[1] / "data" / f"{name}.rx.bin")
    wanted = {"packets": len(stream.of_kind("packet")), "logs": len(stream.of_kind("log_record")) + len(stream.lines)}

    def is_there() -> bool:
        return all((folder / f"{kind}.jsonl").read_bytes().count(b"\n") >= count for kind, count in wanted.items())

    qtbot.waitUntil(lambda: (folder / "logs.jsonl").exists() and is_there(), timeout=PATIENCE_MS)
