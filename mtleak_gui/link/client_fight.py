# SPDX-License-Identifier: GPL-3.0-only
"""Recognises that two clients throw each other out of one node.

The firmware serves one network client: whoever connects takes the place of the one before
(``src/mesh/api/ServerAPI.cpp``). Two that both reconnect take turns about once a second, for ever.

Pure: it is told what happened and when (monotonic seconds).
"""

from __future__ import annotations

SHORT_LIFE_S = 5.0
WITHIN_S = 30.0
LOSSES = 3


class ClientFight:
    """Follows the links to one node. A boot loop is no fight: the board counts its boots, or is gone for a while."""

    def __init__(self) -> None:
        self._losses: list[float] = []
        self._reboot_count: int | None = None

    def boots_told(self, count: int | None) -> bool:
        """Take the board's own count of boots; return whether it tells of a restart since the last one."""
        restarted = count is not None and self._reboot_count is not None and count != self._reboot_count
        self._reboot_count = count if count is not None else self._reboot_count
        if restarted:
            self._losses.clear()
        return restarted

    def nobody_there(self) -> None:
        """A try found nobody: whatever ended the links before was not another client."""
        self._losses.clear()

    def link_ended(self, now: float, lived_s: float) -> bool:
        """The node hung up after this long of talking; return whether that is a fight."""
        if lived_s > SHORT_LIFE_S:
            self._losses.clear()
            return False
        self._losses = [loss for loss in self._losses if now - loss <= WITHIN_S] + [now]
        if len(self._losses) < LOSSES:
            return False
        self._losses.clear()
        return True
