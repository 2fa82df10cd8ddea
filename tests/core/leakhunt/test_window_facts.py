# SPDX-License-Identifier: GPL-3.0-only
"""Facts about the window itself: checks, silence, builds, cadence, gaps, memory lines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mtleak_gui.core.leakhunt.analyse import analyse
from mtleak_gui.core.leakhunt.evidence import DebugHeapSigns, Samples, SeenLine
from tests.core.leakhunt.evidence_by_hand import T0, window

SECONDS = np.arange(0, 3_600.0, 60)
FLAT = np.full(SECONDS.size, 120_000.0)


def test_readings_that_say_not_reported_are_no_samples() -> None:
    facts = analyse(window(SECONDS, np.full(SECONDS.size, 4_294_967_295.0)))
    assert facts.heap_unsupported
    assert facts.samples == 0
    assert [check.state for check in facts.checks if check.name == "samples"] == ["failed"]
    mixed = analyse(window(SECONDS, np.where(SECONDS < 1_800, FLAT, -1)))
    assert (mixed.heap_unsupported, mixed.samples) == (False, 30)


def test_silence_is_told_after_five_minutes_and_three_cadences() -> None:
    assert analyse(window(SECONDS, FLAT, length=3_800)).silent_for is None
    assert analyse(window(SECONDS, FLAT, length=3_900)).silent_for == pytest.approx(360)
    slow = np.arange(0, 21_600.0, 900)
    assert analyse(window(slow, np.full(slow.size, 120_000.0), length=23_000)).silent_for is None


def test_the_build_is_known_by_its_lines() -> None:
    evidence = window(SECONDS, FLAT)
    assert analyse(evidence).debug_heap == "NOT SEEN"
    assert analyse(replace(evidence, debug_heap=DebugHeapSigns(log_lines=9))).debug_heap == "OFF"
    facts = analyse(replace(evidence, debug_heap=DebugHeapSigns(log_lines=9, prefix=7, thread_delta=2)))
    assert (facts.debug_heap, facts.debug_heap_reason) == ("ON", "7 [heap N] prefixes, 2 thread deltas")


def test_cadence_gaps_and_sources_are_measured() -> None:
    heard = (SECONDS < 1_200) | (SECONDS > 2_000)
    evidence = window(SECONDS[heard], FLAT[heard])
    codes = (np.arange(heard.sum()) % 3 == 0).astype(np.int8)
    samples = Samples(evidence.samples.ts, evidence.samples.value, ("local_stats", "debug_heap"), codes)
    facts = analyse(replace(evidence, samples=samples))
    assert facts.cadence_s == 60
    assert facts.gaps == ((T0 + 1_140, T0 + 2_040),)
    assert facts.sources == (("local_stats", 30), ("debug_heap", 16))


def test_routing_naks_are_no_memory_lines() -> None:
    lines = (
        SeenLine(T0 + 2, None, "WARN", None, "Alloc an err=1,to=0x1", "routing_nak", "NO_ROUTE"),
        SeenLine(T0 + 1, None, "WARN", None, "Alloc an err=3,to=0x1", "routing_nak", "TIMEOUT"),
        SeenLine(T0 + 3, None, "ERROR", None, "Failed to allocate zeroed memory", "alloc_failure"),
        SeenLine(T0 + 4, None, "INFO", None, "Rebooting", "reboot"),
    )
    memory = analyse(window(SECONDS, FLAT, lines=lines)).memory
    assert {name: len(found) for name, found in memory.by_class.items()} == {"alloc_failure": 1}
    assert memory.routing_naks == {"NO_ROUTE": 1, "TIMEOUT": 1}


def test_a_largest_block_that_surely_shrinks_has_a_slope_and_a_steady_one_has_none() -> None:
    ts = T0 + SECONDS
    falling = analyse(window(SECONDS, FLAT, block_ts=ts, largest_block=65_524 - 400 * SECONDS / 60))
    assert falling.block_slope == pytest.approx(-400, rel=0.02)
    assert analyse(window(SECONDS, FLAT, block_ts=ts, largest_block=FLAT / 2)).block_slope is None


def test_the_checks_stand_in_their_order() -> None:
    names = [check.name for check in analyse(window(SECONDS, FLAT)).checks]
    assert names == ["recorder", "device", "build", "samples", "context"]
