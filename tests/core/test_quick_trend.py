# SPDX-License-Identifier: GPL-3.0-only
"""The slope on a tile is that of plain least squares, and stands out only where it is one."""

from __future__ import annotations

import numpy as np
import pytest

from mtleak_gui.core.quick_trend import quick_trend
from mtleak_gui.core.series_history import SeriesHistory

START = 1_790_000_000.0


def falling(count: int, per_minute: float, noise: float = 300.0) -> SeriesHistory:
    history, random = SeriesHistory(), np.random.default_rng(7)
    ts = (START + 5.0 * np.arange(count)).astype(np.float64)
    value = 120_000 + per_minute * (ts - START) / 60 + noise * random.standard_normal(count)
    history.extend(ts, value.astype(np.float64))
    return history


def test_it_agrees_with_numpy() -> None:
    history = falling(3_000, -82.0)
    trend = quick_trend(history, START + 600, START + 9_000)
    part = history.between(START + 600, START + 9_000)
    x, y = history.ts[part] - START, history.value[part]
    (slope, level), covariance = np.polyfit(x, y, 1, cov=True)
    assert trend is not None
    assert trend.slope_per_min == pytest.approx(slope * 60, rel=1e-6)
    assert trend.error_per_min == pytest.approx(float(np.sqrt(covariance[0, 0])) * 60, rel=1e-6)
    assert trend.r2 == pytest.approx(np.corrcoef(x, y)[0, 1] ** 2)
    assert trend.value_at_end == pytest.approx(slope * x[-1] + level)
    assert (trend.n, trend.minimum, trend.maximum) == (x.size, y.min(), y.max())
    assert trend.span_s == x[-1] - x[0]
    assert trend.is_clear


def test_a_heap_that_only_wavers_has_no_clear_slope() -> None:
    trend = quick_trend(falling(3_000, 0.0), START, START + 15_000)
    assert trend is not None
    assert not trend.is_clear


def test_too_few_samples_have_no_trend() -> None:
    assert quick_trend(falling(2, -82.0), START, START + 100) is None
    assert quick_trend(falling(50, -82.0), START + 1_000, START + 2_000) is None
    same = SeriesHistory()
    same.extend(np.full(5, START), np.arange(5.0))
    assert quick_trend(same, START, START) is None


def test_a_flat_heap_has_a_slope_of_nothing_and_no_share_explained() -> None:
    trend = quick_trend(falling(100, 0.0, noise=0.0), START, START + 500)
    assert trend is not None
    assert (trend.slope_per_min, trend.error_per_min, trend.r2, trend.is_clear) == (0.0, 0.0, None, False)
