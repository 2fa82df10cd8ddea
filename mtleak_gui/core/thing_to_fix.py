# SPDX-License-Identifier: GPL-3.0-only
"""One thing to fix, as the Overview lists it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mtleak_gui.core.link_trouble import LinkTrouble

ThingTone = Literal["danger", "warn", "neutral"]
ThingAction = Literal[
    "open_folder",
    "settings",
    "start_recording",
    "choose_port",
    "capture_api",
    "capture_console",
    "link_trouble",
    "ask_stats",
    "debug_log_on",
]
"""What the window can do about a thing; what is asked of a board (the last two) is confirmed first.

``link_trouble`` shows ``Thing.trouble``.
"""


class Thing(NamedTuple):
    """One thing to fix: what happened (``title``), why and what to do (``text``), more of that (``why``).

    ``key`` stays the same as long as the thing is the same; only a thing that ``may_be_ignored`` can be ignored.
    """

    key: str
    tone: ThingTone
    title: str
    text: str
    why: str = ""
    action: ThingAction | None = None
    port: str | None = None
    may_be_ignored: bool = True
    trouble: LinkTrouble | None = None
