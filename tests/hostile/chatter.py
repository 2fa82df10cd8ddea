# SPDX-License-Identifier: GPL-3.0-only
"""Numbered things that a board says all the time, by which every single row of a recording can be told."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from meshtastic.protobuf import mesh_pb2, portnums_pb2

from mtleak_gui.demo.stream_codec import encode_frame
from tests.hostile.tap import Tap

EACH_S = 0.02
_LINE = re.compile(r"chatter (\S+) (\d+) over$")


def line(name: str, number: int) -> bytes:
    """Return a line of text that tells who said it and which it is."""
    return f"chatter {name} {number} over\r\n".encode()


def record(name: str, number: int) -> bytes:
    """Return the frame of a log record that says the same."""
    message = f"chatter {name} {number} over"
    return _frame(mesh_pb2.FromRadio(log_record=mesh_pb2.LogRecord(message=message, source="Router", level=20)))


def packet(sender: int, number: int) -> bytes:
    """Return the frame of a packet from a node; its id is the number."""
    data = mesh_pb2.Data(portnum=portnums_pb2.PortNum.TEXT_MESSAGE_APP, payload=f"{sender:x} {number}".encode())
    fields = {"from": sender, "to": 0xFFFFFFFF, "id": number, "decoded": data, "rx_time": 1_790_000_000}
    return _frame(mesh_pb2.FromRadio(packet=mesh_pb2.MeshPacket(**fields)))


def said(text: str) -> tuple[str, int] | None:
    """Return who said a line and which it was, ``None`` for any other line."""
    found = _LINE.search(text)
    return None if found is None else (found[1], int(found[2]))


class Chatter:
    """Says a numbered line of text and a frame with a numbered packet, or one of both, fifty times a second."""

    def __init__(self, tap: Tap, name: str, sender: int, *, lines: bool = True, frames: bool = True) -> None:
        self.name, self.sender = name, sender
        self._tap, self._lines, self._frames = tap, lines, frames
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"chatter {name}")
        self.number = 0
        """The last that was said."""

    def _run(self) -> None:
        while not self._ending.wait(EACH_S):
            number = self.number + 1
            if self._lines:
                self._tap.put_in(line(self.name, number))
            if self._frames:
                self._tap.put_in(packet(self.sender, number))
            self.number = number

    def start(self) -> None:
        """Begin to talk."""
        self._thread.start()

    def end(self) -> None:
        """Fall silent."""
        self._ending.set()
        self._thread.join()


@contextmanager
def chatting(tap: Tap, name: str, sender: int, *, lines: bool = True, frames: bool = True) -> Iterator[Chatter]:
    """Let a board talk."""
    chatter = Chatter(tap, name, sender, lines=lines, frames=frames)
    chatter.start()
    try:
        yield chatter
    finally:
        chatter.end()


def _frame(message: mesh_pb2.FromRadio) -> bytes:
    return encode_frame(message.SerializeToString())
