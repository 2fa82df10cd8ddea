# SPDX-License-Identifier: GPL-3.0-only
"""What a session tells about one board."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from mtleak_gui.core.link_troubles.loss import Loss
from mtleak_gui.core.records import HandshakeStep


class SessionListener(Protocol):
    """Hears a session. All calls come on its reader thread; they must not block."""

    def line_heard(self, text: str, level: str | None, thread: str | None, device_time: int | None) -> None:
        """Take one log line; level, thread and time are those of a log record, ``None`` for text."""

    def lines_cut(self, pieces: int) -> None:
        """Take note that lines were too long and were cut, ``pieces`` times so far."""

    def packet_heard(self, packet: Mapping[str, object]) -> None:
        """Take one mesh packet as the package's dictionary."""

    def node_heard(self, node: Mapping[str, object]) -> None:
        """Take one entry of the board's node list."""

    def restart_told(self, reboot_count: int | None, evidence: str) -> None:
        """Take note that the board itself gave a sign of a restart."""

    def configured(self) -> None:
        """Take note that the handshake is complete; comes again after a restart under an open port."""

    def introduced(self, node_num: int) -> None:
        """Take the number of the node that answers; an ``OSError`` of this method ends the session."""

    def stepped(self, step: HandshakeStep, nodes: int) -> None:
        """Take note of how far the handshake has come, and how many nodes the board has told."""

    def session_lost(self, loss: Loss | None) -> None:
        """Take note that nothing more will be heard; ``loss`` is ``None`` when we closed it."""

    def turned(self, board_now: float) -> None:
        """The reader has dealt with what came; comes some times a second. ``board_now``: the board's monotonic s."""
