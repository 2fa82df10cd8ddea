# SPDX-License-Identifier: GPL-3.0-only
"""A mesh packet in the form in which the meshtastic package publishes it, made without an interface."""

from __future__ import annotations

from google.protobuf.json_format import MessageToDict
from meshtastic import protocols
from meshtastic.protobuf import mesh_pb2, portnums_pb2

from mtleak_gui.demo.mesh_nodes import BROADCAST, node_id


def received_packet(packet: mesh_pb2.MeshPacket) -> dict[str, object]:
    """Return the dictionary that subscribers of ``meshtastic.receive`` get, without the ``raw`` messages in it.

    Source: ``MeshInterface._handlePacketFromRadio``. The nodes are taken as known: ``fromId`` and ``toId`` are names
    such as ``!433d1a2c`` and ``^all``.
    """
    published: dict[str, object] = MessageToDict(packet)
    sender, receiver = getattr(packet, "from"), packet.to
    published["fromId"] = node_id(sender)
    published["toId"] = "^all" if receiver == BROADCAST else node_id(receiver)
    decoded = published["decoded"]
    if isinstance(decoded, dict):
        payload = packet.decoded.payload
        decoded["payload"] = payload
        protocol = protocols.get(packet.decoded.portnum)
        if protocol is not None and protocol.protobufFactory is not None:
            decoded[protocol.name] = MessageToDict(protocol.protobufFactory.FromString(payload))
        elif packet.decoded.portnum == portnums_pb2.PortNum.TEXT_MESSAGE_APP:
            decoded["text"] = payload.decode()
    return published
