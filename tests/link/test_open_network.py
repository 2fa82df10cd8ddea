# SPDX-License-Identifier: GPL-3.0-only
"""What is said when a board in the network, or a serial port served by a computer there, cannot be reached."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

import pytest

from mtleak_gui.core.contracts import LinkError
from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.link import byte_stream
from mtleak_gui.link.byte_stream import open_serial, open_tcp


def free_port() -> int:
    """Return a port of this machine where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def trouble_at(address: str) -> LinkTrouble:
    """Return the trouble of connecting to a node (``host:port``) or a URL of a serial port."""
    if "://" in address:
        connect = partial(open_serial, address)
    else:
        host, _, number = address.rpartition(":")
        connect = partial(open_tcp, host.strip("[]"), int(number))
    with pytest.raises(LinkError) as caught:
        connect()
    return caught.value.trouble


@contextmanager
def overcrowded() -> Iterator[int]:
    """Listen without ever answering, until calls are left waiting; yields the port."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        number = int(server.getsockname()[1])
        for _ in range(4):
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", number))
        yield number


def test_a_node_that_does_not_listen_is_told_as_refused() -> None:
    number = free_port()
    trouble = trouble_at(f"127.0.0.1:{number}")
    assert (trouble.kind, trouble.what) == ("refused", f"Nothing listens on 127.0.0.1:{number}.")
    assert "Wi-Fi" in trouble.todo
    assert "ECONNREFUSED" in (trouble.detail or "")


@pytest.mark.parametrize("scheme", ["socket", "rfc2217"])
def test_a_serial_server_that_does_not_listen_is_told_as_refused(scheme: str) -> None:
    number = free_port()
    trouble = trouble_at(f"{scheme}://127.0.0.1:{number}")
    assert (trouble.kind, trouble.what) == ("refused", f"Nothing listens on 127.0.0.1:{number}.")
    assert "ser2net" in trouble.todo


def test_an_ipv6_address_is_written_in_brackets() -> None:
    if not socket.has_ipv6:
        pytest.skip("this system has no IPv6")
    trouble = trouble_at("[::1]:1")
    assert "[::1]:1" in trouble.what


@pytest.mark.parametrize(
    "address",
    ["no-such-board.invalid:4403", "socket://no-such-board.invalid:4000", "rfc2217://no-such-board.invalid:4000"],
)
def test_a_name_that_nobody_knows_is_told_as_such(address: str) -> None:
    trouble = trouble_at(address)
    assert (trouble.kind, trouble.what) == ("unknown_host", "The name no-such-board.invalid is not known.")


def test_a_name_that_cannot_be_one_is_not_known_either() -> None:
    assert trouble_at(f"{'x' * 70}.example:4403").kind == "unknown_host"


@pytest.mark.parametrize("address", ["255.255.255.255:4403", "socket://255.255.255.255:4000"])
def test_an_address_without_a_way_to_it_is_told_as_such(address: str) -> None:
    trouble = trouble_at(address)
    assert (trouble.kind, trouble.what) == ("unreachable", f"{address.removeprefix('socket://')} cannot be reached.")
    assert trouble.remedies[0].text == "ping 255.255.255.255"


def test_a_call_that_nobody_answers_is_told_with_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(byte_stream, "CONNECT_WAIT_S", 1.0)
    with overcrowded() as number:
        trouble = trouble_at(f"127.0.0.1:{number}")
    assert (trouble.kind, trouble.what) == ("unreachable", f"127.0.0.1:{number} did not answer within 1 s.")


@pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")  # pyserial's own
def test_a_server_that_speaks_no_rfc2217_is_told_with_what_to_use_instead() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1]
        trouble = trouble_at(f"rfc2217://127.0.0.1:{number}")
    assert (trouble.kind, trouble.what) == ("wrong_device", f"127.0.0.1:{number} does not speak RFC 2217.")
    assert f"socket://127.0.0.1:{number}" in trouble.todo
