# SPDX-License-Identifier: GPL-3.0-only
"""What other nodes send: positions, names, chat, their own telemetry, and the log lines that the board prints for it.

Wording of the lines: ``src/mesh/Router.cpp``, ``RadioLibInterface.cpp``, ``MeshModule.cpp`` and the recorded consoles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import sin
from random import Random
from typing import NamedTuple

from meshtastic.protobuf import config_pb2, mesh_pb2, portnums_pb2, telemetry_pb2

from mtleak_gui.demo.heap_scenarios import Arrival
from mtleak_gui.demo.mesh_nodes import BROADCAST, Neighbour, node_id
from mtleak_gui.demo.seeded_random import chance

_CHAT = (
    "Good morning from the ridge",
    "anyone else seeing out of memory on the T-Beam after the update?",
    "Testing range, 4 hops, works fine",
    "Alloc an err=8 again in my log, is that bad?",
    "Battery at 60 %, panel is clean now",
)
_KINDS = ("position",) * 5 + ("device",) * 4 + ("environment",) * 3 + ("local_stats",) * 2 + ("name",) * 2 + ("text",)
_PORTS = {"position": 3, "name": 4, "text": 1, "device": 67, "environment": 67, "local_stats": 67}
_HEARD_AS = {"position": "position", "name": "nodeinfo", "device": "DeviceTelemetry",
             "environment": "EnvironmentTelemetry", "local_stats": "DeviceTelemetry"}  # fmt: skip


class HeardPacket(NamedTuple):
    """A packet that arrives at uptime ``at``; what it holds is made from ``key`` when somebody asks."""

    at: float
    sender: Neighbour
    kind: str
    packet_id: int
    rssi: int
    key: int

    def mesh_packet(self, rx_time: int) -> mesh_pb2.MeshPacket:
        """Return it as the board hands it to a client, received at ``rx_time`` (epoch s)."""
        fields = {
            "from": self.sender.num,
            "to": BROADCAST,
            "id": self.packet_id,
            "rx_time": rx_time,
            "rx_snr": self.sender.snr,
            "rx_rssi": self.rssi,
            "hop_limit": 3 - self.sender.hops,
            "hop_start": 3,
            "relay_node": self.sender.num & 0xFF,
            "priority": mesh_pb2.MeshPacket.Priority.BACKGROUND,
            "transport_mechanism": mesh_pb2.MeshPacket.TransportMechanism.TRANSPORT_LORA,
            "decoded": self._data(rx_time),
        }
        return mesh_pb2.MeshPacket(**fields)

    def chat(self) -> str:
        """Return the text of a chat message."""
        return _CHAT[self.key % len(_CHAT)]

    def log_lines(self, wall: float) -> Iterator[tuple[str, str, str]]:
        """Yield level, thread and message of each line that handling the packet prints."""
        about = f"id=0x{self.packet_id:08x} fr=0x{self.sender.num:08x} to=0x{BROADCAST:08x}, transport = 1, WantAck=0"
        hops = f"HopLim={3 - self.sender.hops}"
        radio = f"rxSNR={self.sender.snr:g} rxRSSI={self.rssi} hopStart=3 relay=0x{self.sender.num & 0xFF:x}"
        port = _PORTS[self.kind]
        clear = f"({about}, {hops} Ch=0 Portnum={port} rxtime={int(wall)} {radio} priority=10)"
        yield "DEBUG", "RadioIf", f"Lora RX ({about}, {hops} Ch=8 encrypted len={24 + self.key % 90} {radio})"
        yield "DEBUG", "Router", "Use channel 0 (hash 0x8)"
        yield "DEBUG", "Router", f"decoded message {clear}"
        yield "DEBUG", "Router", f"handleReceived(REMOTE) {clear}"
        origin = f"from=0x{self.sender.num:08x}, id=0x{self.packet_id:08x}"
        if self.kind == "text":
            yield "INFO", "Router", f"Received text msg {origin}, msg={self.chat()}"
        else:
            heard_as = _HEARD_AS[self.kind]
            yield "INFO", "Router", f"Received {heard_as} {origin}, portnum={port}, payloadlen={18 + self.key % 40}"
        if self.kind == "device":
            yield "DEBUG", "Router", "updateTelemetry REMOTE device"
        yield "DEBUG", "Router", f"Delivering rx packet {clear}"
        yield "DEBUG", "Router", f"Forwarding to phone {clear}"

    def _data(self, rx_time: int) -> mesh_pb2.Data:
        payload = _PAYLOADS[self.kind](self, rx_time)
        return mesh_pb2.Data(portnum=portnums_pb2.PortNum.ValueType(_PORTS[self.kind]), payload=payload, bitfield=1)


def heard(arrival: Arrival, nodes: tuple[Neighbour, ...]) -> HeardPacket:
    """Return what arrives; which node sends what follows from the arrival's key."""
    random = chance("heard", arrival.key)
    return HeardPacket(
        arrival.at,
        random.choice(nodes),
        random.choice(_KINDS),
        random.getrandbits(31) | 1,
        random.randrange(-118, -70),
        arrival.key,
    )


def nak_line(own_num: int, random: Random) -> tuple[str, str, str]:
    """Return the line for a NAK packet that the board makes; it says "Alloc" and has nothing to do with memory."""
    reason = random.choice((3, 5, 5, 8))
    ids = (random.getrandbits(32), random.getrandbits(32))
    return "WARN", "Router", f"Alloc an err={reason},to=0x{own_num:08x},idFrom=0x{ids[0]:08x},id=0x{ids[1]:08x}"


def user(sender: Neighbour) -> mesh_pb2.User:
    """Return how a node introduces itself."""
    return mesh_pb2.User(
        id=node_id(sender.num),
        long_name=sender.long_name,
        short_name=sender.short_name,
        macaddr=b"\x24\x6f" + sender.num.to_bytes(4, "big"),
        hw_model=mesh_pb2.HardwareModel.Value(sender.model),
        role=config_pb2.Config.DeviceConfig.Role.Value(sender.role),
    )


def position(sender: Neighbour, at: int, moved: int = 0) -> mesh_pb2.Position:
    """Return where a node is at that epoch time, ``moved`` 1e-7 degrees off its home."""
    return mesh_pb2.Position(
        latitude_i=sender.latitude + moved, longitude_i=sender.longitude - moved, altitude=12, time=at, PDOP=180
    )


def _position(packet: HeardPacket, at: int) -> bytes:
    return bytes(position(packet.sender, at, moved=packet.key % 4_000).SerializeToString())


def _name(packet: HeardPacket, _at: int) -> bytes:
    return bytes(user(packet.sender).SerializeToString())


def _text(packet: HeardPacket, _at: int) -> bytes:
    return packet.chat().encode()


def _device(packet: HeardPacket, at: int) -> bytes:
    metrics = telemetry_pb2.DeviceMetrics(
        battery_level=40 + packet.key % 60,
        voltage=3.6 + packet.key % 50 / 100,
        channel_utilization=packet.key % 900 / 100,
        air_util_tx=packet.key % 300 / 100,
        uptime_seconds=at % 1_000_000,
    )
    return bytes(telemetry_pb2.Telemetry(time=at, device_metrics=metrics).SerializeToString())


def _environment(packet: HeardPacket, at: int) -> bytes:
    metrics = telemetry_pb2.EnvironmentMetrics(
        temperature=round(14 + 8 * sin(at / 13_750), 2),
        relative_humidity=55.0 + packet.key % 20,
        barometric_pressure=1_009.0 + packet.key % 90 / 10,
    )
    return bytes(telemetry_pb2.Telemetry(time=at, environment_metrics=metrics).SerializeToString())


def _local_stats(packet: HeardPacket, at: int) -> bytes:
    stats = telemetry_pb2.LocalStats(
        uptime_seconds=at % 1_000_000,
        channel_utilization=packet.key % 900 / 100,
        num_packets_tx=at // 200 % 100_000,
        num_packets_rx=at // 9 % 100_000,
        num_online_nodes=5,
        num_total_nodes=31,
        heap_total_bytes=294_912,
        heap_free_bytes=packet.sender.heap_free - packet.key % 4_096,
    )
    return bytes(telemetry_pb2.Telemetry(time=at, local_stats=stats).SerializeToString())


_PAYLOADS: dict[str, Callable[[HeardPacket, int], bytes]] = {
    "position": _position,
    "name": _name,
    "text": _text,
    "device": _device,
    "environment": _environment,
    "local_stats": _local_stats,
}
