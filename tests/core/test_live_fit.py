# SPDX-License-Identifier: GPL-3.0-only
"""The line of the window, its honest error, and the figures of a selection."""

from __future__ import annotations

import numpy as np
import pytest

from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.live_fit import live_fit
from mtleak_gui.core.selection_figures import selection_figures
from mtleak_gui.core.series_history import SeriesHistory

_START = 1_764_000_000.0


def leaking(count: int, noise: Floats | None = None, per_min: float = -82.0) -> SeriesHistory:
    history = SeriesHistory()
    ts = _START + 1.5 * np.arange(count, dtype=np.float64)
    values = 124_000 + per_min / 60 * (ts - _START)
    history.extend(ts, values if noise is None else values + noise)
    return history


def test_the_slope_of_a_window_is_found_and_told_in_words() -> None:
    noise = np.random.default_rng(2).standard_normal(14_400) * 300
    fit = live_fit(leaking(14_400, noise), _START, _START + 21_600)
    assert fit is not None
    assert fit.samples == 14_400
    assert fit.slope_per_min == pytest.approx(-82, abs=0.5)
    assert fit.words("B").startswith("−82 B/min ±")
    assert fit.r_squared == pytest.approx(0.99, abs=0.01)


def test_samples_that_hang_together_widen_the_error() -> None:
    """A random walk fools the textbook error by a factor of ten and more; the interval must hold zero here."""
    random = np.random.default_rng(5)
    walk = np.cumsum(random.standard_normal(14_400)) * 20
    white = random.standard_normal(14_400) * float(np.std(walk))
    honest = live_fit(leaking(14_400, walk, 0.0), _START, _START + 21_600)
    usual = live_fit(leaking(14_400, white, 0.0), _START, _START + 21_600)
    assert honest is not None
    assert usual is not None
    assert honest.slope_error > 5 * usual.slope_error


def test_the_interval_of_independent_noise_holds_the_truth_about_19_of_20_times() -> None:
    held = 0
    for seed in range(100):
        fit = live_fit(leaking(900, np.random.default_rng(seed).standard_normal(900) * 300), _START, _START + 1_350)
        assert fit is not None
        held += abs(fit.slope_per_min + 82) <= fit.slope_error * 60
    assert held >= 85


def test_the_band_is_narrowest_in_the_middle() -> None:
    fit = live_fit(leaking(1_000, np.random.default_rng(1).standard_normal(1_000) * 50), _START, _START + 1_500)
    assert fit is not None
    edge, middle = fit.half_band(np.array([fit.start, fit.middle]))
    assert edge > middle > 0


def test_two_samples_or_one_time_make_no_line() -> None:
    assert live_fit(leaking(2), _START, _START + 100) is None
    same = SeriesHistory()
    same.extend(np.full(5, 3.0), np.arange(5.0))
    assert live_fit(same, 0, 10) is None


def test_the_figures_of_a_selection() -> None:
    history = leaking(14_400)
    figures = selection_figures(history, _START + 7_200, _START + 3_600)
    assert figures.samples == 2_401
    assert figures.span_s == 3_600
    assert figures.slope == pytest.approx(-82)
    assert figures.r_squared == pytest.approx(1)
    assert figures.change == pytest.approx(-82 * 60)
    assert figures.range == pytest.approx(82 * 60)


def test_a_selection_without_samples_says_so() -> None:
    figures = selection_figures(leaking(10), _START - 100, _START - 50)
    assert figures.samples == 0
    assert figures.range is None
    assert figures.slope is None
