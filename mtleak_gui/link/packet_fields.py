# SPDX-License-Identifier: GPL-3.0-only
"""A mesh packet as the dictionary that the package publishes, made on the spot and for any payload."""

from __future__ import annotations

from typing import Protocol

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import DecodeError
from meshtastic import protocols
from meshtastic.protobuf import mesh_pb2, portnums_pb2


class NodeName(Protocol):
    """Looks the id of a node number up; the broadcast number has a name as a destination only."""

    def __call__(self, num: int, isDest: bool = True) -> str | None:  # noqa: FBT001, FBT002, N803  # the package's
        """Return the id, or ``None`` when it is not known."""


def packet_fields(packet: mesh_pb2.MeshPacket, node_name: NodeName) -> dict[str, object]:
    """Return the packet as plain values, keys as the package gives them, without its ``raw`` messages.

    A payload that cannot be decoded stays bytes, where the package would drop the packet.
    """
    fields: dict[str, object] = MessageToDict(packet)
    sender = getattr(packet, "from")
    fields["from"] = sender
    fields["to"] = packet.to
    fields["fromId"] = node_name(sender, isDest=False)
    fields["toId"] = node_name(packet.to)
    if packet.HasField("decoded"):
        fields["decoded"] = _decoded_fields(packet.decoded, fields["decoded"])
    return fields


def _decoded_fields(data: mesh_pb2.Data, found: object) -> dict[str, object]:
    decoded: dict[str, object] = dict(found) if isinstance(found, dict) else {}
    decoded["payload"] = data.payload
    decoded.setdefault("portnum", portnums_pb2.PortNum.Name(portnums_pb2.PortNum.UNKNOWN_APP))
    known = protocols.get(data.portnum)
    if known is None:
        return decoded
    if known.protobufFactory is not None:
        try:
            decoded[known.name] = MessageToDict(known.protobufFactory.FromString(data.payload))
        except DecodeError:
            return decoded
    elif known.name == "text":
        decoded["text"] = data.payload.decode("utf-8", errors="replace")
    return decoded
