# SPDX-License-Identifier: GPL-3.0-only
"""The slope is that of the present, and only what is surely lost is called a leak."""

from __future__ import annotations

import numpy as np
import pytest

from mtleak_gui.core.leakhunt.analyse import analyse
from mtleak_gui.core.leakhunt.facts import Facts, Trend
from tests.core.leakhunt.evidence_by_hand import Floats, uptimes, window

MINUTES = np.arange(0, 360.0)
SECONDS = MINUTES * 60
NOISE: Floats = np.round(np.random.default_rng(7).normal(0, 120, MINUTES.size))


def judged(values: Floats, seconds: Floats = SECONDS) -> tuple[Facts, Trend]:
    facts = analyse(window(seconds, values, **uptimes(seconds, seconds + 500_000)))
    assert facts.present is not None
    return facts, facts.present


def test_a_leak_is_found_with_its_rate_and_the_time_left() -> None:
    facts, trend = judged(120_000 - 80 * MINUTES + NOISE)
    assert facts.leaking
    assert trend.failed == ()
    assert trend.slope == pytest.approx(-80, rel=0.03)
    assert trend.slope_interval[0] < -80 < trend.slope_interval[1]
    assert facts.least_squares == pytest.approx(-80, rel=0.03)
    assert trend.theil_sen == pytest.approx(-80, rel=0.03)
    left = facts.time_left
    assert left is not None
    assert left.to_zero == pytest.approx((120_000 - 80 * 359) / 80, rel=0.03)
    assert left.interval[1] is not None
    assert left.interval[0] < left.to_zero < left.interval[1]
    assert left.to_floor == pytest.approx(left.to_zero - 10_240 / 80, rel=0.03)


def test_a_flat_heap_has_no_slope_and_no_time_left() -> None:
    facts, trend = judged(120_000 + NOISE)
    assert (facts.leaking, trend.shape, trend.slope, facts.time_left) == (False, "flat", 0.0, None)
    assert trend.failed == ("the heap does not decline",)


@pytest.mark.parametrize("every_s", [60, 300, 900, 2_400])
def test_a_staircase_that_is_flat_to_the_byte_between_its_steps_is_a_leak(every_s: int) -> None:
    stairs = 120_000 - 1_000.0 * np.floor(SECONDS / every_s) * every_s / 600
    facts, trend = judged(stairs)
    assert facts.leaking
    assert trend.slope == pytest.approx(-100, rel=0.1)


def test_single_dips_are_no_leak() -> None:
    values = 120_000 + NOISE
    values[[40, 170, 300, 355]] -= 25_000
    facts, trend = judged(values)
    assert (facts.leaking, trend.slope) == (False, 0.0)


def test_clients_that_come_and_go_do_not_hide_a_leak_nor_make_one() -> None:
    lost = np.zeros(MINUTES.size)
    for start, length in ((30, 25), (90, 60), (110, 20), (200, 40), (330, 30)):
        lost[start : start + length] += 7_000
    facts, trend = judged(120_000 - lost + NOISE)
    assert (facts.leaking, trend.slope) == (False, 0.0)
    facts, trend = judged(120_000 - lost - 60 * MINUTES + NOISE)
    assert facts.leaking
    assert trend.slope == pytest.approx(-60, rel=0.1)


def test_one_lasting_level_change_is_no_leak() -> None:
    facts, trend = judged(120_000 - 8_000.0 * (MINUTES > 200) + NOISE)
    assert (facts.leaking, trend.slope, trend.steps) == (False, 0.0, 1)


def test_warm_up_after_a_boot_is_no_leak() -> None:
    values = 150_000 + 15_000 * np.exp(-MINUTES / 30) + NOISE
    facts = analyse(window(SECONDS, values, **uptimes(SECONDS, SECONDS + 60)))
    assert facts.present is not None
    assert facts.present.shape == "settling"
    assert (facts.leaking, facts.present.slope) == (False, 0.0)


def test_a_saw_tooth_of_three_hours_is_no_leak_over_nine() -> None:
    minutes = np.arange(0, 540.0)
    noise = np.random.default_rng(2).normal(0, 60, minutes.size)
    facts, trend = judged(120_000 - 12_000 * np.mod(minutes / 180 + 0.4, 1) + noise, minutes * 60)
    assert (facts.leaking, trend.slope) == (False, 0.0)


def test_a_daily_swing_is_no_leak() -> None:
    minutes = np.arange(0, 3 * 1_440, 15.0)
    noise = np.random.default_rng(3).normal(0, 100, minutes.size)
    facts, trend = judged(120_000 + 3_000 * np.sin(2 * np.pi * minutes / 1_440) + noise, minutes * 60)
    assert (facts.leaking, trend.slope, trend.shape) == (False, 0.0, "daily")


def test_a_leak_that_starts_in_the_window_has_the_slope_of_now_not_of_the_window() -> None:
    facts, trend = judged(120_000 - 200 * np.maximum(MINUTES - 180, 0) + NOISE)
    assert facts.leaking
    assert trend.shape == "flat_line"
    assert trend.slope == pytest.approx(-200, rel=0.1)
    assert facts.least_squares is not None
    assert facts.least_squares > -140


def test_a_leak_that_stopped_is_none_now() -> None:
    facts, trend = judged(120_000 - 200 * np.minimum(MINUTES, 180) + NOISE)
    assert (facts.leaking, trend.slope, facts.time_left) == (False, 0.0, None)


def test_too_little_movement_is_named_as_the_reason() -> None:
    _, trend = judged(120_000 - 2.0 * MINUTES)
    assert trend.slope == pytest.approx(-2)
    assert not trend.leaking
    assert trend.failed == ("only 718 B were lost; too little movement to call",)


def test_a_host_clock_set_forward_does_not_bend_the_curve() -> None:
    seconds = np.where(SECONDS > 9_000, SECONDS + 7_200, SECONDS)
    facts = analyse(window(seconds, 120_000 - 80 * MINUTES, **uptimes(seconds, SECONDS + 500_000)))
    assert facts.present is not None
    assert facts.present.slope == pytest.approx(-80, rel=0.01)
    assert facts.restarts == ()


def test_a_host_clock_set_back_does_not_shuffle_the_curve() -> None:
    seconds = np.where(SECONDS > 9_000, SECONDS - 3_000, SECONDS)
    order = np.argsort(seconds, kind="stable")
    known = uptimes(seconds, SECONDS + 500_000)
    values = 120_000 - 80 * MINUTES
    facts = analyse(window(seconds[order], values[order], stated=(SECONDS + 500_000)[order], **known))
    assert facts.present is not None
    assert facts.present.slope == pytest.approx(-80, rel=0.01)
    assert facts.present.residual_sd < 50
    assert facts.restarts == ()


def test_any_other_field_has_a_trend_but_never_a_leak() -> None:
    facts = analyse(window(SECONDS, 100 - 0.05 * MINUTES, field="battery_level"))
    assert facts.present is not None
    assert facts.present.slope == pytest.approx(-0.05)
    assert (facts.leaking, facts.present.failed, facts.time_left) == (False, (), None)
