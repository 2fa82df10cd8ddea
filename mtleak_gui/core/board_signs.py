# SPDX-License-Identifier: GPL-3.0-only
"""What can be seen of one board, from which the things to fix are told."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core.first_talk import Talk
from mtleak_gui.core.link_trouble import LinkTrouble


class BoardSigns(NamedTuple):
    """What can be seen of one board. Ages and spans in seconds, ``None`` where there is nothing to tell."""

    port: str
    name: str
    role: str
    live_for: float | None = None
    """Since when it is heard without a break; ``None`` while it is not."""
    lines: int = 0
    """Log lines since it is heard."""
    line_age: float | None = None
    log_api: bool | None = None
    """Whether its configuration lets log lines out over the API; ``None`` when it did not say."""
    heap_age: float | None = None
    cadence: float | None = None
    is_asked: bool = False
    """Whether it is being asked for LocalStats."""
    stats: int = 0
    """LocalStats since it is heard that held no heap figure, while none ever did."""
    bridge: str | None = None
    """The product of a USB bridge without a serial number; ``None`` for a board with a stable identity."""
    socket: str | None = None
    trouble: LinkTrouble | None = None
    """Why it cannot be heard."""
    was_heard: bool = False
    """Whether it was heard before, in this recording or an earlier run."""
    tries: int = 0
    talk: Talk | None = None
    """What its console said first, as long as no line of the firmware came."""
    firmware: str | None = None
    hardware: str | None = None
    debug_heap: bool = False
    """Whether its lines show a DEBUG_HEAP build."""
