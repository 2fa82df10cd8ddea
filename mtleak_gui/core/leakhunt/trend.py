# SPDX-License-Identifier: GPL-3.0-only
"""The trend of one segment: the slope that belongs to the present, how sure it is, and whether it is a leak."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.facts import Trend
from mtleak_gui.core.leakhunt.leak_flag import Decline, ceiling_slope, failed_conditions
from mtleak_gui.core.leakhunt.least_squares import least_squares
from mtleak_gui.core.leakhunt.saw_tooth import may_be_tooth
from mtleak_gui.core.leakhunt.segment_model import Curve, curve_of
from mtleak_gui.core.leakhunt.theil_sen import theil_sen
from mtleak_gui.core.leakhunt.thresholds import BIN_LIMIT, Z_95

_MINUTE = 60.0


class SegmentSamples(NamedTuple):
    """The samples of one boot: device time ``x`` (seconds, ascending), host time ``ts``, values."""

    x: Floats
    ts: Floats
    value: Floats
    uptime_known: bool
    """Whether ``x`` counts from the boot; else from anywhere."""


def trend_of(samples: SegmentSamples, *, is_heap: bool, bin_limit: int = BIN_LIMIT) -> Trend | None:
    """Return the trend of a segment, or ``None`` when its samples do not span any time.

    Slopes are units per minute. Only heap fields can be leaking; for others ``failed`` is empty too.
    """
    x = samples.x
    if x.size < 2 or x[-1] <= x[0]:
        return None
    curve = curve_of(x, samples.value, uptime_known=samples.uptime_known, bin_limit=bin_limit)
    decline = _decline(samples, curve)
    failed = failed_conditions(decline) if is_heap else ()
    slope, error = decline.slope, decline.slope_error
    line, sen, model = least_squares(x, samples.value), theil_sen(x, samples.value), curve.model
    return Trend(
        start=float(samples.ts[0]),
        end=float(samples.ts[-1]),
        samples=int(x.size),
        shape=model.candidate.shape.name,
        steps=len(model.candidate.steps),
        slope=slope,
        slope_error=error,
        slope_interval=(slope - Z_95 * error, slope + Z_95 * error),
        level_now=decline.level_now,
        least_squares=None if line is None else line.slope * _MINUTE,
        theil_sen=None if sen is None else sen * _MINUTE,
        r_squared=None if line is None else line.r_squared,
        residual_sd=model.sd,
        tau=model.tau,
        regime_start=float(np.interp(_regime_start(samples, curve), x, samples.ts)),
        loss=decline.loss,
        ceiling_slope=decline.ceiling_slope,
        falling_share=_falling_share(curve.bins.y),
        leaking=is_heap and not failed,
        failed=failed,
        fit_ts=tuple(np.interp(curve.bins.x, x, samples.ts).tolist()),
        fit_value=tuple(model.fitted.tolist()),
    )


def _decline(samples: SegmentSamples, curve: Curve) -> Decline:
    """Return the figures of the last regime."""
    x, model, span = samples.x, curve.model, curve.segment.span_s
    inside = x >= _regime_start(samples, curve)
    # Level changes are no part of the ceiling, but for those that may be what gives the memory back.
    stairs = np.zeros(x.size) if may_be_tooth(model, curve.segment.u, span) else curve.stairs(x)
    ceiling = ceiling_slope(x[inside], (samples.value - stairs)[inside])
    return Decline(
        samples=int(x.size),
        slope=model.slope * _MINUTE / span,
        slope_error=model.slope_error * _MINUTE / span,
        regime_share=1 - model.regime_from,
        loss=-model.slope * (1 - model.regime_from),
        residual_sd=model.sd,
        level_now=float(model.fitted[-1]) + model.slope * float(1 - curve.segment.u[-1]),
        ceiling_slope=None if ceiling is None else ceiling * _MINUTE,
    )


def _regime_start(samples: SegmentSamples, curve: Curve) -> float:
    return float(samples.x[0]) + curve.model.regime_from * curve.segment.span_s


def _falling_share(y: Floats) -> float | None:
    return float(np.mean(np.diff(y) < 0)) if y.size > 1 else None
