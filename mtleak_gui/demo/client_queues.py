# SPDX-License-Identifier: GPL-3.0-only
"""What the board keeps for its client until it is fetched: queue statuses first, then packets.

Both queues outlive client sessions, as in ``src/mesh/MeshService.cpp``; only a restart empties them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from meshtastic.protobuf import mesh_pb2, portnums_pb2

SEND_QUEUE_SIZE = 16
_STATUSES_KEPT = 2
_PACKETS_KEPT = 32


class ClientQueues:
    """Used under the board's lock."""

    def __init__(self) -> None:
        self._statuses: deque[mesh_pb2.QueueStatus] = deque(maxlen=_STATUSES_KEPT)
        self._packets: deque[mesh_pb2.MeshPacket] = deque()

    @property
    def no_packet_waits(self) -> bool:
        """Whether the client has fetched every packet; the board's own telemetry is only made then."""
        return not self._packets

    def add_status(self, packet_id: int = 0, *, free: int = SEND_QUEUE_SIZE) -> None:
        """Tell how full the send queue was after the packet; of more than two the oldest is lost."""
        self._statuses.append(mesh_pb2.QueueStatus(free=free, maxlen=SEND_QUEUE_SIZE, mesh_packet_id=packet_id))

    def add_packet(self, packet: mesh_pb2.MeshPacket) -> None:
        """Keep a packet for the client; when 32 wait, only chat takes the place of the oldest."""
        if len(self._packets) >= _PACKETS_KEPT:
            if packet.decoded.portnum != portnums_pb2.PortNum.TEXT_MESSAGE_APP:
                return
            self._packets.popleft()
        self._packets.append(packet)

    def fetch(self) -> Iterator[mesh_pb2.FromRadio]:
        """Yield and remove everything that waits."""
        while self._statuses:
            yield mesh_pb2.FromRadio(queueStatus=self._statuses.popleft())
        while self._packets:
            yield mesh_pb2.FromRadio(packet=self._packets.popleft())


def send_queue_status() -> mesh_pb2.FromRadio:
    """Return the answer to a heartbeat."""
    return mesh_pb2.FromRadio(queueStatus=mesh_pb2.QueueStatus(free=SEND_QUEUE_SIZE, maxlen=SEND_QUEUE_SIZE))
