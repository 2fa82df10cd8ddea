# SPDX-License-Identifier: GPL-3.0-only
"""The board's time passes as fast as it is told to."""

from __future__ import annotations

import pytest

from mtleak_gui.demo.board_clock import BoardClock


def test_a_fast_clock_passes_more_seconds() -> None:
    now = 100.0
    clock = BoardClock(60, 1_000_000.0, ticks=lambda: now)
    assert (clock.wall(), clock.monotonic()) == (1_000_000.0, 0.0)
    now = 101.5
    assert (clock.wall(), clock.monotonic()) == (1_000_090.0, 90.0)
    assert clock.host_seconds(30.0) == 0.5
    assert clock.host_seconds(-3.0) == 0.0


@pytest.mark.parametrize("speed", [0.0, 0.5, -1.0, 601.0, float("nan")])
def test_other_speeds_are_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="1 to 600, not"):
        BoardClock(speed)
