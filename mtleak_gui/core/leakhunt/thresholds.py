# SPDX-License-Identifier: GPL-3.0-only
"""The numbers by which facts are worked out: one small table. The rules' own numbers stand with the rules."""

from __future__ import annotations

# Values
UNSUPPORTED_FROM = 0xFFFFFF00
"""A heap reading from here up means "not reported" (4294967295, or -1 seen as unsigned)."""
LARGEST_VALUE = 1e15
"""Values of any field beyond this are junk: a fit of them overflows."""

# Time
UPTIME_WRAP_S = 2**32 / 1000
"""Text lines print ``millis() / 1000``, which starts again at zero after 49.7 days."""
STALE_UPTIME_S = 75.0
"""Telemetry's ``uptime_seconds`` is refreshed by the board's 60 s tick only."""
UPTIME_FALL_S = 30.0
LATE_BOOT_S = 120.0
SAME_BOOT_S = 150.0
CLOCK_STEP_S = 45.0
SILENCE_S = 300.0
CADENCES_OF_GAP = 3.0

# Trend
BIN_LIMIT = 96
EXCURSION_SD = 5.0
EXCURSION_WINDOW = 7
STEP_LIMIT = 6
STEP_MARGIN_BINS = 3
PENALTY = 2.2
BREAK_PARAMETERS = 2.5
SETTLING_FROM_BOOT_S = 7_200.0
DAY_S = 86_400.0
DAILY_WINDOW_S = 1.5 * DAY_S
Z_95 = 1.96
THEIL_SEN_EXACT = 2_000

# Leak flag
REGIME_SHARE = 0.25
LOSS_BYTES = 1_000.0
LOSS_SD = 5.0
SIGNIFICANCE = 4.5
EMPTY_WITHIN_DAYS = 60.0
CEILING_BINS = 10
CEILING_QUANTILE = 0.9
CEILING_SHARE = 0.35
MIN_SAMPLES = 5
AGREEING_TIME_SHARE = 0.5

# Time left and memory
FLOOR_BYTES = 10_240.0
"""ESP32 boards fail in practice near here."""
NEAR_NOTHING_SHARE = 0.06
NEAR_NOTHING_BYTES = 10_240.0

# Suspects
CANCEL_WITHIN_S = 600.0
