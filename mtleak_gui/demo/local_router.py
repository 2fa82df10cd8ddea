# SPDX-License-Identifier: GPL-3.0-only
"""What becomes of packets on the board itself: replies, acknowledgements, NAKs, and what it sends on its own account.

Source: ``MeshService::sendToMesh`` (a queue status for each packet, the reply's before the request's) and
``MeshModule::callModules``.
"""

from __future__ import annotations

from collections.abc import Callable

from meshtastic.protobuf import mesh_pb2, portnums_pb2

from mtleak_gui.demo.admin_service import AdminService
from mtleak_gui.demo.board_config import BoardConfig
from mtleak_gui.demo.client_queues import SEND_QUEUE_SIZE, ClientQueues
from mtleak_gui.demo.mesh_nodes import BROADCAST, Identity
from mtleak_gui.demo.scenario import Scenario
from mtleak_gui.demo.seeded_random import chance
from mtleak_gui.demo.telemetry_service import Moment, TelemetryService

_Port = portnums_pb2.PortNum
_Priority = mesh_pb2.MeshPacket.Priority
_Reason = mesh_pb2.Routing.Error
_HOP_LIMIT = 3


class LocalRouter:
    """The packets of one boot. Used under the board's lock; ``log`` takes level, thread and message."""

    def __init__(
        self,
        scenario: Scenario,
        identity: Identity,
        config: BoardConfig,
        queues: ClientQueues,
        log: Callable[[str, str | None, str], None],
        *,
        key: str,
    ) -> None:
        random = chance("packet ids", scenario.name, key)
        self._scenario = scenario
        self._identity = identity
        self._config = config
        self._queues = queues
        self._log = log
        self._ids = random
        self._admin = AdminService(scenario, config, random)
        self.telemetry = TelemetryService(scenario)

    def take(self, packet: mesh_pb2.MeshPacket, moment: Moment, thread: str) -> int | None:
        """Deal with a packet of the local client. Return in how many seconds the board is to restart, if it is."""
        if packet.to != self._identity.num:
            self._queues.add_status(packet.id, free=SEND_QUEUE_SIZE - 1)
            return None
        match packet.decoded.portnum:
            case _Port.TELEMETRY_APP:
                reply, reboot_in = self._answer_telemetry(packet, moment, thread), None
            case _Port.ADMIN_APP:
                reply, reboot_in = self._answer_admin(packet, thread)
            case _:
                reply, reboot_in = None, None
        if reply is None and packet.decoded.want_response:
            reply = self._nak(packet, thread)
        if reply is not None:
            self._queues.add_status(reply.id)
        self._queues.add_status(packet.id)
        if reply is not None:
            self._queues.add_packet(reply)
        return reboot_in

    def run_telemetry(self, moment: Moment) -> None:
        """Let the telemetry module run and hand its messages to the client."""
        messages, lines = self.telemetry.run(moment, queue_is_empty=self._queues.no_packet_waits)
        for level, line in lines:
            self._log(level, "DeviceTelemetry", line)
        for message in messages:
            data = mesh_pb2.Data(portnum=_Port.TELEMETRY_APP, payload=message.SerializeToString())
            self._queues.add_packet(self._own_packet(BROADCAST, data, _Priority.BACKGROUND))

    def send_node_info(self) -> None:
        """Tell the board's name to the mesh; a simulated radio gives it back to the client."""
        user = mesh_pb2.User()
        user.CopyFrom(self._config.owner)
        user.hw_model = mesh_pb2.HardwareModel.Value(self._scenario.hardware.model)
        data = mesh_pb2.Data(portnum=_Port.NODEINFO_APP, payload=user.SerializeToString(), want_response=True)
        packet = self._own_packet(BROADCAST, data, _Priority.BACKGROUND)
        self._log("INFO", "NodeInfo", "Send our nodeinfo to mesh (wantReplies=1)")
        self._log("INFO", "NodeInfo", f"Send owner {user.id}/{user.long_name}/{user.short_name}")
        self._queues.add_status(packet.id, free=SEND_QUEUE_SIZE - 1)
        if self._scenario.hardware.platform.simulated_radio:
            packed = mesh_pb2.Compressed(portnum=data.portnum, data=data.payload)
            packet.decoded.portnum = _Port.SIMULATOR_APP
            packet.decoded.payload = packed.SerializeToString()
            packet.decoded.bitfield = 2
            packet.hop_start = _HOP_LIMIT
            packet.relay_node = self._identity.num & 0xFF
            self._queues.add_status(packet.id)
            self._queues.add_packet(packet)

    def _answer_telemetry(self, packet: mesh_pb2.MeshPacket, moment: Moment, thread: str) -> mesh_pb2.MeshPacket | None:
        if not packet.decoded.want_response:
            return None
        message, lines = self.telemetry.reply(packet.decoded.payload, moment)
        for level, line in lines:
            self._log(level, thread, line)
        if message is None:
            return None
        return self._reply(packet, _Port.TELEMETRY_APP, message.SerializeToString(), _Priority.RELIABLE)

    def _answer_admin(self, packet: mesh_pb2.MeshPacket, thread: str) -> tuple[mesh_pb2.MeshPacket | None, int | None]:
        outcome = self._admin.handle(packet.decoded.payload)
        for line in outcome.lines:
            self._log("INFO", thread, line)
        if outcome.ignored:
            return None, None
        if outcome.response is not None:
            payload = outcome.response.SerializeToString()
            reply = self._reply(packet, _Port.ADMIN_APP, payload, _Priority.RELIABLE)
        elif packet.decoded.want_response or outcome.bad_request:
            reason = _Reason.BAD_REQUEST if outcome.bad_request else _Reason.NONE
            reply = self._routing_reply(packet, reason)
        else:
            return None, outcome.reboot_in
        reply.pki_encrypted = packet.pki_encrypted
        return reply, outcome.reboot_in

    def _nak(self, packet: mesh_pb2.MeshPacket, thread: str) -> mesh_pb2.MeshPacket:
        nak = self._routing_reply(packet, _Reason.NO_RESPONSE)
        self._log("DEBUG", thread, "No one responded, send a nak")
        ids = f"to=0x{self._identity.num:08x},idFrom=0x{packet.id:08x},id=0x{nak.id:08x}"
        self._log("WARN", thread, f"Alloc an err={_Reason.NO_RESPONSE},{ids}")
        return nak

    def _routing_reply(
        self, packet: mesh_pb2.MeshPacket, reason: mesh_pb2.Routing.Error.ValueType
    ) -> mesh_pb2.MeshPacket:
        payload = mesh_pb2.Routing(error_reason=reason).SerializeToString()
        return self._reply(packet, _Port.ROUTING_APP, payload, _Priority.ACK)

    def _reply(
        self,
        packet: mesh_pb2.MeshPacket,
        port: portnums_pb2.PortNum.ValueType,
        payload: bytes,
        priority: mesh_pb2.MeshPacket.Priority.ValueType,
    ) -> mesh_pb2.MeshPacket:
        data = mesh_pb2.Data(portnum=port, payload=payload, request_id=packet.id)
        return self._own_packet(self._identity.num, data, priority)

    def _own_packet(
        self, to: int, data: mesh_pb2.Data, priority: mesh_pb2.MeshPacket.Priority.ValueType
    ) -> mesh_pb2.MeshPacket:
        fields = {"from": self._identity.num, "to": to, "id": self._ids.getrandbits(32) | 1, "hop_limit": _HOP_LIMIT,
                  "decoded": data, "priority": priority}  # fmt: skip
        return mesh_pb2.MeshPacket(**fields)
