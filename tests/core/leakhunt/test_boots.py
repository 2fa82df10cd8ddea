# SPDX-License-Identifier: GPL-3.0-only
"""Restarts are counted exactly, with their reasons; a lost link alone is none."""

from __future__ import annotations

import numpy as np
import pytest

from mtleak_gui.core.leakhunt.analyse import analyse
from mtleak_gui.core.leakhunt.evidence import SeenLine
from tests.core.leakhunt.evidence_by_hand import T0, Floats, event, uptimes, window

SECONDS = np.arange(0, 21_600.0, 60)
FLAT = np.full(SECONDS.size, 120_000.0)


def uptime(*boots: float, before: float = 86_400.0) -> Floats:
    told = before + SECONDS
    for boot in boots:
        told = np.where(boot <= SECONDS, SECONDS - boot, told)
    return told


def line(second: float, signature: str | None, text: str) -> SeenLine:
    return SeenLine(T0 + second, None, "ERROR", None, text, signature)


def test_each_fall_of_the_uptime_is_a_restart_at_its_boot_time() -> None:
    facts = analyse(window(SECONDS, FLAT, **uptimes(SECONDS, uptime(5_000, 15_000))))
    assert [restart.ts - T0 for restart in facts.restarts] == pytest.approx([5_000, 15_000], abs=61)
    assert facts.restarts[0].signs == ("uptime fell from 91,380 to 40 s",)
    assert len(facts.segments) == 3


def test_stale_uptimes_of_telemetry_beside_exact_ones_of_text_are_no_restart() -> None:
    at = np.arange(0, 3_600.0, 7)
    stale = np.floor((1_000 + at) / 60) * 60
    told = np.where(np.arange(at.size) % 2, 1_000 + at, stale)
    mixed = {
        "uptime_ts": T0 + at,
        "uptime_s": told,
        "uptime_source": (np.arange(at.size) % 2 == 0).astype(np.int8),
    }
    assert analyse(window(SECONDS[:60], FLAT[:60], **mixed)).restarts == ()


def test_uptimes_of_local_stats_that_are_older_than_those_of_device_metrics_are_no_restart() -> None:
    at = np.arange(0, 3_600.0, 30)
    told = np.where(np.arange(at.size) % 2, 1_000 + at, np.floor((1_000 + at) / 60) * 60 - 15)
    source = (1 + np.arange(at.size) % 2).astype(np.int8)
    running = window(SECONDS[:60], FLAT[:60], uptime_ts=T0 + at, uptime_s=told, uptime_source=source)
    assert analyse(running).restarts == ()
    again = np.maximum(np.where(at < 1_800, told, told - 2_800), 0)
    restarted = analyse(window(SECONDS[:60], FLAT[:60], uptime_ts=T0 + at, uptime_s=again, uptime_source=source))
    assert [restart.ts - T0 for restart in restarted.restarts] == pytest.approx([1_800], abs=61)


def test_the_wrap_of_the_text_uptime_after_49_days_is_no_restart() -> None:
    wrapped = np.mod(2**32 / 1000 - 10_000 + SECONDS, 2**32 / 1000)
    facts = analyse(window(SECONDS, 120_000 - SECONDS, **uptimes(SECONDS, np.floor(wrapped))))
    assert facts.restarts == ()
    assert len(facts.segments) == 1


def test_a_restart_unseen_in_a_gap_is_known_by_an_uptime_shorter_than_the_gap() -> None:
    heard = (SECONDS < 300) | (SECONDS > 3_000)
    told = uptime(1_500, before=100)[heard]
    facts = analyse(window(SECONDS[heard], FLAT[heard], **uptimes(SECONDS[heard], told)))
    assert [restart.ts - T0 for restart in facts.restarts] == pytest.approx([1_500], abs=1)
    assert "after a gap" in facts.restarts[0].signs[0]


def test_a_rise_of_the_boards_own_count_is_a_restart_and_the_same_one_when_the_uptime_fell_too() -> None:
    events = (event(10, "device_info", reboot_count=3), event(9_000, "device_info", reboot_count=4))
    alone = analyse(window(SECONDS, FLAT, events=events))
    assert [restart.signs for restart in alone.restarts] == [("reboot_count 3 -> 4",)]
    both = analyse(window(SECONDS, FLAT, events=events, **uptimes(SECONDS, uptime(8_900))))
    assert len(both.restarts) == 1
    assert both.restarts[0].signs[1] == "reboot_count 3 -> 4"


def test_a_link_that_comes_back_while_the_board_ran_on_is_a_lost_link() -> None:
    events = (event(4_000, "connection_lost"), event(4_600, "connection_established"))
    facts = analyse(window(SECONDS, FLAT, events=events, **uptimes(SECONDS, uptime())))
    assert facts.restarts == ()
    assert [(loss.ts - T0, loss.seconds) for loss in facts.link_losses] == [(4_000, 600)]
    restarted = analyse(window(SECONDS, FLAT, events=events, **uptimes(SECONDS, uptime(4_300))))
    assert len(restarted.restarts) == 1
    assert restarted.link_losses == ()


def test_a_link_that_the_stopping_recorder_closed_is_not_lost() -> None:
    lost = event(4_000, "connection_lost")
    stopped = analyse(window(SECONDS, FLAT, events=(lost, event(4_001, "recorder_stop")), **uptimes(SECONDS, uptime())))
    assert stopped.link_losses == ()
    gone = analyse(window(SECONDS, FLAT, events=(lost,), **uptimes(SECONDS, uptime())))
    assert [loss.seconds for loss in gone.link_losses] == [None]


def test_a_panic_near_the_boot_is_its_reason() -> None:
    lines = (
        line(4_990, "panic", "Guru Meditation Error: Core 1 panic'ed (LoadProhibited)"),
        line(5_001, "reboot", "rst:0xc (SW_CPU_RESET),boot:0x13"),
    )
    facts = analyse(window(SECONDS, FLAT, lines=lines, **uptimes(SECONDS, uptime(5_000))))
    restart = facts.restarts[0]
    assert restart.reason == "Guru Meditation Error: Core 1 panic'ed (LoadProhibited)"
    assert "rst:0xc (SW_CPU_RESET),boot:0x13" in restart.signs
    assert not restart.out_of_memory


def test_a_heap_near_nothing_before_an_abort_is_likely_out_of_memory() -> None:
    told = uptime(10_000)
    values = np.where(SECONDS < 10_000, 120_000 - 11.6 * SECONDS, 120_000)
    lines = (line(9_995, "panic", "abort() was called at PC 0x4008"),)
    facts = analyse(window(SECONDS, values, lines=lines, total_heap=295_000.0, **uptimes(SECONDS, told)))
    assert [restart.out_of_memory for restart in facts.restarts] == [True]


def test_a_reboot_on_command_is_not_out_of_memory() -> None:
    values = np.where(SECONDS < 10_000, 8_000.0, 120_000)
    lines = (line(9_993, "reboot", "Reboot in 7 seconds"),)
    facts = analyse(window(SECONDS, values, lines=lines, **uptimes(SECONDS, uptime(10_000))))
    assert [restart.out_of_memory for restart in facts.restarts] == [False]


def test_with_restarts_the_boots_that_hold_most_of_the_time_must_leak() -> None:
    told = uptime(7_200, 14_400, before=30)
    leaking = 120_000 - np.mod(SECONDS, 7_200) * 200 / 60
    facts = analyse(window(SECONDS, leaking, **uptimes(SECONDS, told)))
    assert [trend.leaking for trend in facts.segments] == [True, True, True]
    assert facts.leaking
    once = np.where(SECONDS < 7_200, leaking, 120_000.0)
    facts = analyse(window(SECONDS, once, **uptimes(SECONDS, told)))
    assert [trend.leaking for trend in facts.segments] == [True, False, False]
    assert not facts.leaking


def test_readings_before_the_first_known_boot_belong_to_another_boot() -> None:
    known = SECONDS > 9_000
    facts = analyse(window(SECONDS, FLAT, **uptimes(SECONDS[known], SECONDS[known] - 6_000)))
    assert [restart.ts - T0 for restart in facts.restarts] == pytest.approx([6_000], abs=1)
