# SPDX-License-Identifier: GPL-3.0-only
"""The meshtastic package as a client of a served board: opened, listened to, and closed without a thread left."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from meshtastic.protobuf import admin_pb2, portnums_pb2, telemetry_pb2
from meshtastic.serial_interface import SerialInterface
from meshtastic.stream_interface import StreamInterface
from meshtastic.tcp_interface import TCPInterface
from pubsub import pub

PATIENCE_S = 20.0
"""How long a test waits for something that comes within a second on an idle machine."""


Packets = queue.SimpleQueue[dict[str, Any]]
Lines = queue.SimpleQueue[str]


@contextmanager
def over_tcp(address: tuple[str, int]) -> Iterator[StreamInterface]:
    """Connect with ``TCPInterface``."""
    interface = TCPInterface(address[0], portNumber=address[1], timeout=30)
    try:
        _settle(interface)
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
def hearing_packets(topic: str = "meshtastic.receive") -> Iterator[Packets]:
    """Collect the packets that the package publishes on a topic."""
    packets: Packets = queue.SimpleQueue()

    # pubsub takes the names of a topic's arguments from its first listener, so each must name them as the package does.
    def hear(packet: dict[str, Any], interface: object) -> None:
        packets.put(packet)

    pub.subscribe(hear, topic)
    try:
        yield packets
    finally:
        pub.unsubscribe(hear, topic)


@contextmanager
def hearing_lines() -> Iterator[Lines]:
    """Collect the log lines that the package publishes."""
    lines: Lines = queue.SimpleQueue()

    def hear(line: str, interface: object) -> None:
        lines.put(line)

    pub.subscribe(hear, "meshtastic.log.line")
    try:
        yield lines
    finally:
        pub.unsubscribe(hear, "meshtastic.log.line")


def _settle(interface: StreamInterface) -> None:
    """Wait for one answer: closing before the package has sent its first heartbeat makes it log a broken pipe."""
    with hearing_packets("meshtastic.receive.admin") as packets:
        question = admin_pb2.AdminMessage(get_owner_request=True)
        own = interface.myInfo.my_node_num
        sent = interface.sendData(
            question, destinationId=own, portNum=portnums_pb2.PortNum.ADMIN_APP, wantResponse=True
        )
        reply_to(packets, sent.id)


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


def reply_to(packets: Packets, request: int) -> dict[str, Any]:
    """Wait for the packet that answers a request."""
    while True:
        packet = packets.get(timeout=PATIENCE_S)
        if packet["decoded"].get("requestId") == request:
            return packet
