# SPDX-License-Identifier: GPL-3.0-only
"""One client's session with the board, over a serial line or TCP: ``src/mesh/PhoneAPI.cpp`` and ``SerialConsole.cpp``.

Real boards also end a session of 15 silent minutes. Clients live in the host's time, in which a fast board's quarter of
an hour is seconds, so this one does not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Protocol

from google.protobuf.message import DecodeError
from meshtastic.protobuf import mesh_pb2, portnums_pb2

from mtleak_gui.demo.client_queues import ClientQueues, send_queue_status
from mtleak_gui.demo.console_text import LogEntry, console_line, log_record
from mtleak_gui.demo.stream_codec import Frame, FrameDecoder, encode_frame

_Port = portnums_pb2.PortNum
_PAUSE_BETWEEN = {
    _Port.TRACEROUTE_APP: 30.0,
    _Port.POSITION_APP: 10.0,
    _Port.WAYPOINT_APP: 10.0,
    _Port.ALERT_APP: 10.0,
    _Port.TELEMETRY_APP: 10.0,
    _Port.TEXT_MESSAGE_APP: 2.0,
}
_IDS_REMEMBERED = 20


class Board(Protocol):
    """What a session asks of the board behind it."""

    queues: ClientQueues

    def uptime(self) -> float:
        """Return the seconds since boot."""

    def log(self, level: str, thread: str | None, message: str) -> None:
        """Log a line."""

    def handshake(self, nonce: int, thread: str) -> Iterator[bytes]:
        """Return the messages that answer ``want_config_id``."""

    def take_packet(self, packet: mesh_pb2.MeshPacket, thread: str) -> None:
        """Deal with a packet that the client sends."""


class PhoneSession:
    """Used under the board's lock. ``send`` takes bytes for the client at once, ``hang_up`` ends the connection.

    ``serial`` sessions are a text console until the first ToRadio, then frames with LogRecords where they are switched
    on; sessions over TCP never carry a log line.
    """

    def __init__(
        self, board: Board, *, serial: bool, send: Callable[[bytes], None], hang_up: Callable[[], None]
    ) -> None:
        self.serial = serial
        self.hang_up = hang_up
        self._board = board
        self._send = send
        self._thread = "SerialConsole" if serial else "ServerAPI"
        self._decoder = FrameDecoder()
        self._speaks_frames = not serial
        self._configuring = self._config_done = self._heartbeat = False
        self._last_sent: dict[int, float] = {}
        self._recent_ids: deque[int] = deque(maxlen=_IDS_REMEMBERED)

    def restart(self) -> None:
        """Be as after a restart of the board."""
        self._speaks_frames = not self.serial
        self._decoder.reset()
        self._close()

    def receive(self, data: bytes) -> None:
        """Take bytes from the client: first read them all, then answer, as the firmware's loop does."""
        for part in self._decoder.feed(data):
            if isinstance(part, Frame):
                self._to_radio(part.payload)
        self.pump()

    def pump(self) -> None:
        """Send what waits for the client."""
        if self._heartbeat:
            self._heartbeat = False
            self._send_message(send_queue_status())
        if self._config_done:
            for message in self._board.queues.fetch():
                self._send_message(message)

    def show_log(self, entry: LogEntry, wall: float, *, as_records: bool, prefix: bool, millis: bool) -> None:
        """Show a log line to the client in the form that it gets, if it gets any."""
        if not self.serial:
            return
        if not self._speaks_frames:
            self._send(console_line(entry, wall, prefix=prefix, millis=millis).encode())
        elif as_records and not self._configuring:
            self._send_message(log_record(entry, wall))

    def show_raw(self, text: str) -> None:
        """Let through what no logger wrote; nothing holds it back on a serial line."""
        if self.serial:
            self._send(text.encode())

    def _close(self) -> None:
        self._configuring = self._config_done = self._heartbeat = False
        self._last_sent.clear()
        self._recent_ids.clear()

    def _to_radio(self, payload: bytes) -> None:
        try:
            message = mesh_pb2.ToRadio.FromString(payload)
        except DecodeError:
            self._log("ERROR", "Error: ignore malformed toradio")
            return
        self._speaks_frames = True
        match message.WhichOneof("payload_variant"):
            case "packet":
                self._packet(message.packet)
            case "want_config_id":
                self._log("INFO", f"Client wants config, nonce={message.want_config_id}")
                self._configure(message.want_config_id)
            case "heartbeat":
                self._log("DEBUG", "Got client heartbeat")
                self._heartbeat = True
            case "disconnect":
                self._log("INFO", "Disconnect from phone")
                self._log("DEBUG", "PhoneAPI::close()")
                self._close()
            case _:
                pass

    def _configure(self, nonce: int) -> None:
        # No LogRecord may stand inside the handshake: on a real board both use one buffer.
        self._configuring = True
        millis = int(self._board.uptime() * 1000)
        self._log("INFO", f"Start API client config millis={millis}")
        for message in self._board.handshake(nonce, self._thread):
            self._send(encode_frame(message))
        self._log("INFO", f"Config Send Complete millis={millis}")
        self._configuring = False
        self._config_done = True

    def _packet(self, packet: mesh_pb2.MeshPacket) -> None:
        port = packet.decoded.portnum
        want_response = " WANTRESP" if packet.decoded.want_response else ""
        self._log(
            "DEBUG",
            f"PACKET FROM PHONE (id=0x{packet.id:08x} fr=0x00000000 to=0x{packet.to:08x}, transport = 0, "
            f"WantAck={packet.want_ack:d}, HopLim={packet.hop_limit} Ch={packet.channel} Portnum={port}{want_response} "
            f"priority={packet.priority})",
        )
        if packet.id and packet.id in self._recent_ids:
            self._log("DEBUG", "Ignore packet from phone, already seen recently")
            return
        self._recent_ids.append(packet.id)
        now, last = self._board.uptime(), self._last_sent.get(port)
        if last is not None and now - last < _PAUSE_BETWEEN.get(port, 0.0):
            self._log("WARN", f"Rate limit portnum {port}")
            self._board.queues.add_status(packet.id)
            return
        self._last_sent[port] = now
        self._board.take_packet(packet, self._thread)

    def _log(self, level: str, message: str) -> None:
        self._board.log(level, self._thread, message)

    def _send_message(self, message: mesh_pb2.FromRadio) -> None:
        self._send(encode_frame(message.SerializeToString()))
