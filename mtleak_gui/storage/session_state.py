# SPDX-License-Identifier: GPL-3.0-only
"""What a recording is doing at the moment."""

from __future__ import annotations

from enum import Enum


class SessionState(Enum):
    """Stopped until it is started; paused only while it records; closed for good."""

    STOPPED = "stopped"
    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"

    @property
    def recording(self) -> bool:
        """Whether a session is under way, paused or not."""
        return self in (SessionState.RUNNING, SessionState.PAUSED)
