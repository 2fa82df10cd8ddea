# SPDX-License-Identifier: GPL-3.0-only
"""A link to a virtual board over which something is asked of it, and what was told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from meshtastic.protobuf import admin_pb2, config_pb2, portnums_pb2

from mtleak_gui.core.board_acts import ActsState
from mtleak_gui.core.records import DeviceInfo
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.virtual_board import VirtualBoard
from mtleak_gui.link.board_acts_of_port import BoardActsOfPort
from mtleak_gui.link.byte_stream import open_serial, open_tcp
from mtleak_gui.link.meshtastic_link import MeshtasticLink
from tests.link.listening import WAIT_S, Listener

SPEED = 60.0


class Acting:
    """The acts on one port; ``hear_again`` makes the next link to it."""

    def __init__(self, clock: BoardClock) -> None:
        self.listener = Listener()
        self.acts = BoardActsOfPort(self._take)
        self._clock = clock
        self._changed = threading.Condition()
        self._links: list[MeshtasticLink] = []

    def hear(self, where: str | tuple[str, int]) -> DeviceInfo:
        """Open a link to where a board is."""
        stream = partial(open_serial, where) if isinstance(where, str) else partial(open_tcp, *where)
        link = MeshtasticLink(stream, "port", "tcp", self._clock)
        link.take_acts(self.acts)
        self._links.append(link)
        return link.open(self.listener.hear)

    def open_changes(self) -> None:
        """Begin changes that nobody ends, as another client may have done."""
        session = self._links[-1]._session
        message = admin_pb2.AdminMessage(begin_edit_settings=True)
        session.sendData(message, session.myInfo.my_node_num, portNum=portnums_pb2.PortNum.ADMIN_APP)

    def close(self) -> None:
        """End all links."""
        for link in self._links:
            link.close()

    @property
    def is_alive(self) -> bool:
        """Whether the newest link hears its board."""
        return self._links[-1].is_alive()

    def wait_for(self, phase: str) -> None:
        """Wait until switching has come so far, or fail."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._phase() == phase, WAIT_S), self.acts.state

    def wait_for_answers(self, count: int) -> None:
        """Wait until so many requests were answered, or fail."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._answered() >= count, WAIT_S), self.acts.state

    def _phase(self) -> str | None:
        switch = self.acts.state.switch
        return None if switch is None else switch.phase

    def _answered(self) -> int:
        asking = self.acts.state.asking
        return 0 if asking is None else asking.answered

    def _take(self, _state: ActsState) -> None:
        with self._changed:
            self._changed.notify_all()


@contextmanager
def acting(speed: float = SPEED) -> Iterator[tuple[Acting, BoardClock]]:
    """Give the acts on one port, whose links end with the test."""
    clock = BoardClock(speed)
    made = Acting(clock)
    try:
        yield made, clock
    finally:
        made.close()


def a_board(
    clock: BoardClock, *, seed: int = 1, security: config_pb2.Config.SecurityConfig | None = None
) -> VirtualBoard:
    """Make a virtual board that lives by the clock."""
    return VirtualBoard(scenario_named("leak-threads"), clock=clock, seed=seed, security=security)
