# SPDX-License-Identifier: GPL-3.0-only
"""What one session says to its board beyond listening: ``core.contracts.BoardSpeech``. On its reader thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from meshtastic.protobuf import config_pb2, mesh_pb2, portnums_pb2, telemetry_pb2

from mtleak_gui.core.board_acts import SecurityRead
from mtleak_gui.link.board_session import BoardSession
from mtleak_gui.link.debug_log_switch import refusal, security_read, switch_message

Tell = Callable[[str, str | None, Mapping[str, object] | None], None]
"""Tells an event: kind, note, data."""

_NOT_READ = "The board has not told its configuration in this handshake. Connect again, then try once more."


class SessionSpeech:
    """Speaks on one session. Sending raises ``OSError`` when the board is gone."""

    def __init__(self, session: BoardSession, tell: Tell) -> None:
        self._session = session
        self.tell = tell

    @property
    def is_ready(self) -> bool:
        """Whether the handshake is complete and no other one is under way."""
        return self._session.is_configured and self.node_num is not None

    @property
    def node_num(self) -> int | None:
        """The number of the node that is heard."""
        my_info: mesh_pb2.MyNodeInfo | None = self._session.myInfo
        return None if my_info is None else my_info.my_node_num or None

    def ask_local_stats(self) -> int:
        """Ask the board for its LocalStats; return the packet's id. Never ``sendTelemetry``, which waits and exits."""
        request = telemetry_pb2.Telemetry(local_stats=telemetry_pb2.LocalStats())
        return self._send(request.SerializeToString(), portnums_pb2.PortNum.TELEMETRY_APP)

    def ask_config(self) -> None:
        """Ask for the handshake once more."""
        self._session.ask_config()

    def refusal(self, *, on: bool) -> str | None:
        """Return why the debug log must not be switched, ``None`` when it may be."""
        security = self._security()
        return _NOT_READ if security is None else refusal(security, on=on)

    def security(self) -> SecurityRead | None:
        """Return what this handshake told of the security configuration, ``None`` when it told nothing."""
        security, node = self._security(), self.node_num
        return None if security is None or node is None else security_read(node, security)

    def write_debug_log(self, *, on: bool) -> int:
        """Write the security configuration as it was read, with the switch at ``on``; return the packet's id."""
        security = self._security()
        if security is None:
            raise OSError(_NOT_READ)
        # As the package writes settings; a client at the board's own port needs no session key (AdminModule.cpp).
        return self._send(switch_message(security, on=on), portnums_pb2.PortNum.ADMIN_APP, wantAck=True)

    def _security(self) -> config_pb2.Config.SecurityConfig | None:
        config = self._session.localNode.localConfig
        return config.security if self.is_ready and config.HasField("security") else None

    def _send(self, payload: bytes, port: portnums_pb2.PortNum.ValueType, **more: bool) -> int:
        packet = self._session.sendData(payload, self.node_num, portNum=port, wantResponse=True, **more)
        return int(packet.id)
