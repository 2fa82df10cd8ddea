# SPDX-License-Identifier: GPL-3.0-only
"""What a tester asks Leakhunt to judge, in the tester's own words."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mtleak_gui.core.time_words import TimeWord, WindowWord


class Question(NamedTuple):
    """What is to be judged. ``at``: where the window ends; ``None`` means the recording's end, or now while it runs."""

    window: WindowWord = "1h"
    at: TimeWord | None = None
    port: str | None = None
    node: str | int | None = None
    field: str = "free_heap"
    variant: str | None = None
    """``None``: local, or for a field that only another variant has, that one."""
    rules: Literal["standard", "strict"] = "standard"
