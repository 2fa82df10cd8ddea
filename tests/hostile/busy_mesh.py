# SPDX-License-Identifier: GPL-3.0-only
"""What the busiest mesh makes a board say: 1,600 nodes in the handshake, and packets of every kind from all of them."""

from __future__ import annotations

from google.protobuf.message import Message
from meshtastic.protobuf import mesh_pb2, portnums_pb2, telemetry_pb2

from mtleak_gui.demo.stream_codec import START, encode_frame
from tests.hostile.chatter import packet

NODES = 1_600
FIRST = 0x20000000


def user_of(number: int) -> mesh_pb2.User:
    """Return who a node says it is."""
    name = f"Node {number} of a big mesh"
    return mesh_pb2.User(id=f"!{FIRST + number:08x}", long_name=name, short_name=f"{number:04d}")


def node_frame(number: int) -> bytes:
    """Return what a board tells of a node."""
    node = mesh_pb2.NodeInfo(num=FIRST + number, user=user_of(number), snr=5.5, last_heard=1_790_000_000, hops_away=3)
    return encode_frame(mesh_pb2.FromRadio(node_info=node).SerializeToString())


def packet_frame(number: int) -> bytes:
    """Return the packet of that number: text, telemetry, a position, a node's user, or encrypted for somebody else."""
    sender = FIRST + number % NODES
    kind = number % 5
    if kind == 0:
        return packet(sender, number)
    if kind == 1:
        fields = {"from": sender, "to": 7, "id": number, "encrypted": bytes(number % 237)}
        return encode_frame(mesh_pb2.FromRadio(packet=mesh_pb2.MeshPacket(**fields)).SerializeToString())
    metrics = telemetry_pb2.DeviceMetrics(battery_level=number % 101, uptime_seconds=number)
    said: dict[int, tuple[int, Message]] = {
        2: (portnums_pb2.TELEMETRY_APP, telemetry_pb2.Telemetry(time=1_790_000_000, device_metrics=metrics)),
        3: (portnums_pb2.POSITION_APP, mesh_pb2.Position(latitude_i=number, longitude_i=-number, altitude=7)),
        4: (portnums_pb2.NODEINFO_APP, user_of(number % NODES)),
    }
    portnum, message = said[kind]
    data = mesh_pb2.Data(portnum=portnum, payload=message.SerializeToString())
    fields = {"from": sender, "to": 0xFFFFFFFF, "id": number, "decoded": data, "rx_snr": 5.25, "rx_rssi": -97}
    return encode_frame(mesh_pb2.FromRadio(packet=mesh_pb2.MeshPacket(**fields)).SerializeToString())


def with_many_nodes(frame: bytes) -> bytes:
    """Put 1,600 nodes before the end of each handshake."""
    if not frame.startswith(START):
        return frame
    message = mesh_pb2.FromRadio.FromString(frame[4:])
    if message.WhichOneof("payload_variant") != "config_complete_id":
        return frame
    return b"".join(node_frame(number) for number in range(NODES)) + frame
