# SPDX-License-Identifier: GPL-3.0-only
"""One API session with one board over serial or TCP: stamps what is heard and hands it over.

``open`` runs on the link's own thread; everything is heard on the session's reader thread.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping

from meshtastic.mesh_interface import MeshInterface

from mtleak_gui.core.contracts import Clock, Hear, LinkActs, LinkError
from mtleak_gui.core.first_talk import Talk
from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.link_troubles.conversation import closed_in_handshake, package_gave_up
from mtleak_gui.core.link_troubles.no_answer import no_answer
from mtleak_gui.core.records import DeviceInfo, RawEvent, RawLine, RawPacket
from mtleak_gui.link.board_session import CLOSED_BY_US, BoardSession
from mtleak_gui.link.byte_stream import ByteStream
from mtleak_gui.link.node_facts import device_info, device_info_data, node_updated_data
from mtleak_gui.link.overheard_stream import OverheardStream
from mtleak_gui.link.serial_trouble import error_words
from mtleak_gui.link.session_speech import SessionSpeech
from mtleak_gui.link.system_programs import running_programs

ANSWER_WITHIN_S = 30.0
"""What the package waits for the first answer."""


class MeshtasticLink:
    """A ``Link`` that speaks the stream protocol. Good for one ``open``; make a new one to connect again."""

    def __init__(
        self,
        open_stream: Callable[[], ByteStream],
        port: str,
        role: str,
        clock: Clock,
        on_configuring: Callable[[], None] = lambda: None,
    ) -> None:
        self._port = port
        self._role = role
        self._clock = clock
        self._open_stream = open_stream
        self._on_configuring = on_configuring
        self._hear: Hear = _forget
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
        self._hear = hear
        try:
            self._session.connect()
        except LinkError:
            raise
        except MeshInterface.MeshInterfaceError as trouble:
            self.close()
            raise LinkError(self._handshake_trouble(str(trouble))) from trouble
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

    def close(self) -> None:
        """Stop hearing; waits at most two seconds for the reader, never for a handshake."""
        with contextlib.suppress(OSError):
            self._session.close()

    # What the session tells, on its reader thread

    def line_heard(self, text: str, level: str | None, thread: str | None, device_time: int | None) -> None:
        """See ``SessionListener``."""
        self._hear(RawLine(self._clock.wall(), self._port, self._role, text, level, thread, device_time))

    def lines_cut(self, pieces: int) -> None:
        """See ``SessionListener``."""
        self._tell("line_cut", note="a line of more than 100,000 bytes was cut into pieces", data={"pieces": pieces})

    def packet_heard(self, packet: Mapping[str, object]) -> None:
        """See ``SessionListener``."""
        self._hear(RawPacket(self._clock.wall(), self._port, self._role, packet, self._known_node()))
        if self._acts is not None:
            self._acts.packet_heard(packet)

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

    def session_lost(self, reason: str) -> None:
        """See ``SessionListener``."""
        if self._acts is not None:
            self._acts.lost(self._speech)
        if self._established:
            self._established = False
            self._tell("connection_lost", note=reason)

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

    def _opened_stream(self) -> ByteStream:
        self._overheard = OverheardStream(self._open_stream())
        self._on_configuring()
        return self._overheard

    def _handshake_trouble(self, said: str) -> LinkTrouble:
        if said == CLOSED_BY_US:
            return LinkTrouble("other", CLOSED_BY_US)
        if "Timed out" not in said:
            return closed_in_handshake(self._port, self._role, said)
        talk = Talk("nothing") if self._overheard is None else self._overheard.talk()
        is_local = self._role == "serial" and "://" not in self._port
        running = running_programs()
        return no_answer(self._port, talk, ANSWER_WITHIN_S, serial=is_local, running=running, detail=said)


def _forget(_item: object) -> None:
    """Take what is heard before ``open``: nothing is."""
