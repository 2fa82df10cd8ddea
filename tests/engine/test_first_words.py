# SPDX-License-Identifier: GPL-3.0-only
"""What is recorded of a board when it is connected: a restart by the opening, who it is, and nothing secret."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import SerialAddress
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.records import RawEvent
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.pty_port import serve_pty
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.virtual_board import VirtualBoard
from tests.engine.bench_kit import Watched, benched

PATIENCE_MS = 20_000
NAMES = ("node_num", "node_id", "long_name", "short_name")
FACTS = (*NAMES, "hardware", "firmware", "environment", "region", "device_role")


@pytest.fixture
def watched(tmp_path: Path, qtbot: QtBot) -> Iterator[Watched]:
    with benched(qtbot, tmp_path) as watched:
        yield watched


def board(*, log_api: bool, uptime_s: float = 0.0) -> VirtualBoard:
    clock = BoardClock(1)
    born = clock.wall() - uptime_s
    return VirtualBoard(scenario_named("leak-threads"), clock=clock, debug_log_api=log_api, born=born)


def events(watched: Watched, kind: str) -> list[RawEvent]:
    return [event for batch in watched.batches for event in batch.events if event.kind == kind]


def lines(watched: Watched) -> int:
    return sum(len(batch.lines) for batch in watched.batches)


def has_more(watched: Watched, lines_before: int) -> bool:
    return lines(watched) > lines_before


def test_a_board_that_restarts_when_its_console_is_opened_is_told_once(watched: Watched, qtbot: QtBot) -> None:
    with serve_pty(board(log_api=False)) as path:
        watched.bench.connect_board(SerialAddress(path), "console")
        qtbot.waitUntil(lambda: bool(events(watched, "reset_on_open")), timeout=PATIENCE_MS)
        watched.bench.disconnect_board(path)
    [event] = events(watched, "reset_on_open")
    assert event.data is not None
    assert 0 <= float(str(event.data["uptime_s"])) < 15
    [notice] = [notice for notice in watched.notices if notice.action == "line_settings"]
    assert "restarted when the port was opened" in notice.text
    assert "starts from this boot" in notice.text


def test_a_board_that_runs_for_long_and_one_just_plugged_in_are_not(watched: Watched, qtbot: QtBot) -> None:
    with serve_pty(board(log_api=False, uptime_s=3_600.0)) as old, serve_pty(board(log_api=False)) as fresh:
        watched.bench.take_offers(())
        watched.bench.take_offers((PortOffer(fresh, "CP210x", "", "likely", "usb:10c4:ea60@1-2"),))
        for path in (old, fresh):
            before = lines(watched)
            watched.bench.connect_board(SerialAddress(path), "console")
            qtbot.waitUntil(partial(has_more, watched, before), timeout=PATIENCE_MS)
            watched.bench.disconnect_board(path)
    assert events(watched, "reset_on_open") == []


def test_everything_that_a_handshake_tells_is_recorded_but_no_key(watched: Watched, qtbot: QtBot) -> None:
    with serve_pty(board(log_api=True)) as path:
        watched.bench.connect_board(SerialAddress(path))
        qtbot.waitUntil(lambda: bool(events(watched, "device_info")), timeout=PATIENCE_MS)
        told = events(watched, "device_info")[0].data
        assert told is not None
        assert all(told[name] for name in FACTS)
        assert told["reboot_count"] == 1
        assert set(told) == {*FACTS, "reboot_count", "debug_log_api"}
        [linked] = events(watched, "connection_established")
        assert linked.data == {"device": path, "key": path, "capture": "api", "lines": "system"}
        keeper, _ = watched.bench._keepers._kept[path]
        session = keeper._watching._link._session  # type: ignore[union-attr]
        secrets = [bytes(session.localNode.localConfig.security.private_key)]
        secrets += [bytes(channel.settings.psk) for channel in session.localNode.channels or () if channel.settings.psk]
        watched.bench.disconnect_board(path)
        qtbot.waitUntil(lambda: bool(events(watched, "connection_lost")), timeout=PATIENCE_MS)
    watched.bench.stop_recording()
    qtbot.waitUntil(lambda: not watched.bench.recorder.running, timeout=PATIENCE_MS)
    written = b"".join(file.read_bytes() for file in watched.places.default_recording.glob("*.jsonl"))
    assert b"device_info" in written
    for secret in secrets:
        assert len(secret) < 16 or secret.hex().encode() not in written
    for name in (b"private_key", b"privateKey", b"passkey", b"psk"):
        assert name not in written
