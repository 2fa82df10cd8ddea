# SPDX-License-Identifier: GPL-3.0-only
"""The package's stream interface, made to lose nothing and to say when the board is gone.

Differences to the package's serial and TCP interfaces (2.7.11), each because of what they do with a real board:

* frames and text are told apart by ``InboundStream``; level, source and time of log records are kept;
* what is heard goes to one listener on the reader thread, in the order of the stream, not to the process-wide pubsub;
* a lost connection is told and never repaired in silence: whoever owns the session opens a new one;
* a board that restarts under an open serial port is mute until it gets ``want_config``: it is asked again;
* the handshake can be cut short from another thread; the heartbeat needs no thread of its own.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from meshtastic.protobuf import mesh_pb2
from meshtastic.stream_interface import StreamInterface

from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.link_troubles.loss import Loss
from mtleak_gui.link.byte_stream import ByteStream
from mtleak_gui.link.handshake_steps import HandshakeSteps
from mtleak_gui.link.handshake_watch import NO_ANSWER_S, SILENCE_S, HandshakeWatch
from mtleak_gui.link.inbound_stream import Heard, InboundStream
from mtleak_gui.link.life_watch import LifeWatch
from mtleak_gui.link.package_logs import keep_keys_out_of_logs
from mtleak_gui.link.packet_fields import packet_fields
from mtleak_gui.link.session_end import SessionEndedError, end_of
from mtleak_gui.link.session_listener import SessionListener

HEARTBEAT_S = 300.0
"""The firmware ends a serial API session that has been silent for 15 minutes; the package beats as often."""

CLOSED_BY_US = "closed by the recorder"
_JOIN_S = 2.0
_LOOK_S = 0.5
_LEVELS = {5: "TRACE", 10: "DEBUG", 20: "INFO", 30: "WARN", 40: "ERROR", 50: "CRIT"}
"""``LogRecord.Level``; HEAP lines come as 0, which says nothing. See firmware ``src/RedirectablePrint.cpp``."""

log = logging.getLogger(__name__)


class BoardSession(StreamInterface):  # type: ignore[misc]  # the package ships no type information
    """One conversation with one board. ``connect`` blocks; ``close`` may be called from any thread at any time."""

    def __init__(self, open_stream: Callable[[], ByteStream], listener: SessionListener, clock: Clock) -> None:
        super().__init__(connectNow=False)
        keep_keys_out_of_logs()
        self._wantExit: bool = False
        # Packets may come before the first question of ours, when the board still talks to an earlier client.
        self.nodes: dict[str, dict[str, Any]] = {}
        self.nodesByNum: dict[int, dict[str, Any]] = {}
        self._open_stream = open_stream
        self._listener = listener
        self._clock = clock
        self._inbound = InboundStream()
        self._handshake = HandshakeWatch()
        self._writing = threading.Lock()
        self._said_goodbye = False
        self._was_configured = False
        self._pieces_cut = 0
        self._package_faults = 0
        self.loss: Loss | None = None
        """What ended the session, ``None`` when we closed it."""
        self._heartbeat_at: float | None = None
        self._heard_at = time.monotonic()
        self._life = LifeWatch(self._heard_at)
        self._steps = HandshakeSteps()

    def connect(self) -> None:
        """Open the stream and wait until the board has told its configuration.

        Raises what the opener raises, and the package's errors when the handshake fails or is cut short.
        """
        self.stream = self._open_stream()
        if self._wantExit:
            self.stream.close()
            raise self.MeshInterfaceError(CLOSED_BY_US)
        super().connect()

    def is_alive(self) -> bool:
        """Return whether the reader still hears the board."""
        return not self._wantExit and self._rxThread.is_alive()

    @property
    def is_configured(self) -> bool:
        """Whether a handshake is complete and no other one is under way."""
        return self._was_configured and not self._handshake.is_configuring

    def check(self) -> None:
        """Ask the board at once whether it still hears us; the session ends soon if it does not."""
        self._life.check()

    def ask_config(self) -> None:
        """Ask for the whole configuration once more. On the reader thread."""
        self._startConfig()

    def close(self) -> None:
        """Say goodbye and end; waits a moment for the reader, never for a handshake. May be called more than once."""
        if not self._wantExit and self._was_configured:
            self._say_goodbye()
        self._wantExit = True
        self._cut_handshake(CLOSED_BY_US)
        if not self._rxThread.is_alive():
            if (stream := self.stream) is not None:
                stream.close()
        elif self._rxThread is not threading.current_thread():
            self._rxThread.join(_JOIN_S)

    # What the reader does

    def _readBytes(self, length: int) -> bytes:  # noqa: ARG002, N802  # the package's signature
        """Hear what has arrived; the package's own frame reader gets nothing to do."""
        try:
            self._hear()
        except (Exception, SystemExit) as cause:  # noqa: BLE001 - whatever it is, the session ends and says so
            self._end(cause)
        return b""

    def _end(self, cause: BaseException) -> None:
        """End for a reason, unless the session was ending already."""
        if not self._wantExit:
            self.loss = end_of(cause)
        self._wantExit = True

    def _hear(self) -> None:
        stream = self.stream
        if stream is None:
            raise OSError("the connection is closed")
        data = stream.read()
        now = time.monotonic()
        if data:
            self._heard_at = now
            self._life.heard(now)
            self._take(self._inbound.feed(data), now)
            if self._inbound.has_partial_message:
                self._handshake.bytes_heard(now)
        elif now - self._heard_at >= SILENCE_S:
            self._take(self._inbound.after_silence(), now)
        self._keep_talking(now)

    def _take(self, heard: list[Heard], now: float) -> None:
        for item in heard:
            if isinstance(item, str):
                self._listener.line_heard(item, None, None, None)
                self._handshake.text_heard(item, now, self._clock.monotonic())
            else:
                self._message_heard(item, now)
        if self._inbound.pieces_cut > self._pieces_cut:
            self._pieces_cut = self._inbound.pieces_cut
            self._listener.lines_cut(self._pieces_cut)

    def _message_heard(self, message: mesh_pb2.FromRadio, now: float) -> None:
        kind = message.WhichOneof("payload_variant")
        self._handshake.frame_heard(now, kind)
        if kind == "my_info":
            self._listener.introduced(message.my_info.my_node_num, message.my_info.reboot_count or None)
        if (step := self._steps.heard(kind, now)) is not None:
            self._listener.stepped(*step)
        if kind == "queueStatus" and not message.queueStatus.mesh_packet_id:
            self._life.heartbeat_answered()
        if kind == "log_record":
            self._handleLogRecord(message.log_record)
        elif kind == "packet":
            self._packet_heard(message.packet)
        elif kind == "rebooted":
            self._listener.restart_told(None, "the board said that it rebooted")
            self._startConfig()
        elif kind is not None:
            self._let_package(self._handleFromRadio, message.SerializeToString())
        if kind == "my_info" and not self._handshake.introduced():
            self._listener.restart_told(message.my_info.reboot_count or None, "the board introduced itself unasked")
        if kind == "node_info" and (node := self.nodesByNum.get(message.node_info.num)):
            self._listener.node_heard(dict(node))

    def _packet_heard(self, packet: mesh_pb2.MeshPacket) -> None:
        self._listener.packet_heard(packet_fields(packet, self._nodeNumToId))
        if getattr(packet, "from"):
            # Keeps the package's node list, from which sender names are read. It prints about packets without a sender.
            self._let_package(self._handlePacketFromRadio, packet)

    def _let_package(self, handle: Callable[..., None], content: object) -> None:
        """Let the package keep its own books; what it cannot digest was recorded by us already."""
        try:
            handle(content)
        except Exception as fault:  # noqa: BLE001  # whatever it raises, listening goes on
            self._package_faults += 1
            level = logging.INFO if self._package_faults == 1 else logging.DEBUG
            log.log(level, "The meshtastic package failed on a message: %r", fault)

    def _keep_talking(self, now: float) -> None:
        board_now = self._clock.monotonic()
        if self._heartbeat_at is not None and board_now >= self._heartbeat_at:
            self._heartbeat_at = board_now + HEARTBEAT_S
            self._send_heartbeat()
        due = self._handshake.due(now, board_now)
        if due == "ask":
            self._startConfig()
        elif due == "give_up":
            raise SessionEndedError("mute", "the board restarted and does not answer")
        if self._was_configured:
            self._doubt(now)
        self._listener.turned(board_now)

    def _doubt(self, now: float) -> None:
        """See to it that a board which has fallen silent still hears us."""
        due = self._life.due(now)
        if due == "heartbeat":
            self._send_heartbeat()
        elif due == "config":
            self._startConfig()
        elif due == "mute":
            raise SessionEndedError("mute", "the board does not answer any more, though the connection is open")

    def _send_heartbeat(self) -> None:
        self._sendToRadioImpl(mesh_pb2.ToRadio(heartbeat=mesh_pb2.Heartbeat()))

    def _say_goodbye(self) -> None:
        with self._writing:
            said, self._said_goodbye = self._said_goodbye, True
        if said:
            return
        try:
            self._sendDisconnect()
        except OSError as trouble:
            log.debug("The board could not be told goodbye: %s", trouble)

    def _cut_handshake(self, reason: str) -> None:
        if not self._was_configured:
            self.failure = self.MeshInterfaceError(reason)
        self.isConnected.set()

    # What the package calls

    def _writeBytes(self, b: bytes) -> None:  # noqa: N802  # the package's name
        try:
            with self._writing:
                if (stream := self.stream) is not None:
                    stream.write(bytes(b))
        except OSError as trouble:
            # Whoever wrote is told by the error; the reader is to end as well, and with it the session.
            self._end(trouble)
            raise

    def _waitConnected(self, timeout: float = NO_ANSWER_S) -> None:  # noqa: N802  # the package's name
        """Wait for as long as the handshake makes progress. Raises ``SessionEndedError`` when it makes none."""
        while not self.isConnected.wait(_LOOK_S):
            if self._handshake.is_stalled(time.monotonic()):
                raise SessionEndedError("no_answer", f"no answer came within {timeout:.0f} s")
        if self.failure:
            raise self.failure

    def _sendToRadio(self, toRadio: mesh_pb2.ToRadio) -> None:  # noqa: N802, N803  # the package's names
        # The package's queue sleeps until the board has room, on the thread that would hear so, and sends what was not
        # confirmed once more with the next packet, out of its time.
        self._sendToRadioImpl(toRadio)

    def _handleQueueStatusFromRadio(self, queueStatus: mesh_pb2.QueueStatus) -> None:  # noqa: N802, N803
        """Keep no book of a queue that is not used: it would grow by an entry with each request."""

    def _startConfig(self) -> None:  # noqa: N802  # the package's name
        self._handshake.asked(time.monotonic())
        # What is known of the board is what this handshake tells, nothing from one before.
        self.localNode.localConfig.Clear()
        super()._startConfig()

    def _handleConfigComplete(self) -> None:  # noqa: N802  # the package's name
        self._handshake.configured()
        self._was_configured = True
        self._listener.configured()
        super()._handleConfigComplete()

    def _handleLogRecord(self, record: mesh_pb2.LogRecord) -> None:  # noqa: N802  # the package's name
        text = record.message.removesuffix("\n")
        self._listener.line_heard(text, _LEVELS.get(record.level), record.source or None, record.time or None)

    def _startHeartbeat(self) -> None:  # noqa: N802  # the package's name
        self._heartbeat_at = self._clock.monotonic()

    def _disconnected(self) -> None:
        # It closes the stream: never in the middle of a write, whose bytes could go to whatever is opened next.
        with self._writing:
            super()._disconnected()
        try:
            self._take(self._inbound.end(), time.monotonic())
        except Exception as cause:  # noqa: BLE001 - the end is to be told in any case
            self._end(cause)
        self._wantExit = True
        self._cut_handshake(CLOSED_BY_US if self.loss is None else self.loss.words)
        self._listener.session_lost(self.loss)
