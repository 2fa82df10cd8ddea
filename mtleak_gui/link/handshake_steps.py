# SPDX-License-Identifier: GPL-3.0-only
"""How far a handshake has come, by what the board has sent.

The firmware sends in this order (``src/mesh/PhoneAPI.h``): who it is, its own node, metadata, channels, settings,
modules, the other nodes, files, the end. Pure; used by the reader thread of one session.
"""

from __future__ import annotations

from mtleak_gui.core.records import HandshakeStep

TELL_EACH_S = 0.25
"""A board that knows 1,600 nodes tells them in seconds; nobody reads as fast."""

_STEP_OF = {
    "my_info": "node",
    "metadata": "node",
    "channel": "config",
    "config": "config",
    "moduleConfig": "config",
    "fileInfo": "nodes",
}
_ORDER: tuple[HandshakeStep, ...] = ("opening", "asking", "node", "config", "nodes", "live")


class HandshakeSteps:
    """``heard`` returns a step when it is worth telling."""

    def __init__(self) -> None:
        self._step: HandshakeStep = "asking"
        self._nodes = 0
        self._told_at = float("-inf")
        self._told: tuple[HandshakeStep, int] = ("asking", 0)

    @property
    def step(self) -> HandshakeStep:
        """Where the handshake stands."""
        return self._step

    def heard(self, kind: str | None, now: float) -> tuple[HandshakeStep, int] | None:
        """Take the kind of a message; return the step and the number of nodes, now and then (monotonic seconds)."""
        if kind == "node_info":
            self._nodes += 1
        for step in _ORDER:
            if step == self._step_of(kind) and _ORDER.index(step) > _ORDER.index(self._step):
                self._step = step
        reached = (self._step, self._nodes)
        is_worth_it = reached[0] != self._told[0] or (reached != self._told and now - self._told_at >= TELL_EACH_S)
        if not is_worth_it:
            return None
        self._told, self._told_at = reached, now
        return reached

    def _step_of(self, kind: str | None) -> str:
        if kind == "node_info":
            # The first node is the board itself.
            return "node" if self._nodes <= 1 else "nodes"
        return _STEP_OF.get(kind or "", "asking")
