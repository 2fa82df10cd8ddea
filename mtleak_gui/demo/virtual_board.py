# SPDX-License-Identifier: GPL-3.0-only
"""A board that anyone may use from any thread: the mainboard, its lock, and the thread that lets its time pass."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from threading import Condition, Thread

from meshtastic.protobuf import config_pb2

from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.mainboard import Mainboard
from mtleak_gui.demo.phone_api import PhoneSession
from mtleak_gui.demo.scenario import HeapState, Scenario

_JOIN_SECONDS = 5.0


class VirtualBoard:
    """A board that lives in the time of ``clock``; ``seed`` tells boards of the same scenario apart.

    It was switched on at ``born`` (epoch s of the clock; by default now), so it may be at any uptime and boot.
    ``security`` replaces the settings of a fresh board, ``debug_log_api`` included.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        clock: BoardClock,
        seed: int = 1,
        born: float | None = None,
        debug_log_api: bool = False,
        heard_before: bool = False,
        security: config_pb2.Config.SecurityConfig | None = None,
    ) -> None:
        self.scenario = scenario
        self._clock = clock
        self._changed = Condition()
        self._mainboard = Mainboard(
            scenario,
            clock=clock,
            seed=seed,
            born=born,
            debug_log_api=debug_log_api,
            heard_before=heard_before,
            security=security,
        )
        self._users = 0
        self._thread: Thread | None = None

    def heap(self) -> HeapState:
        """Return the heap at this moment."""
        with self._changed:
            self._mainboard.advance()
            return self._mainboard.heap()

    def uptime(self) -> float:
        """Return the seconds since boot."""
        with self._changed:
            self._mainboard.advance()
            return self._mainboard.uptime()

    @property
    def boot_number(self) -> int:
        """How often the board has booted, this time included."""
        with self._changed:
            self._mainboard.advance()
            return self._mainboard.boot.number

    def security(self) -> config_pb2.Config.SecurityConfig:
        """Return a copy of the security settings that the board holds now, keys included."""
        with self._changed:
            return self._mainboard.security()

    @property
    def node_num(self) -> int:
        """The board's node number."""
        return self._mainboard.identity.num

    def open_session(self, *, serial: bool, send: Callable[[bytes], None], hang_up: Callable[[], None]) -> PhoneSession:
        """Let a client in. A second client over TCP evicts the first, as ``ServerAPI`` does.

        ``send`` and ``hang_up`` are called under the board's lock, from any thread, and must not block.
        """
        with self._changed:
            self._mainboard.advance()
            return self._mainboard.admit(serial=serial, send=send, hang_up=hang_up)

    def close_session(self, session: PhoneSession) -> None:
        """Forget a client that has gone; one that is not known any more is fine."""
        with self._changed:
            self._mainboard.forget(session)

    def receive(self, session: PhoneSession, data: bytes) -> None:
        """Take bytes from a client; those of one that was dropped are lost."""
        with self._changed:
            self._mainboard.advance()
            self._mainboard.receive(session, data)
            self._changed.notify_all()

    def advance(self) -> None:
        """Do what is due by now; boards that were started do so by themselves."""
        with self._changed:
            self._mainboard.advance()

    def restart(self) -> None:
        """Restart the board at once, as its reset button does."""
        with self._changed:
            self._mainboard.advance()
            self._mainboard.press_reset()
            self._changed.notify_all()

    def start(self) -> None:
        """Let time pass for one more user (a port); the first starts the board's thread."""
        with self._changed:
            self._users += 1
            if self._users == 1:
                self._thread = Thread(target=self._live, name=f"virtual-board-{self.scenario.name}", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Take one user away; the last ends the board's thread and waits for it, at most five seconds."""
        with self._changed:
            self._users -= 1
            thread = None if self._users else self._thread
            self._changed.notify_all()
        if thread is not None:
            thread.join(_JOIN_SECONDS)

    def _live(self) -> None:
        with self._changed:
            while self._users:
                due = self._mainboard.advance()
                self._changed.wait(None if due == inf else self._clock.host_seconds(due - self._clock.wall()))
