# SPDX-License-Identifier: GPL-3.0-only
"""A text console on a real pseudo-terminal or behind a socket."""

from __future__ import annotations

import socket

import pytest

from mtleak_gui.core.contracts import LinkError
from mtleak_gui.link.console_link import ConsoleLink
from tests.link.listening import HostClock, Listener
from tests.link.replayed_board import on_pty


def test_a_board_that_dies_in_the_middle_of_a_line_is_heard_to_the_last_byte() -> None:
    listener = Listener()
    with on_pty([]) as board:
        link = ConsoleLink(board.path, HostClock())
        link.open(listener.hear)
        board.say(b"INFO  | whole\r\nGuru Medi")
        board.wait_until_read()
        board.close()
        listener.wait_until(lambda heard: bool(heard.events("connection_lost")))
        assert not link.is_alive()
        link.close()
    assert [line.text for line in listener.lines] == ["INFO  | whole", "Guru Medi"]


def test_a_line_that_has_begun_is_given_out_when_the_board_falls_silent() -> None:
    listener = Listener()
    with on_pty([]) as board:
        link = ConsoleLink(board.path, HostClock())
        link.open(listener.hear)
        board.say(b"Guru Meditation Error: Core 1 panic'ed")
        listener.wait_until(lambda heard: bool(heard.lines))
        assert link.is_alive()
        link.close()
    assert listener.events("connection_lost")[0].note == "closed by the recorder"


def test_the_banner_tells_what_board_it_is() -> None:
    listener = Listener()
    with on_pty([]) as board:
        link = ConsoleLink(board.path, HostClock(), port="demo:steady")
        link.open(listener.hear)
        board.say(b"INFO  | ??:??:?? 0 S:B:43,2.7.9.1234567,heltec-v3,meshtastic/firmware\r\n")
        listener.wait_until(lambda heard: bool(heard.events("device_info")))
        link.close()
    [device] = listener.events("device_info")
    assert device.port == "demo:steady"
    assert device.data is not None
    assert (device.data["hardware"], device.data["firmware"], device.data["environment"]) == (
        "HELTEC_V3",
        "2.7.9.1234567",
        "heltec-v3",
    )


def test_an_endless_line_is_cut_and_told() -> None:
    listener = Listener()
    with on_pty([]) as board:
        link = ConsoleLink(board.path, HostClock())
        link.open(listener.hear)
        board.say(b"x" * 250_000 + b"\n")
        listener.wait_until(lambda heard: sum(len(line.text) for line in heard.lines) == 250_000)
        link.close()
    assert [len(line.text) for line in listener.lines] == [100_000, 100_000, 50_000]
    assert listener.events("line_cut")


def test_a_port_behind_a_socket_works_like_a_local_one() -> None:
    listener = Listener()
    with socket.create_server(("127.0.0.1", 0)) as server:
        link = ConsoleLink(f"socket://127.0.0.1:{server.getsockname()[1]}", HostClock())
        link.open(listener.hear)
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"INFO  | from the rack\n")
            listener.wait_until(lambda heard: bool(heard.lines))
        listener.wait_until(lambda heard: bool(heard.events("connection_lost")))
        link.close()
    assert [line.text for line in listener.lines] == ["INFO  | from the rack"]


def test_a_console_that_is_closed_before_it_is_opened_opens_nothing() -> None:
    listener = Listener()
    with on_pty([]) as board:
        link = ConsoleLink(board.path, HostClock())
        link.close()
        link.open(listener.hear)
        assert not link.is_alive()
    assert listener.events("connection_established") == []


def test_a_console_that_is_not_there_is_told() -> None:
    with pytest.raises(LinkError, match="There is no serial port"):
        ConsoleLink("/dev/no-such-port", HostClock()).open(Listener().hear)
