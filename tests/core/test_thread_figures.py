# SPDX-License-Identifier: GPL-3.0-only
"""What the table of threads says."""

from __future__ import annotations

import pytest

from mtleak_gui.core.leakhunt.evidence import ThreadDelta
from mtleak_gui.core.thread_figures import thread_figures


def leaked(ts: float, thread: str, size: int) -> ThreadDelta:
    return ThreadDelta(ts, None, "leaked", thread, 50_000, 50_000 - size, -size)


def freed(ts: float, thread: str, size: int) -> ThreadDelta:
    return ThreadDelta(ts, None, "freed", thread, 50_000 - size, 50_000, size)


def test_what_another_thread_gives_back_soon_is_no_loss() -> None:
    figures = thread_figures([leaked(0, "Radio", 300), freed(60, "Router", 300), leaked(3_600, "Power", 200)], 0, 200)
    by_name = {row.thread: row for row in figures}
    assert by_name["Power"].unmatched == 1
    assert by_name["Radio"].leaked == -300
    assert by_name["Radio"].unmatched == 0
    assert by_name["Radio"].share == 0
    # As in the report: what is cancelled is nobody's gain or loss.
    assert by_name["Router"].net == 0
    assert by_name["Router"].freed == 300
    assert by_name["Power"].net == -200
    assert by_name["Power"].per_hour == pytest.approx(-200)
    assert by_name["Power"].share == 1.0
    assert by_name["Power"].last_ts == 3_600


def test_what_was_before_the_window_does_not_count() -> None:
    assert thread_figures([leaked(0, "Radio", 300)], 10, None) == ()


def test_without_a_decline_there_are_no_shares() -> None:
    rows = [leaked(n * 60.0, "Radio", 300) for n in range(5)]
    assert thread_figures(rows, 0, None)[0].share is None
    assert thread_figures(rows, 0, -50.0)[0].share is None
