# SPDX-License-Identifier: GPL-3.0-only
"""Serial ports of other computers: a real RFC 2217 server and a real socket, virtual boards behind both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from mtleak_gui.core.contracts import LinkError
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.pty_port import serve_pty
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.tcp_port import serve_tcp
from mtleak_gui.demo.virtual_board import VirtualBoard
from mtleak_gui.link.byte_stream import open_serial
from mtleak_gui.link.console_link import ConsoleLink
from mtleak_gui.link.meshtastic_link import MeshtasticLink
from tests.link.listening import HostClock, Listener
from tests.link.rfc2217_server import device_server

# pyserial 3.5 calls what Python has a newer name for.
pytestmark = pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")


def board() -> VirtualBoard:
    return VirtualBoard(scenario_named("leak-threads"), clock=BoardClock(60), debug_log_api=True)


@contextmanager
def served(scheme: str) -> Iterator[str]:
    """Yield the URL of a virtual board's serial port."""
    if scheme == "socket":
        with serve_tcp(board(), serial_side=True) as (host, port):
            yield f"socket://{host}:{port}"
        return
    with serve_pty(board()) as path, device_server(path) as server:
        yield f"rfc2217://127.0.0.1:{server.port}"


@pytest.mark.parametrize("scheme", ["socket", "rfc2217"])
def test_a_board_is_heard_over_the_api(scheme: str) -> None:
    listener = Listener()
    with served(scheme) as url:
        link = MeshtasticLink(partial(open_serial, url), url, "serial", HostClock())
        device = link.open(listener.hear)
        listener.wait_until(lambda heard: any(line.device_time for line in heard.lines) and len(heard.packets) > 1)
        link.close()
    assert device.long_name is not None
    assert {line.port for line in listener.lines} == {url}


@pytest.mark.parametrize("scheme", ["socket", "rfc2217"])
def test_a_console_is_heard_and_nothing_is_sent(scheme: str) -> None:
    listener = Listener()
    with served(scheme) as url:
        link = ConsoleLink(url, HostClock())
        link.open(listener.hear)
        listener.wait_until(lambda heard: any("[heap " in line.text for line in heard.lines))
        link.close()


@pytest.mark.parametrize("scheme", ["socket", "rfc2217"])
def test_a_server_that_goes_away_is_told_as_a_loss(scheme: str) -> None:
    listener = Listener()
    with served(scheme) as url:
        link = MeshtasticLink(partial(open_serial, url), url, "serial", HostClock())
        link.open(listener.hear)
    listener.wait_until(lambda heard: bool(heard.events("connection_lost")))
    assert not link.is_alive()
    link.close()


@pytest.mark.parametrize("scheme", ["socket", "rfc2217"])
def test_a_server_that_is_not_there_is_told_with_its_address(scheme: str) -> None:
    with served(scheme) as url:
        pass
    with pytest.raises(LinkError) as refused:
        open_serial(url)
    assert url.partition("://")[2] in str(refused.value)
