# SPDX-License-Identifier: GPL-3.0-only
"""The computer's sleep is told once, and a clock that was set is no sleep.

Nothing can put the machine of a test to sleep, so the two clocks are played; that this system has them is tested.
"""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.records import RawEvent
from mtleak_gui.engine.host_sleep import HostClocks, HostSleepWatch, host_clocks
from mtleak_gui.storage.system_clock import SystemClock


class PlayedHost:
    """Clocks that a test moves."""

    def __init__(self) -> None:
        self.always = 5_000.0
        self.awake = 4_000.0

    def lives(self, seconds: float, asleep: float = 0.0) -> None:
        """Let time pass."""
        self.always += seconds + asleep
        self.awake += seconds

    def clocks(self) -> HostClocks:
        """Return the two clocks."""
        return HostClocks(lambda: self.always, lambda: self.awake)


def test_a_sleep_is_told_once_with_its_length(qtbot: QtBot) -> None:
    host, told = PlayedHost(), list[RawEvent]()
    watch = HostSleepWatch(SystemClock(), host.clocks())
    watch.slept.connect(told.append)
    watch.start()
    for asleep in (0.0, 2_520.0, 0.0, 1.0):
        host.lives(2.0, asleep)
        watch.look()
    watch.stop()
    (event,) = told
    assert event.kind == "host_sleep"
    assert event.note == "the computer slept for 42m"
    assert event.data == {"slept_s": 2_520.0}


def test_the_clocks_of_this_system_go_at_the_same_pace(qtbot: QtBot) -> None:
    clocks = host_clocks()
    if clocks is None:
        pytest.skip("this system has no clock that counts sleep")
    before = clocks.always() - clocks.awake()
    assert clocks.always() - clocks.awake() == pytest.approx(before, abs=0.5)
    watch = HostSleepWatch(SystemClock(), clocks)
    watch.start()
    with qtbot.assertNotEmitted(watch.slept):
        watch.look()
    watch.stop()
