# SPDX-License-Identifier: GPL-3.0-only
"""When a board must be asked for its configuration again: no answer came, or it restarted under an open port.

Pure: it is told what happened and when (monotonic seconds: of the host, and of the board, which a virtual one may live
through faster). Used by the reader thread of one session.
"""

from __future__ import annotations

from typing import Literal

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.restart_watch import boot_sign

SILENCE_S = 1.5
"""A board that prints its boot text listens again when it has said no more of it for this long of its own time."""

SETTLE_S = 0.3
"""The same in the host's time, for boot text of a fast virtual board that is still on its way."""

ASK_AGAIN_S = 5.0
NO_ANSWER_S = 30.0
"""A handshake that makes progress has no end; one that makes none for this long has failed."""

_UNASKED = frozenset({"log_record", "packet", "queueStatus", "rebooted", None})
RECOVERY_S = 60.0
"""A board that restarted and does not answer for this long is lost."""


class HandshakeWatch:
    """Tells ``ask`` or ``give_up`` when it is time."""

    def __init__(self) -> None:
        self._configuring = False
        self._unanswered = 0
        self._last_at = 0.0
        self._moved_at = 0.0
        self._booting: tuple[float, float] | None = None
        self._recover_until: float | None = None

    @property
    def is_configuring(self) -> bool:
        """Whether a handshake was asked for and is not complete."""
        return self._configuring

    def asked(self, now: float) -> None:
        """``want_config`` was sent."""
        if not self._configuring:
            self._moved_at = now
        self._configuring = True
        self._unanswered += 1
        self._last_at = now

    def introduced(self) -> bool:
        """``my_info`` came; return whether it answers a question of ours."""
        self._booting = None
        was_asked = self._unanswered > 0
        self._unanswered -= was_asked
        return was_asked

    def frame_heard(self, now: float, kind: str | None) -> None:
        """A message came. What a board says unasked is no answer: it may have missed the question."""
        if kind not in _UNASKED:
            self.bytes_heard(now)

    def bytes_heard(self, now: float) -> None:
        """Bytes of a message came that is not complete yet: a slow board is not to be asked again meanwhile."""
        self._last_at = self._moved_at = now

    def is_stalled(self, now: float) -> bool:
        """Return whether a handshake has made no progress for so long that it will make none."""
        return self._configuring and now - self._moved_at >= NO_ANSWER_S

    def text_heard(self, line: str, now: float, board_now: float) -> None:
        """A line of text came; boot text means that the board has restarted and speaks no protocol."""
        if boot_sign(parse(line)) is not None:
            self._booting = (now, board_now)

    def configured(self) -> None:
        """The configuration is complete."""
        self._configuring = False
        self._unanswered = 0
        self._recover_until = None

    def due(self, now: float, board_now: float) -> Literal["ask", "give_up"] | None:
        """Return what to do now."""
        if self._recover_until is not None and now >= self._recover_until:
            return "give_up"
        if self._has_booted(now, board_now):
            self._booting = None
            self._recover_until = now + RECOVERY_S
            return "ask"
        if self._configuring and now - self._last_at >= ASK_AGAIN_S:
            return "ask"
        return None

    def _has_booted(self, now: float, board_now: float) -> bool:
        if self._booting is None:
            return False
        return now - self._booting[0] >= SETTLE_S and board_now - self._booting[1] >= SILENCE_S
