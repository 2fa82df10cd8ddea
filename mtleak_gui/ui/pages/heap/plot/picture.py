# SPDX-License-Identifier: GPL-3.0-only
"""What the plot shows at one moment, as values: the layers paint it, the export and the text summary read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from mtleak_gui.core.axis_ticks import BootSpan, TimeMode
from mtleak_gui.core.bands import Band
from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.live_fit import LiveFit


class Piece(NamedTuple):
    """A run of the curve without a break: one entry a block, arrays of shape (blocks,). Times are epoch seconds."""

    ts: Floats
    low: Floats
    high: Floats
    mean: Floats


class Curve(NamedTuple):
    """One board's series."""

    name: str
    role: str
    """The colour role: heap_a, heap_b."""
    pieces: tuple[Piece, ...]
    newest: tuple[float, float] | None
    """Time and value of the newest sample."""


class Steps(NamedTuple):
    """The largest block as stairs: at each time the value changes; ``end`` is where the last stair ends."""

    ts: Floats
    value: Floats
    breaks: tuple[float, ...]
    end: float


class PlotMark(NamedTuple):
    """A mark's line and tag."""

    ts: float
    label: str
    note: str | None = None


class PlotRange(NamedTuple):
    """A shaded stretch and what is said about it."""

    start: float
    end: float
    text: str


class Projection(NamedTuple):
    """The line on to nothing that a SLOW LEAK foretells: from ``ts``, ``value`` to zero at ``zero_ts``."""

    ts: float
    value: float
    zero_ts: float


@dataclass(frozen=True, slots=True)
class PlotPicture:
    """Everything that is drawn but the cursor. Values are in ``unit``, bytes or percent used."""

    start: float
    end: float
    low: float
    high: float
    unit: str
    unit_label: str
    time_mode: TimeMode = "local"
    time_zero: float = 0.0
    boots: tuple[BootSpan, ...] = ()
    curves: tuple[Curve, ...] = ()
    odd_samples: tuple[Floats, Floats] | None = None
    """Times and values of samples that came from another source than most."""
    blocks: Steps | None = None
    blocks_strip: tuple[float, float] | None = None
    """The values that the largest block's own strip reaches over, or ``None`` when it shares the axis."""
    watermark: tuple[float, float] | None = None
    """The lowest value since the boot, and when the boot began."""
    fit: LiveFit | None = None
    projection: Projection | None = None
    marks: tuple[PlotMark, ...] = ()
    ranges: tuple[PlotRange, ...] = ()
    bands: tuple[Band, ...] = ()
    selection: tuple[float, float] | None = None


class Cursor(NamedTuple):
    """The cursor on one sample and the words of its box."""

    ts: float
    value: float
    strong: str
    change: str
    clock: str
    uptime: str
    source: str
