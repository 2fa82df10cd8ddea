# SPDX-License-Identifier: GPL-3.0-only
"""A port that one thread closes while another reads or writes: a loss like any other, and no fault of the program."""

from __future__ import annotations

import contextlib
import os
import threading
import tty
from collections.abc import Callable

import pytest

from mtleak_gui.link.byte_stream import ByteStream, open_serial, open_tcp
from tests.hostile.heard_board import new_board
from tests.hostile.tcp_way import on_tcp

ROUNDS = 8


def raised_by(act: Callable[[], object], stream: ByteStream) -> BaseException | None:
    """Close the stream while another thread acts on it over and over; return what ended that."""
    begun = threading.Event()
    raised: list[BaseException] = []

    def go_on() -> None:
        try:
            while True:
                begun.set()
                act()
        except Exception as fault:  # noqa: BLE001  # what it raises is the question
            raised.append(fault)

    thread = threading.Thread(target=go_on)
    thread.start()
    assert begun.wait(10)
    stream.close()
    thread.join(20)
    assert not thread.is_alive()
    return raised[0]


@pytest.mark.parametrize("acts", ["reads", "writes"])
def test_a_serial_port(acts: str) -> None:
    for _ in range(ROUNDS):
        master, slave = os.openpty()
        tty.setraw(slave)
        stream = open_serial(os.ttyname(slave))
        act = stream.read if acts == "reads" else lambda stream=stream: stream.write(b"x" * 5000)
        assert isinstance(raised_by(act, stream), OSError)
        for side in (master, slave):
            with contextlib.suppress(OSError):
                os.close(side)


def test_a_tcp_connection() -> None:
    with on_tcp(new_board()) as way:
        for _ in range(ROUNDS):
            stream = open_tcp("127.0.0.1", way.address.tcp_port)
            assert isinstance(raised_by(stream.read, stream), OSError)
