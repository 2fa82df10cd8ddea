# SPDX-License-Identifier: GPL-3.0-only
"""The heap curves: the same question brings the same answer, and each scenario has the shape that it promises."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from mtleak_gui.demo.heap_scenarios import HeapCurve
from mtleak_gui.demo.heap_shapes import Change, Repeating, Schedule, Staircase, settling
from mtleak_gui.demo.scenario import HeapState
from mtleak_gui.demo.scenario_catalogue import UnknownScenarioError, scenario_named, scenarios

HOUR = 3600.0
NAMES = [scenario.name for scenario in scenarios()]


def _curve(name: str, *, seed: int = 1, boot: int = 1) -> HeapCurve:
    return HeapCurve(scenario_named(name), seed=seed, boot=boot)


def _states(name: str, start: float, end: float, step: float = 30.0) -> list[HeapState]:
    curve = _curve(name)
    return [curve.at(start + index * step) for index in range(int((end - start) / step) + 1)]


def _ceiling(name: str, start: float, end: float) -> int:
    """Return the most that was free: the level without the packets that come and go."""
    return max(state.free for state in _states(name, start, end, 2.0))


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_does_not_depend_on_what_was_asked_before(name: str) -> None:
    forwards, backwards = _curve(name), _curve(name)
    alive = forwards.lifetime() or 5 * HOUR
    uptimes = [index * alive / 400 for index in range(400)]
    for uptime in reversed(uptimes):
        backwards.at(uptime)
    assert [forwards.at(uptime) for uptime in uptimes] == [backwards.at(uptime) for uptime in uptimes]
    pieces = [event for start, end in pairwise(uptimes) for event in forwards.events(start, end)]
    assert pieces == list(backwards.events(uptimes[0], uptimes[-1]))


@pytest.mark.parametrize("name", NAMES)
def test_events_and_levels_agree_to_the_byte(name: str) -> None:
    curve = _curve(name)
    level = curve.at(0.0).free
    for event in curve.events(0.0, 1800.0):
        assert event.before == level
        assert event.after == curve.at(event.at).free
        level = event.after


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_possible(name: str) -> None:
    states = _states(name, 0.0, min(_curve(name).lifetime() or 6 * HOUR, 6 * HOUR))
    for state in states:
        assert 0 <= state.min_free <= state.free
        assert 0 <= state.largest_block <= state.free
    assert all(later.min_free <= earlier.min_free for earlier, later in pairwise(states))
    assert states[0].free <= states[0].total or not states[0].total


def test_seed_and_boot_make_different_curves() -> None:
    first = [event.at for event in _curve("leak-threads").events(0, 600)]
    assert [event.at for event in _curve("leak-threads", seed=2).events(0, 600)] != first
    assert [event.at for event in _curve("leak-threads", boot=2).events(0, 600)] != first


@pytest.mark.parametrize("name", ["steady", "warm-up", "fragmentation", "client-sessions"])
def test_sound_boards_keep_their_level_once_warm(name: str) -> None:
    assert _ceiling(name, 3 * HOUR, 3.5 * HOUR) == _ceiling(name, 5.5 * HOUR, 6 * HOUR)


@pytest.mark.parametrize(
    ("name", "rate"),
    [("slow-leak", 180), ("slow-leak:60", 60), ("slow-leak-staircase", 120), ("leak-threads", 170), ("oom", 3_600)],
)
def test_leaks_lose_what_their_rate_says(name: str, rate: int) -> None:
    start, end = (300.0, 1_500.0) if name == "oom" else (2 * HOUR, 6 * HOUR)
    lost = _ceiling(name, start - 60, start) - _ceiling(name, end - 60, end)
    assert lost / ((end - start) / 60) == pytest.approx(rate, rel=0.1)


def test_a_staircase_is_flat_between_its_steps() -> None:
    curve = _curve("slow-leak-staircase")
    steps = [event for event in curve.events(2 * HOUR, 3 * HOUR) if event.thread == "DeviceTelemetry"]
    assert {event.before - event.after for event in steps} == {624}
    assert all(later.at - earlier.at > 120 for earlier, later in pairwise(steps))


def test_the_culprit_of_the_thread_leak_is_found_by_adding_up() -> None:
    lost: Counter[str] = Counter()
    for event in _curve("leak-threads").events(HOUR, 5 * HOUR):
        lost[event.thread] += event.before - event.after
    worst, most = lost.most_common(1)[0]
    assert worst == scenario_named("leak-threads").culprit == "Router"
    assert most > 20_000


def test_a_warm_up_slows_down_and_settles() -> None:
    levels = [_ceiling("warm-up", at, at + 60) for at in (60, 1_200, 2_400, 10_000, 20_000)]
    assert levels[0] - levels[1] > levels[1] - levels[2] > levels[2] - levels[3] > 0
    assert levels[3] == levels[4]


def test_fragmentation_breaks_blocks_up_while_as_much_is_free() -> None:
    early, late = _curve("fragmentation").at(HOUR), _curve("fragmentation").at(6 * HOUR)
    assert abs(early.free - late.free) < 1_000
    assert late.largest_block < early.largest_block / 3
    failures = list(_curve("fragmentation").failures(0, 3 * HOUR))
    assert min(at for at, _ in failures) > 1.5 * HOUR
    assert len(failures) > 40
    assert late.free > 100_000


def test_running_out_of_memory_ends_in_an_abort_after_failures() -> None:
    curve = _curve("oom")
    lifetime = curve.lifetime()
    assert lifetime is not None
    assert 20 * 60 < lifetime < 60 * 60
    assert curve.at(lifetime).free < 2_048
    assert curve.at(lifetime - 60).free >= 2_048
    failures = list(curve.failures(0, lifetime))
    assert failures
    assert all(curve.at(at).free < 9_216 + 448 for at, _ in failures)


def test_a_burst_is_given_back() -> None:
    before, during, after = (_ceiling("recovery", at, at + 30) for at in (1_100, 2_000, 5_500))
    assert before - during == pytest.approx(20 * 2_048, abs=600)
    assert after == pytest.approx(before, abs=600)


def test_clients_cost_five_to_nine_kilobytes_and_give_it_back() -> None:
    takes = [event.before - event.after for event in _curve("client-sessions").events(HOUR, 2 * HOUR)
             if event.thread == "ServerAPI" and event.after < event.before]  # fmt: skip
    assert len(takes) == 4
    assert all(5_000 < taken < 9_000 for taken in takes)


def test_scenarios_are_found_by_name_and_rate_or_told() -> None:
    assert [scenario_named(name).name for name in NAMES] == NAMES
    for wanted, words in (
        ("leek", "there is no scenario 'leek'; there are: steady, "),
        ("steady:5", "scenario 'steady' has no leak rate; these have: slow-leak, "),
        ("oom:fast", "1 to 20000, not 'fast'"),
        ("oom:0", "1 to 20000, not '0'"),
    ):
        with pytest.raises(UnknownScenarioError, match=words):
            scenario_named(wanted)


def test_every_platform_and_verdict_is_there() -> None:
    def _all(of: str) -> set[object]:
        return {getattr(scenario, of) for scenario in scenarios()}

    platforms = {scenario.hardware.platform.name for scenario in scenarios()}
    assert platforms == {"ESP32", "ESP32-S3", "nRF52", "RP2040", "native"}
    assert _all("expected_verdict") == {
        "STEADY", "SLOW LEAK", "OOM-IMMINENT", "FRAGMENTATION SUSPECT", "RECOVERY CURVE", "INSUFFICIENT DATA",
    }  # fmt: skip
    assert len({scenario.title for scenario in scenarios()}) == len(NAMES)
    assert _all("debug_heap") == _all("prints_periodic_heap") == {True, False}


def test_shapes_agree_with_the_sum_of_their_changes() -> None:
    pulse = Schedule((Change(10.0, 500, "A"), Change(25.0, -500, "A")))
    shapes = (
        Staircase("A", 7.0, (10, 20, 30), starts=5.0, ends=300.0, key=9),
        settling(("A", "B"), 4_000, 60.0, 100),
        Repeating(pulse, 40.0, starts=15.0),
    )
    for shape in shapes:
        changes = list(shape.changes(0.0, 400.0))
        assert changes == sorted(changes)
        held = peak = 0
        for change in changes:
            held += change.taken
            peak = max(peak, held)
            assert shape.used(change.at) == held
            assert shape.most_used(change.at) == peak
