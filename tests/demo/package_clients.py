# SPDX-License-Identifier: GPL-3.0-only
"""The meshtastic package as a client of a served board: opened, listened to, and closed without a thread left."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from meshtastic.protobuf import portnums_pb2, telemetry_pb2
from meshtastic.serial_interface import SerialInterface
from meshtastic.stream_interface import StreamInterface
from meshtastic.tcp_interface import TCPInterface
from pubsub import pub

PATIENCE_S = 20.0
"""How long a test waits for something that comes within a second on an idle machine."""


class Inbox(Protocol):
    """Where a topic's messages are put."""

    def get(self, *, timeout: float) -> dict[str, object]:
        """Return the next message; ``queue.Empty`` when none comes in time."""


@contextmanager
def over_tcp(address: tuple[str, int]) -> Iterator[StreamInterface]:
    """Connect with ``TCPInterface``."""
    interface = TCPInterface(address[0], portNumber=address[1], timeout=30)
    try:
        yield interface
    finally:
        interface.close()


@contextmanager
def over_serial(path: str) -> Iterator[StreamInterface]:
    """Connect with ``SerialInterface``."""
    interface = SerialInterface(path, timeout=30)
    try:
        yield interface
    finally:
        interface.close()


@contextmanager
def hearing(topic: str) -> Iterator[Inbox]:
    """Collect what the package publishes on a topic."""
    inbox: queue.SimpleQueue[dict[str, object]] = queue.SimpleQueue()

    def hear(topic: object = pub.AUTO_TOPIC, **message: object) -> None:
        inbox.put(message)

    pub.subscribe(hear, topic)
    try:
        yield inbox
    finally:
        pub.unsubscribe(hear, topic)


def ask_for_stats(interface: StreamInterface) -> int:
    """Ask the board for LocalStats as the firmware facts say, and return the request's id."""
    request = telemetry_pb2.Telemetry(local_stats=telemetry_pb2.LocalStats())
    sent = interface.sendData(
        request,
        destinationId=interface.myInfo.my_node_num,
        portNum=portnums_pb2.PortNum.TELEMETRY_APP,
        wantResponse=True,
    )
    return int(sent.id)


def reply_to(inbox: Inbox, request: int) -> dict[str, object]:
    """Wait for the telemetry that answers a request."""
    while True:
        packet = inbox.get(timeout=PATIENCE_S)["packet"]
        assert isinstance(packet, dict)
        if packet["decoded"].get("requestId") == request:
            return packet
