# SPDX-License-Identifier: GPL-3.0-only
"""When a link is tried again: a state machine that is told what happened and the time, and never gives up.

A try that reaches a board costs it something: a handshake, or the place of another client. Such tries come after 1, 2,
5, 10 and then each 30 s. A try that finds nobody costs nothing: a port that is not there, a connection refused, a board
that says nothing at all. A board that was heard before is therefore looked for each second in between, quietly: its
states go on to tell the longer waits. Whether rows are being recorded makes no difference: a link is kept until the
tester disconnects it.

Pure: no threads, no clock of its own. ``now`` is monotonic seconds.
"""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.records import HandshakeStep, LinkState

DELAYS_S = (1.0, 2.0, 5.0, 10.0, 30.0)
"""The wait before each further try; the last one repeats."""

LOOK_EACH_S = 1.0
"""How often a board that was heard before is looked for where there was nobody."""

STEADY_S = 5.0
"""A link that lived as long did not fail: what ended it, a restart or a cable, is over when the board is there again.
One that lived shorter counts as another failure: a board that throws its clients out is not to be pestered."""

PAUSE_S = 300.0
"""The wait where each try does harm: another client is thrown out, or another board is asked."""


class Wait(NamedTuple):
    """How long to wait, and whether what comes then is a quiet look."""

    seconds: float
    quiet: bool


class ReconnectPolicy:
    """The states of one link on one port, in order: waiting, opening, configuring, live, lost, backing_off, opening."""

    def __init__(self, port: str) -> None:
        self._failures = 0
        self._absences = 0
        self._was_live = False
        self._live_since: float | None = None
        self._due = float("-inf")
        self._look_at: float | None = None
        self._state = LinkState("waiting", port)

    @property
    def state(self) -> LinkState:
        """Where the link stands now."""
        return self._state

    def wait(self, now: float) -> Wait:
        """Return how long to wait before the next try; 0 when it is due."""
        if self._look_at is not None and self._look_at < self._due:
            return Wait(max(0.0, self._look_at - now), quiet=True)
        return Wait(max(0.0, self._due - now), quiet=False)

    def try_now(self, now: float) -> None:
        """The port appeared, or the tester wants it: what was planned for later is due."""
        self._due = min(self._due, now)

    def opening(self) -> LinkState:
        """A try begins."""
        return self._enter(LinkState("opening", self._state.port, attempt=self._next_attempt, step="opening"))

    def configuring(self) -> LinkState:
        """The port is open, the handshake has begun; a quiet look has found something with that."""
        attempt = self._state.attempt if self._state.phase == "opening" else self._next_attempt
        return self._enter(LinkState("configuring", self._state.port, attempt=attempt, step="asking"))

    def stepped(self, step: HandshakeStep, nodes: int) -> LinkState | None:
        """The handshake came further; return the state unless none is going on."""
        if self._state.phase != "configuring":
            return None
        return self._enter(self._state._replace(step=step, nodes=nodes))

    def live(self, now: float) -> LinkState:
        """The board is heard."""
        self._live_since = now
        self._was_live = True
        self._absences = 0
        return self._enter(LinkState("live", self._state.port, step="live"))

    def lost(self, now: float, trouble: LinkTrouble, *, restarted: bool = False) -> LinkState:
        """A live link ended, with ``restarted`` because the board did; ``backing_off`` must follow."""
        if restarted or (self._live_since is not None and now - self._live_since >= STEADY_S):
            self._failures = 0
        self._live_since = None
        return self._enter(LinkState("lost", self._state.port, trouble.sentence, trouble=trouble))

    def backing_off(self, now: float, trouble: LinkTrouble) -> LinkState:
        """A try reached a board and failed, or a live link was lost: plan the next try."""
        delay = DELAYS_S[min(self._failures, len(DELAYS_S) - 1)]
        self._failures += 1
        self._absences = 0
        return self._plan(now, trouble, delay, look=False)

    def absent(self, now: float, trouble: LinkTrouble, *, quiet: bool = False) -> LinkState | None:
        """A try found nobody; return the state, unless a quiet look found what is known."""
        if quiet and trouble.sentence == self._state.reason:
            self._look_at = now + LOOK_EACH_S
            return None
        if quiet:
            self._look_at = now + LOOK_EACH_S
            return self._enter(self._state._replace(reason=trouble.sentence, trouble=trouble))
        delay = DELAYS_S[min(self._absences, len(DELAYS_S) - 1)]
        self._absences += 1
        return self._plan(now, trouble, delay, look=self._was_live)

    def pausing(self, now: float, trouble: LinkTrouble) -> LinkState:
        """Trying again does harm: wait for long."""
        self._failures = self._absences = 0
        return self._plan(now, trouble, PAUSE_S, look=False)

    def closed(self) -> LinkState:
        """The link is not wanted any more."""
        return self._enter(LinkState("closed", self._state.port))

    @property
    def _next_attempt(self) -> int:
        return self._failures + self._absences + 1

    def _plan(self, now: float, trouble: LinkTrouble, delay: float, *, look: bool) -> LinkState:
        self._due = now + delay
        self._look_at = now + LOOK_EACH_S if look else None
        attempt = self._failures + self._absences
        port = self._state.port
        return self._enter(LinkState("backing_off", port, trouble.sentence, delay, attempt, trouble))

    def _enter(self, state: LinkState) -> LinkState:
        self._state = state
        return state
