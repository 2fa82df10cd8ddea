# SPDX-License-Identifier: GPL-3.0-only
"""What one part of the window may ask of another."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mtleak_gui.core.link_trouble import LinkTrouble


class LeakhuntRequest(NamedTuple):
    """Judge a board: over ``span`` (as the header words it) to the newest row, or between two epoch times.

    ``rules``: the rule set; ``None`` is the one of the settings.
    ``recording``: the folder of another recording than the one that is shown; ``device`` is what its board is called.
    """

    port: str | None = None
    span: str | None = None
    start: float | None = None
    end: float | None = None
    variant: str = "local"
    field: str = "free_heap"
    run: bool = True
    rules: Literal["standard", "strict"] | None = None
    recording: str | None = None
    device: str = ""


class TroubleRequest(NamedTuple):
    """Show why a board is not heard. ``trouble`` is one that was seen otherwise; ``None`` is that of its link."""

    port: str
    trouble: LinkTrouble | None = None
