# SPDX-License-Identifier: GPL-3.0-only
"""The table of shapes that a heap curve can have. Adding one is one row, and one column function if it bends anew.

All columns are functions of ``u``, the time within the segment from 0 to 1. The columns of every shape are chosen so
that one of them carries the slope of the last regime alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.thresholds import BREAK_PARAMETERS, DAILY_WINDOW_S, DAY_S, SETTLING_FROM_BOOT_S

_SETTLING_SPANS = np.geomspace(1 / 30, 1 / 2.5, 12)
"""Time constants tried, as shares of the segment: a longer one cannot be told from a line."""
_EARLIEST_BREAK, _LATEST_BREAK = 0.05, 0.8


class Segment(NamedTuple):
    """What the columns depend on: ``u`` of shape (n,), the seconds it spans, the uptime at its start if known."""

    u: Floats
    span_s: float
    uptime_s: float | None
    x0: float
    """Device time at u = 0, seconds."""


class Shape(NamedTuple):
    """One shape. ``bends`` gives the family of a column that is chosen by search, with its parameters."""

    name: str
    fixed: Callable[[Segment], Floats]
    """Columns that are always there, shape (n, p); the first is constant."""
    parameters: float
    slope_column: int | None
    """Which column is the line term of the last regime; -1: the bend itself; ``None``: the last regime is flat."""
    fits: Callable[[Segment], bool]
    bends: Callable[[Segment], tuple[Floats, Floats]] | None = None
    """(columns (n, m), parameter of each (m,)): break positions in ``u``, or time constants."""
    breaks: bool = False
    """Whether the bend starts a new regime at its parameter."""


def _flat(segment: Segment) -> Floats:
    return np.ones((segment.u.size, 1))


def _line(segment: Segment) -> Floats:
    return np.column_stack((np.ones(segment.u.size), segment.u - 1))


def _day_waves(segment: Segment) -> Floats:
    angle = 2 * np.pi * (segment.x0 + segment.u * segment.span_s) / DAY_S
    return np.column_stack((np.sin(angle), np.cos(angle)))


def _daily(segment: Segment) -> Floats:
    return np.hstack((_flat(segment), _day_waves(segment)))


def _daily_line(segment: Segment) -> Floats:
    return np.hstack((_line(segment), _day_waves(segment)))


def _break_positions(u: Floats) -> Floats:
    middles = (u[1:] + u[:-1]) / 2
    return middles[(middles > _EARLIEST_BREAK) & (middles < _LATEST_BREAK)]


def _bend_after(segment: Segment) -> tuple[Floats, Floats]:
    at = _break_positions(segment.u)
    return np.maximum(segment.u[:, None] - at, 0), at


def _bend_before(segment: Segment) -> tuple[Floats, Floats]:
    at = _break_positions(segment.u)
    return np.minimum(segment.u[:, None] - at, 0), at


def _settlings(segment: Segment) -> tuple[Floats, Floats]:
    return np.exp(-segment.u[:, None] / _SETTLING_SPANS), _SETTLING_SPANS


def _always(_segment: Segment) -> bool:
    return True


def _long_enough_to_bend(segment: Segment) -> bool:
    return segment.u.size >= 12


def _just_booted(segment: Segment) -> bool:
    known = segment.uptime_s is not None and segment.uptime_s <= SETTLING_FROM_BOOT_S
    return known and segment.u.size >= 6


def _spans_days(segment: Segment) -> bool:
    return segment.span_s > DAILY_WINDOW_S and segment.u.size >= 24


SHAPES: tuple[Shape, ...] = (
    Shape("flat", _flat, 1, None, _always),
    Shape("line", _line, 2, 1, _always),
    Shape("settling", _flat, 3, None, _just_booted, _settlings),
    Shape("settling_line", _line, 4, 1, _just_booted, _settlings),
    Shape("flat_line", _flat, 1 + BREAK_PARAMETERS, -1, _long_enough_to_bend, _bend_after, breaks=True),
    Shape("line_flat", _flat, 1 + BREAK_PARAMETERS, None, _long_enough_to_bend, _bend_before, breaks=True),
    Shape("two_lines", _line, 2 + BREAK_PARAMETERS, 1, _long_enough_to_bend, _bend_before, breaks=True),
    Shape("daily", _daily, 3, None, _spans_days),
    Shape("daily_line", _daily_line, 4, 1, _spans_days),
)
