# SPDX-License-Identifier: GPL-3.0-only
"""The trend of one segment: the shape that fits it, the slope that belongs to the present, and whether it is a leak."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mtleak_gui.core.leakhunt.bins import Bins, median_bins, without_excursions
from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.facts import Trend
from mtleak_gui.core.leakhunt.leak_flag import Decline, ceiling_slope, failed_conditions
from mtleak_gui.core.leakhunt.least_squares import least_squares
from mtleak_gui.core.leakhunt.model_choice import Model, choose, choose_among
from mtleak_gui.core.leakhunt.shapes import SHAPES, Segment
from mtleak_gui.core.leakhunt.staircase import is_staircase
from mtleak_gui.core.leakhunt.step_paths import step_path
from mtleak_gui.core.leakhunt.theil_sen import theil_sen
from mtleak_gui.core.leakhunt.thresholds import Z_95

_MINUTE = 60.0
_STAIRCASE_SHAPES = frozenset({"line", "flat_line", "line_flat", "two_lines", "daily_line"})


class SegmentSamples(NamedTuple):
    """The samples of one boot: device time ``x`` (seconds, ascending), host time ``ts``, values."""

    x: Floats
    ts: Floats
    value: Floats
    uptime_known: bool
    """Whether ``x`` counts from the boot; else from anywhere."""


def trend_of(samples: SegmentSamples, *, is_heap: bool) -> Trend | None:
    """Return the trend of a segment, or ``None`` when its samples do not span any time.

    Slopes are units per minute. Only heap fields can be leaking; for others ``failed`` is empty too.
    """
    x, value = samples.x, samples.value
    if x.size < 2 or x[-1] <= x[0]:
        return None
    every_bin = median_bins(x, value)
    bins, _ = without_excursions(every_bin)
    span = float(x[-1] - x[0])
    segment = Segment((bins.x - x[0]) / span, span, float(x[0]) if samples.uptime_known else None, float(x[0]))
    model = _model(segment, bins, value)
    per_minute = _MINUTE / span
    slope, error = model.slope * per_minute, model.slope_error * per_minute
    regime_from = x[0] + model.regime_from * span
    inside = x >= regime_from
    ceiling = ceiling_slope(x[inside], value[inside])
    line = least_squares(x, value)
    sen = theil_sen(x, value)
    level_now = float(model.fitted[-1]) + model.slope * float(1 - segment.u[-1])
    decline = Decline(
        samples=int(x.size),
        slope=slope,
        slope_error=error,
        regime_share=1 - model.regime_from,
        loss=-model.slope * (1 - model.regime_from),
        residual_sd=model.sd,
        level_now=level_now,
        ceiling_slope=None if ceiling is None else ceiling * _MINUTE,
    )
    failed = failed_conditions(decline) if is_heap else ()
    return Trend(
        start=float(samples.ts[0]),
        end=float(samples.ts[-1]),
        samples=int(x.size),
        shape=model.candidate.shape.name,
        steps=len(model.candidate.steps),
        slope=slope,
        slope_error=error,
        slope_interval=(slope - Z_95 * error, slope + Z_95 * error),
        level_now=level_now,
        least_squares=None if line is None else line.slope * _MINUTE,
        theil_sen=None if sen is None else sen * _MINUTE,
        r_squared=None if line is None else line.r_squared,
        residual_sd=model.sd,
        tau=model.tau,
        regime_start=float(np.interp(regime_from, x, samples.ts)),
        loss=decline.loss,
        ceiling_slope=decline.ceiling_slope,
        falling_share=_falling_share(bins.y),
        leaking=is_heap and not failed,
        failed=failed,
        fit_ts=tuple(np.interp(bins.x, x, samples.ts).tolist()),
        fit_value=tuple(model.fitted.tolist()),
    )


def _model(segment: Segment, bins: Bins, value: Floats) -> Model:
    floor = bins.y.size * _resolution(value) ** 2 / 12
    model = choose(segment, bins.y, floor)
    if not is_staircase(model, segment.u):
        return model
    plain = [
        step_path(shape, segment, bins.y, floor)[0]
        for shape in SHAPES
        if shape.name in _STAIRCASE_SHAPES and shape.fits(segment)
    ]
    return choose_among(plain, segment, bins.y, floor)


def _resolution(value: Floats) -> float:
    """Return the smallest distance between two different values: what the board's figures can tell apart."""
    steps = np.diff(np.unique(value))
    return float(steps.min()) if steps.size else 1.0


def _falling_share(y: Floats) -> float | None:
    return float(np.mean(np.diff(y) < 0)) if y.size > 1 else None
