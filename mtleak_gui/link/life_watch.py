# SPDX-License-Identifier: GPL-3.0-only
"""Finds out whether a board that has fallen silent still hears us: an open port or socket proves nothing.

A board is asked only when it is silent, by a heartbeat of some bytes, which current firmware answers with its queue
status in any state (``PhoneAPI::getFromRadio``). Whether this board does shows with the first answer; one that never
answered is asked for its configuration after a longer silence instead, which every firmware answers.

Pure: it is told what happened and when (monotonic seconds of the host). Used by the reader thread of one session.
"""

from __future__ import annotations

from typing import Literal

ASK_AFTER_S = 45.0
"""Boards that are well say something each minute at the latest: their own device metrics."""

ANSWER_WITHIN_S = 15.0
"""A board that writes flash or scans may take seconds. It is asked twice, so a hang shows after 75 s."""

CHECK_WITHIN_S = 5.0
"""The same where there is a reason to doubt: the computer slept, so the board may have given us up."""

ASK_CONFIG_AFTER_S = 300.0


class LifeWatch:
    """Tells ``heartbeat`` or ``config`` when it is time to ask, and ``mute`` when the board is not to be waited for."""

    def __init__(self, now: float) -> None:
        self._heard_at = now
        self._asked_at: float | None = None
        self._unanswered = 0
        self._answers_heartbeats = False
        self._is_checked = False

    def heard(self, now: float) -> None:
        """Something came."""
        self._heard_at = now
        self._asked_at = None
        self._unanswered = 0
        self._is_checked = False

    def heartbeat_answered(self) -> None:
        """A queue status came, which nothing else asks for."""
        self._answers_heartbeats = True

    def check(self) -> None:
        """Ask at once, and wait less long. May be called from any thread."""
        self._is_checked = True

    def due(self, now: float) -> Literal["heartbeat", "config", "mute"] | None:
        """Return what to do now."""
        if self._asked_at is None:
            is_due = self._is_checked or now - self._heard_at >= ASK_AFTER_S
            return self._ask(now, "heartbeat") if is_due else None
        if now - self._asked_at < self._patience:
            return None
        if self._unanswered >= 2 or (self._is_checked and self._answers_heartbeats):
            return "mute"
        if self._answers_heartbeats:
            return self._ask(now, "heartbeat")
        is_due = self._is_checked or now - self._heard_at >= ASK_CONFIG_AFTER_S
        return self._ask(now, "config") if is_due else None

    @property
    def _patience(self) -> float:
        return CHECK_WITHIN_S if self._is_checked else ANSWER_WITHIN_S

    def _ask(self, now: float, question: Literal["heartbeat", "config"]) -> Literal["heartbeat", "config"]:
        self._asked_at = now
        self._unanswered += 1
        return question
