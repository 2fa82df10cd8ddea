# SPDX-License-Identifier: GPL-3.0-only
"""What the capture "auto" comes to for a board, and the words that tell it.

A console shows what only it carries, the heap prefix of each line of a DEBUG_HEAP build; everything else is better over
the API. So auto is the console where such a build was last seen, and the API where none was or nobody knows.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from mtleak_gui.core.settings import Capture, KnownBoard, NetworkNode

CaptureWay = Literal["api", "console"]


def capture_way(wish: Capture, known: KnownBoard | NetworkNode | None, *, has_console: bool) -> CaptureWay:
    """Return how a board is heard; one without a console is never heard that way."""
    if not has_console:
        return "api"
    if wish != "auto":
        return wish
    return "console" if known is not None and known.debug_heap else "api"


def auto_words(known: KnownBoard | NetworkNode | None, *, has_console: bool, now: datetime) -> str:
    """Return why auto is what it is for a board; ``now`` is in the zone of the reader."""
    if not has_console:
        return "API session: this way there is no other."
    if capture_way("auto", known, has_console=has_console) == "api":
        return "Auto: API session, because no DEBUG_HEAP build was seen on this board."
    seen = "" if known is None or known.debug_heap_ts is None else f" on {_day(known.debug_heap_ts, now)}"
    return f"Auto: console tap, because a DEBUG_HEAP build was seen on this board{seen}."


def _day(ts: float, now: datetime) -> str:
    day = datetime.fromtimestamp(ts, now.tzinfo)
    return f"{day.day} {day:%b}" if day.year == now.year else f"{day.day} {day:%b %Y}"
