# SPDX-License-Identifier: GPL-3.0-only
"""Stretches of time in which a curve must not be joined up: what the board or the recorder was doing instead."""

from __future__ import annotations

from typing import Literal, NamedTuple

BandKind = Literal["restart", "pause", "gap", "sleep", "link_lost"]


class Band(NamedTuple):
    """``start`` and ``end`` are epoch seconds, ``end`` is ``None`` while it goes on; ``text`` says what happened.

    A ``restart`` reaches from the last sample before it to the first one after it, as far as these are known.
    """

    kind: BandKind
    start: float
    end: float | None
    text: str
