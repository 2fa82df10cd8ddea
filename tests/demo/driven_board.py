# SPDX-License-Identifier: GPL-3.0-only
"""A virtual board whose time the test moves by hand, and one client whose bytes are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from meshtastic.protobuf import admin_pb2, mesh_pb2, portnums_pb2, telemetry_pb2

from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.phone_api import PhoneSession
from mtleak_gui.demo.scenario import Scenario
from mtleak_gui.demo.stream_codec import Frame, FrameDecoder, Text, encode_frame
from mtleak_gui.demo.virtual_board import VirtualBoard

SWITCHED_ON = 1_795_370_000.0


class DrivenBoard:
    """``serial`` or TCP; the session is there from the start, so boot text is heard."""

    def __init__(
        self, scenario: Scenario, *, serial: bool = False, seed: int = 1, born: float = SWITCHED_ON, **more: Any
    ) -> None:
        self._now = 0.0
        clock = BoardClock(1, SWITCHED_ON, ticks=lambda: self._now)
        self.board = VirtualBoard(scenario, clock=clock, seed=seed, born=born, **more)
        self.sent = bytearray()
        self.hung_up = 0
        self._serial = serial
        self.session = self._open()
        self._next_id = 1000

    def wait(self, seconds: float) -> None:
        """Let the board's time pass."""
        self._now += seconds
        self.board.advance()

    def wait_until(self, uptime: float) -> None:
        """Let the board's time pass until that uptime of its first boot."""
        self.wait(uptime - self._now)

    def reconnect(self) -> None:
        """Come back as a new client."""
        self.session = self._open()

    def tell(self, *messages: mesh_pb2.ToRadio) -> None:
        """Send messages in one chunk."""
        self.board.receive(self.session, b"".join(encode_frame(m.SerializeToString()) for m in messages))

    def want_config(self, nonce: int = 4711) -> list[mesh_pb2.FromRadio]:
        """Ask for the configuration and return what came."""
        self.heard()
        self.tell(mesh_pb2.ToRadio(want_config_id=nonce))
        return self.heard()

    def ask(self, port: portnums_pb2.PortNum.ValueType, payload: bytes, **fields: bool) -> int:
        """Send a request to the board itself and return its packet id."""
        self._next_id += 1
        data = mesh_pb2.Data(portnum=port, payload=payload, want_response=True)
        packet = mesh_pb2.MeshPacket(to=self.board.node_num, id=self._next_id, decoded=data, hop_limit=3, **fields)
        self.tell(mesh_pb2.ToRadio(packet=packet))
        return self._next_id

    def ask_for_stats(self) -> int:
        """Ask for LocalStats as the firmware facts say."""
        stats = telemetry_pb2.Telemetry(local_stats=telemetry_pb2.LocalStats())
        return self.ask(portnums_pb2.PortNum.TELEMETRY_APP, stats.SerializeToString())

    def ask_admin(self, message: admin_pb2.AdminMessage) -> int:
        """Send an admin message."""
        return self.ask(portnums_pb2.PortNum.ADMIN_APP, message.SerializeToString(), pki_encrypted=True)

    def parts(self) -> list[Frame | Text]:
        """Return and forget what the board sent, in order."""
        parts = list(FrameDecoder().feed(bytes(self.sent)))
        self.sent.clear()
        return parts

    def heard(self) -> list[mesh_pb2.FromRadio]:
        """Return and forget the messages that the board sent."""
        return [mesh_pb2.FromRadio.FromString(part.payload) for part in self.parts() if isinstance(part, Frame)]

    def text(self) -> str:
        """Return and forget the text that the board sent."""
        return b"".join(part.data for part in self.parts() if isinstance(part, Text)).decode()

    def _open(self) -> PhoneSession:
        return self.board.open_session(serial=self._serial, send=self.sent.extend, hang_up=self._hung_up)

    def _hung_up(self) -> None:
        self.hung_up += 1


def kinds(messages: Iterable[mesh_pb2.FromRadio]) -> list[str]:
    """Return the names of the messages' variants; ``unknown`` for those that the package does not know."""
    return [message.WhichOneof("payload_variant") or "unknown" for message in messages]


def telemetry_in(messages: Iterable[mesh_pb2.FromRadio], variant: str) -> list[telemetry_pb2.Telemetry]:
    """Return the telemetry of one variant that the messages carry."""
    found = []
    for message in messages:
        if message.packet.decoded.portnum == portnums_pb2.PortNum.TELEMETRY_APP:
            telemetry = telemetry_pb2.Telemetry.FromString(message.packet.decoded.payload)
            if telemetry.WhichOneof("variant") == variant:
                found.append(telemetry)
    return found
