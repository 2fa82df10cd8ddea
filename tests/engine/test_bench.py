# SPDX-License-Identifier: GPL-3.0-only
"""What a tester does with boards ends in files and sessions, and nothing waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import SerialAddress, TcpAddress
from mtleak_gui.engine.session import Session
from tests.engine.bench_kit import Watched, benched, board_on_pty, board_on_tcp
from tests.engine.recorded_rows import events, rows


@pytest.fixture
def watched(tmp_path: Path, qtbot: QtBot) -> Iterator[Watched]:
    with benched(qtbot, tmp_path) as watched:
        yield watched


@pytest.fixture
def address() -> Iterator[TcpAddress]:
    with board_on_tcp() as address:
        yield address


def live(qtbot: QtBot, watched: Watched, port: str) -> Session:
    """Wait until a board is heard; return its session."""

    def is_live() -> bool:
        session = watched.bench.session(port)
        return session is not None and session.link.phase == "live" and session.device is not None

    qtbot.waitUntil(is_live, timeout=10_000)
    session = watched.bench.session(port)
    assert session is not None
    return session


def test_a_board_that_is_connected_is_recorded_and_shown(watched: Watched, address: TcpAddress, qtbot: QtBot) -> None:
    bench = watched.bench
    bench.connect_board(address)
    session = live(qtbot, watched, address.port)
    qtbot.waitUntil(lambda: session.free_heap is not None and bench.recorder.running, timeout=10_000)
    folder = watched.places.default_recording
    assert bench.folder == folder
    assert bench.current is session
    assert (session.role, session.capture, session.demo, session.region) == ("tcp", "API", False, "EU_868")
    assert session.uptime_now(bench.now()) is not None
    assert [event["port"] for event in events(folder, "connection_established")] == [address.port]
    assert (bench.recorder.title, bench.recorder.read_only) == ("Default recording", False)
    assert [line.title for line in bench.activity][:2] == ["Recording started", "Connected"]


def test_a_recording_that_is_stopped_still_shows_what_is_heard(
    watched: Watched, address: TcpAddress, qtbot: QtBot
) -> None:
    bench = watched.bench
    bench.connect_board(address)
    session = live(qtbot, watched, address.port)
    bench.stop_recording("enough")
    qtbot.waitUntil(lambda: not bench.recorder.running)
    folder = watched.places.default_recording
    assert [event["note"] for event in events(folder, "recorder_stop")] == ["enough"]
    written, shown = len(rows(folder, "telemetry")), len(session.heap)
    qtbot.waitUntil(lambda: len(session.heap) > shown + 2, timeout=10_000)
    qtbot.waitUntil(lambda: watched.batches[-1].rows == 0 and bool(watched.batches[-1].lines))
    assert len(rows(folder, "telemetry")) == written


def test_a_board_can_be_left_heard_again_and_forgotten(watched: Watched, address: TcpAddress, qtbot: QtBot) -> None:
    bench = watched.bench
    bench.connect_board(address)
    live(qtbot, watched, address.port)
    bench.disconnect_board(address.port)
    session = bench.session(address.port)
    assert session is not None
    assert session.link.phase == "closed"
    bench.reconnect(address.port)
    assert live(qtbot, watched, address.port) is session
    watched.batches.clear()
    bench.forget(address.port)
    assert bench.sessions == ()
    assert bench.current is None
    qtbot.waitUntil(lambda: any(event.kind == "connection_lost" for batch in watched.batches for event in batch.events))
    assert bench.sessions == ()
    qtbot.waitUntil(lambda: len(events(watched.places.default_recording, "connection_lost")) == 2)


def test_the_console_of_a_board_is_heard_when_that_is_asked_for(watched: Watched, qtbot: QtBot) -> None:
    bench = watched.bench
    with board_on_pty() as path:
        bench.connect_board(SerialAddress(path))
        session = live(qtbot, watched, path)
        assert session.capture == "API"
        bench.connect_board(SerialAddress(path), "console")
        qtbot.waitUntil(lambda: session.capture == "Console" and session.link.phase == "live", timeout=10_000)
        folder = watched.places.default_recording
        qtbot.waitUntil(lambda: len(events(folder, "connection_established")) == 2)
        assert [event["role"] for event in events(folder, "connection_established")] == ["serial", "serial_session"]
        bench.disconnect_board(path)


def test_a_network_board_has_no_console_and_that_is_said(watched: Watched, address: TcpAddress) -> None:
    watched.bench.connect_board(address, "console")
    [notice] = watched.notices
    assert "has no text console" in (notice.detail or "")
    assert watched.bench.sessions == ()


def test_a_lost_connection_is_told_and_taken_back_when_it_returns(watched: Watched, qtbot: QtBot) -> None:
    bench = watched.bench
    with board_on_tcp() as address:
        bench.connect_board(address)
        session = live(qtbot, watched, address.port)
    qtbot.waitUntil(lambda: session.link.phase == "backing_off", timeout=10_000)
    [lost] = watched.notices
    assert (lost.text, lost.tone, lost.sticky) == ("Connection lost. Reconnecting…", "warn", False)
    qtbot.waitUntil(lambda: [band.kind for band in session.bands] == ["link_lost"])
    with board_on_tcp(address.tcp_port):
        qtbot.waitUntil(lambda: session.link.phase == "live", timeout=10_000)
        assert (watched.notices[-1].key, watched.notices[-1].tone) == (lost.key, "ok")
        qtbot.waitUntil(lambda: session.bands[0].end is not None)


def test_a_board_that_cannot_be_opened_is_told_once_and_closing_does_not_wait_for_it(
    watched: Watched, qtbot: QtBot
) -> None:
    bench = watched.bench
    bench.connect_board(SerialAddress("/dev/does-not-exist"))
    qtbot.waitUntil(lambda: bool(watched.notices))
    session = bench.session("/dev/does-not-exist")
    assert session is not None
    qtbot.waitUntil(lambda: session.link.attempt >= 2, timeout=10_000)
    [notice] = watched.notices
    assert notice.sticky
    assert "does-not-exist" in notice.text
    assert notice.detail
    bench.disconnect_board("/dev/does-not-exist")
    assert [(told.key, told.text) for told in watched.notices[1:]] == [(notice.key, "")]


def test_what_was_recorded_before_is_shown_before_what_is_heard_now(
    tmp_path: Path, address: TcpAddress, qtbot: QtBot
) -> None:
    with benched(qtbot, tmp_path) as first:
        first.bench.connect_board(address)
        session = live(qtbot, first, address.port)
        qtbot.waitUntil(lambda: len(session.heap) >= 3 and first.bench.recorder.running, timeout=10_000)
        first.bench.mark("burst")
        qtbot.waitUntil(lambda: bool(first.bench.markers))
        heap, name = session.heap.value[:3].tolist(), session.name
    with benched(qtbot, tmp_path) as second:
        second.bench.connect_board(address)
        qtbot.waitUntil(lambda: bool(second.pasts), timeout=10_000)
        again = live(qtbot, second, address.port)
        assert again.name == name
        assert again.heap.value[:3].tolist() == heap
        assert [mark.label for mark in second.bench.markers] == ["burst"]
        assert [boot.number for boot in again.boots] == [1]
        [past] = second.pasts
        assert len(past.logs) > 0
        first_heard = min(heard.heard.ts for batch in second.batches for heard in batch.lines)
        assert past.logs.ts.max() < first_heard


def test_a_board_of_an_earlier_run_can_be_heard_again(tmp_path: Path, address: TcpAddress, qtbot: QtBot) -> None:
    with benched(qtbot, tmp_path) as first:
        first.bench.connect_board(address)
        live(qtbot, first, address.port)
        qtbot.waitUntil(lambda: first.bench.recorder.running)
    with benched(qtbot, tmp_path) as second:
        second.bench.start_recording()
        qtbot.waitUntil(lambda: second.bench.session(address.port) is not None, timeout=10_000)
        session = second.bench.session(address.port)
        assert session is not None
        assert (session.link.phase, session.read_only) == ("closed", False)
        second.bench.reconnect(address.port)
        assert live(qtbot, second, address.port) is session


def test_the_lines_of_a_port_are_recorded_with_the_connection(tmp_path: Path, qtbot: QtBot) -> None:
    with board_on_pty() as path, benched(qtbot, tmp_path) as watched:
        watched.bench.connect_board(SerialAddress(path), lines="dtr")
        folder = watched.places.default_recording
        qtbot.waitUntil(lambda: watched.bench.current is not None, timeout=10_000)
        qtbot.waitUntil(lambda: len(watched.bench.sessions[0].heap) > 0, timeout=10_000)
        qtbot.waitUntil(lambda: bool(events(folder, "connection_established")), timeout=10_000)
        data = events(folder, "connection_established")[0]["data"]
        assert data == {"device": path, "key": path, "capture": "api", "lines": "dtr"}
