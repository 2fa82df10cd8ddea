# SPDX-License-Identifier: GPL-3.0-only
"""When to open a link again: a state machine that is told what happened and the time, and never gives up.

Pure: no threads, no clock of its own. ``now`` is monotonic seconds.
"""

from __future__ import annotations

from mtleak_gui.core.records import LinkState

DELAYS_S = (1.0, 2.0, 5.0, 10.0, 30.0)
"""The wait before each further try; the last one repeats."""

STEADY_S = 30.0
"""A link that lived shorter than this counts as another failure: two clients that evict each other would else take
turns each second, for ever."""


class ReconnectPolicy:
    """The states of one link on one port, in order: waiting, opening, configuring, live, lost, backing_off, opening."""

    def __init__(self, port: str) -> None:
        self._failures = 0
        self._live_since: float | None = None
        self._due = float("-inf")
        self._state = LinkState("waiting", port)

    @property
    def state(self) -> LinkState:
        """Where the link stands now."""
        return self._state

    def wait_s(self, now: float) -> float:
        """Return how long to wait before the next try; 0 when it is due."""
        return max(0.0, self._due - now)

    def opening(self) -> LinkState:
        """A try begins."""
        return self._enter(LinkState("opening", self._state.port, attempt=self._failures + 1))

    def configuring(self) -> LinkState:
        """The port is open, the handshake has begun."""
        return self._enter(self._state._replace(phase="configuring"))

    def live(self, now: float) -> LinkState:
        """The board is heard."""
        self._live_since = now
        return self._enter(LinkState("live", self._state.port))

    def lost(self, now: float, reason: str) -> LinkState:
        """A live link ended; ``backing_off`` must follow."""
        if self._live_since is not None and now - self._live_since >= STEADY_S:
            self._failures = 0
        self._live_since = None
        return self._enter(LinkState("lost", self._state.port, reason))

    def backing_off(self, now: float, reason: str) -> LinkState:
        """A try failed or a live link was lost: plan the next try."""
        delay = DELAYS_S[min(self._failures, len(DELAYS_S) - 1)]
        self._failures += 1
        self._due = now + delay
        return self._enter(LinkState("backing_off", self._state.port, reason, retry_in=delay, attempt=self._failures))

    def closed(self) -> LinkState:
        """The link is not wanted any more."""
        return self._enter(LinkState("closed", self._state.port))

    def _enter(self, state: LinkState) -> LinkState:
        self._state = state
        return state
