# SPDX-License-Identifier: GPL-3.0-only
"""One API session with one board over serial or TCP: stamps what is heard and hands it over.

``open`` runs on the link's own thread; everything is heard on the session's reader thread.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping

from meshtastic.mesh_interface import MeshInterface

from mtleak_gui.core import telemetry
from mtleak_gui.core.contracts import Clock, Hear, LinkActs, LinkError
from mtleak_gui.core.first_talk import Talk
from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.link_troubles.conversation import closed_in_handshake, package_gave_up
from mtleak_gui.core.link_troubles.loss import Loss
from mtleak_gui.core.link_troubles.no_answer import no_answer
from mtleak_gui.core.reconnect_troubles import another_board
from mtleak_gui.core.records import DeviceInfo, HandshakeStep, RawEvent, RawLine, RawPacket
from mtleak_gui.link.board_session import CLOSED_BY_US, BoardSession
from mtleak_gui.link.byte_stream import ByteStream
from mtleak_gui.link.handshake_watch import NO_ANSWER_S
from mtleak_gui.link.node_door import NodeDoor
from mtleak_gui.link.node_facts import device_info, device_info_data, node_updated_data
from mtleak_gui.link.open_watch import RESET_ON_OPEN, OpenWatch
from mtleak_gui.link.overheard_stream import OverheardStream
from mtleak_gui.link.serial_trouble import error_words
from mtleak_gui.link.session_end import SessionEndedError, end_of
from mtleak_gui.link.session_speech import SessionSpeech
from mtleak_gui.link.system_programs import running_programs

OnStep = Callable[[HandshakeStep, int], None]


def _forget_step(_step: HandshakeStep, _nodes: int) -> None:
    """Take a step that nobody wants to know of."""


class MeshtasticLink:
    """A ``Link`` that speaks the stream protocol. Good for one ``open``; make a new one to connect again."""

    def __init__(
        self,
        open_stream: Callable[[], ByteStream],
        port: str,
        role: str,
        clock: Clock,
        on_configuring: Callable[[], None] = lambda: None,
        *,
        on_step: OnStep = _forget_step,
        node: int | None = None,
        is_sure: bool = False,
        watch_reset: bool = False,
    ) -> None:
        """``node`` and ``is_sure``: see ``NodeDoor``; ``watch_reset``: opening may restart the board."""
        self._port = port
        self._role = role
        self._clock = clock
        self._open_stream = open_stream
        self._on_configuring = on_configuring
        self._on_step = on_step
        self._door = NodeDoor(node, is_sure=is_sure)
        self._hear: Hear = self._door.hear
        self._watch_reset = watch_reset
        self._opening: OpenWatch | None = None
        self._own_node: int | None = None
        self._established = False
        self._overheard: OverheardStream | None = None
        self._session = BoardSession(self._opened_stream, self, clock)
        self._speech = SessionSpeech(self._session, self._tell)
        self._acts: LinkActs | None = None

    @property
    def port(self) -> str:
        """The name under which rows of this link are recorded."""
        return self._port

    @property
    def role(self) -> str:
        """``serial``, ``tcp`` or ``demo``."""
        return self._role

    def take_acts(self, acts: LinkActs) -> None:
        """Carry out what is asked of the board; to be called before ``open``."""
        self._acts = acts

    def open(self, hear: Hear) -> DeviceInfo:
        """Connect and wait until the board has told its configuration. Raises ``LinkError``."""
        self._door.lead_to(hear)
        try:
            self._session.connect()
        except LinkError:
            raise
        except (MeshInterface.MeshInterfaceError, SessionEndedError) as trouble:
            self.close()
            self._door.open_up()
            raise LinkError(self._handshake_trouble(trouble)) from trouble
        except OSError as error:
            self.close()
            raise LinkError(closed_in_handshake(self._port, self._role, error_words(error))) from error
        except SystemExit as wish:
            self.close()
            raise LinkError(package_gave_up(self._port, str(wish))) from wish
        if self._overheard is not None:
            self._overheard.forget()
        return device_info(self._session, self._port, self._role)

    def is_alive(self) -> bool:
        """Return whether the board can still be heard."""
        return self._session.is_alive()

    def check(self) -> None:
        """See ``CheckableLink``."""
        self._session.check()

    def close(self) -> None:
        """Stop hearing; waits at most two seconds for the reader, never for a handshake."""
        with contextlib.suppress(OSError):
            self._session.close()

    # What the session tells, on its reader thread

    def line_heard(self, text: str, level: str | None, thread: str | None, device_time: int | None) -> None:
        """See ``SessionListener``."""
        now = self._clock.wall()
        self._hear(RawLine(now, self._port, self._role, text, level, thread, device_time))
        if self._opening is not None:
            self._tell_reset(self._opening.line_heard(text, now))

    def lines_cut(self, pieces: int) -> None:
        """See ``SessionListener``."""
        self._tell("line_cut", note="a line of more than 100,000 bytes was cut into pieces", data={"pieces": pieces})

    def packet_heard(self, packet: Mapping[str, object]) -> None:
        """See ``SessionListener``."""
        now, own = self._clock.wall(), self._known_node()
        self._hear(RawPacket(now, self._port, self._role, packet, own))
        if self._acts is not None:
            self._acts.packet_heard(packet)
        if self._opening is not None and not self._opening.is_over(now):
            reading = telemetry.read(packet, own)
            if reading is not None and reading.own and reading.variant == "device":
                uptime = reading.fields.get("uptimeSeconds")
                self._tell_reset(self._opening.uptime_heard(uptime, now) if isinstance(uptime, int) else None)

    def node_heard(self, node: Mapping[str, object]) -> None:
        """See ``SessionListener``."""
        self._tell("node_updated", data=node_updated_data(node))

    def restart_told(self, reboot_count: int | None, evidence: str) -> None:
        """See ``SessionListener``."""
        self._tell("reboot", data={"reason": "my_info", "evidence": evidence, "reboot_count": reboot_count})

    def configured(self) -> None:
        """See ``SessionListener``."""
        if not self._established:
            self._established = True
            self._tell("connection_established")
        device = device_info(self._session, self._port, self._role)
        self._tell("device_info", data=device_info_data(device))
        if self._acts is not None:
            self._acts.configured(self._speech, self._clock.monotonic())

    def introduced(self, node_num: int) -> None:
        """See ``SessionListener``."""
        self._door.check(node_num)

    def stepped(self, step: HandshakeStep, nodes: int) -> None:
        """See ``SessionListener``."""
        self._on_step(step, nodes)

    def session_lost(self, loss: Loss | None) -> None:
        """See ``SessionListener``."""
        if self._acts is not None:
            self._acts.lost(self._speech)
        if self._established:
            self._established = False
            if loss is None:
                self._tell("connection_lost", note=CLOSED_BY_US)
            else:
                self._tell("connection_lost", note=loss.words, data={"kind": loss.kind})

    def turned(self, board_now: float) -> None:
        """See ``SessionListener``."""
        if self._acts is not None:
            self._acts.turned(self._speech, board_now)

    def _tell(self, kind: str, note: str | None = None, data: Mapping[str, object] | None = None) -> None:
        self._hear(RawEvent(self._clock.wall(), kind, None, note, self._port, self._role, data))

    def _known_node(self) -> int | None:
        # The session forgets the number while it asks again; the board stays the same one.
        if (my_info := self._session.myInfo) is not None:
            self._own_node = my_info.my_node_num
        return self._own_node

    def _tell_reset(self, uptime_s: float | None) -> None:
        if uptime_s is not None:
            self._tell("reset_on_open", note=RESET_ON_OPEN, data={"uptime_s": uptime_s})

    def _opened_stream(self) -> ByteStream:
        self._overheard = OverheardStream(self._open_stream())
        if self._watch_reset:
            self._opening = OpenWatch(self._clock.wall())
        self._on_configuring()
        return self._overheard

    def _handshake_trouble(self, trouble: Exception) -> LinkTrouble:
        loss = end_of(trouble) if isinstance(trouble, SessionEndedError) else self._session.loss
        kind, said = "other" if loss is None else loss.kind, str(trouble)
        if said == CLOSED_BY_US:
            return LinkTrouble("other", CLOSED_BY_US)
        if kind == "another_board":
            return another_board(self._port, *self._door.nodes)
        if kind != "no_answer":
            return closed_in_handshake(self._port, self._role, said)
        talk = Talk("nothing") if self._overheard is None else self._overheard.talk()
        is_local = self._role == "serial" and "://" not in self._port
        running = running_programs()
        return no_answer(self._port, talk, NO_ANSWER_S, serial=is_local, running=running, detail=said)
