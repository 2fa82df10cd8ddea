# SPDX-License-Identifier: GPL-3.0-only
"""The rules of ``standard 1``: each verdict for its reason, first match wins, every rule told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mtleak_gui.core.leakhunt.evidence import Recorder, Samples
from mtleak_gui.core.leakhunt.facts import LinkLoss
from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.rules import RULE_SETS
from mtleak_gui.core.leakhunt.verdict import Headline, Verdict
from tests.core.leakhunt import facts_by_hand as by_hand
from tests.core.leakhunt import verdicts_by_hand

HARD_OOM = by_hand.line("oom", "Alloc an err=ESP_ERR_NO_MEM")
FAILED = by_hand.line("alloc_failure", "Failed to allocate zeroed memory")


def kinds(verdict: Verdict) -> list[str]:
    return [qualifier.kind for qualifier in verdict.qualifiers]


@pytest.mark.parametrize(
    ("case", "headline"),
    [
        ("insufficient_data", Headline.INSUFFICIENT_DATA),
        ("reboot", Headline.REBOOT),
        ("oom_imminent", Headline.OOM_IMMINENT),
        ("slow_leak", Headline.SLOW_LEAK),
        ("fragmentation", Headline.FRAGMENTATION),
        ("steady", Headline.STEADY),
        ("slow_decline", Headline.STEADY),
        ("recovery", Headline.RECOVERY),
        ("inconclusive", Headline.INCONCLUSIVE),
    ],
)
def test_each_set_of_facts_gets_its_headline_and_every_rule_is_told_in_order(case: str, headline: Headline) -> None:
    verdict = verdicts_by_hand.verdict(case)
    assert verdict.headline is headline
    assert verdict.rules == "standard 1"
    assert [outcome.number for outcome in verdict.why] == [1, 2, 3, 4, 5, 6, 7]
    states = [outcome.state for outcome in verdict.why]
    met = states.index("met") if "met" in states else len(states)
    assert states[:met] == ["not_met"] * met
    assert states[met + 1 :] == ["not_reached"] * len(states[met + 1 :])
    assert all(outcome.conditions for outcome in verdict.why)


def test_missing_samples_are_counted_and_a_time_and_a_window_are_named() -> None:
    verdict = verdicts_by_hand.verdict("insufficient_data")
    assert "3 of 5 samples, 2 more needed, in about 30 min" in verdict.reason
    assert "window=3h" in verdict.reason
    assert verdict.measures.leak is None


def test_no_time_is_promised_when_nobody_records() -> None:
    facts = verdicts_by_hand.insufficient_data()
    from_disk = replace(facts.evidence, recorder=Recorder("from_disk", by_hand.END, by_hand.END))
    assert "in about" not in judge(replace(facts, evidence=from_disk)).reason


def test_silence_is_told_as_silence_and_never_as_a_leak() -> None:
    verdict = judge(by_hand.facts(-200.0, leaking=True, silent_for=1860.0))
    assert verdict.headline is Headline.INSUFFICIENT_DATA
    assert "silent for 31m" in verdict.reason
    assert verdict.measures.leak is None


def test_a_platform_without_heap_figures_is_named() -> None:
    verdict = judge(by_hand.facts(heap_unsupported=True, samples=0, segments=()))
    assert verdict.headline is Headline.INSUFFICIENT_DATA
    assert "not reported by this platform" in verdict.reason


def test_samples_that_all_bear_one_time_are_too_little() -> None:
    verdict = judge(by_hand.facts(segments=(), samples=40))
    assert verdict.headline is Headline.INSUFFICIENT_DATA
    assert "all 40 samples bear one time" in verdict.reason


def test_out_of_memory_in_the_last_boot_outranks_the_restart() -> None:
    restarts = (by_hand.restart(3 * 3600.0),)
    verdict = judge(by_hand.facts(restarts=restarts, memory=by_hand.memory({"oom": (HARD_OOM,)})))
    assert verdict.headline is Headline.OOM_IMMINENT
    assert verdict.urgent
    assert "restarts" in kinds(verdict)


def test_out_of_memory_before_the_restart_is_the_first_qualifier_of_reboot() -> None:
    early = HARD_OOM._replace(ts=by_hand.START + 10_799.0, uptime_s=86_400.0)
    verdict = judge(by_hand.facts(restarts=(by_hand.restart(3 * 3600.0),), memory=by_hand.memory({"oom": (early,)})))
    assert verdict.headline is Headline.REBOOT
    assert (verdict.qualifiers[0].kind, verdict.qualifiers[0].tone) == ("memory_lines", "urgent")
    assert verdict.urgent


def test_reboot_tells_what_each_boot_did() -> None:
    verdict = verdicts_by_hand.verdict("reboot")
    assert "likely out of memory; leaking at 180 B/min, in 3 of 3 boots" in verdict.reason
    assert verdict.measures.leak is True


@pytest.mark.parametrize(("free", "total"), [(5_000.0, 294_912.0), (17_000.0, 294_912.0), (6_000.0, None)])
def test_an_allocation_failure_at_a_low_heap_is_out_of_memory(free: float, total: float | None) -> None:
    low = by_hand.evidence(samples=by_hand.samples(free + 500, free), total_heap=total)
    verdict = judge(by_hand.facts(evidence=low, memory=by_hand.memory({"alloc_failure": (FAILED,)})))
    assert verdict.headline is Headline.OOM_IMMINENT


def test_an_allocation_failure_with_a_healthy_heap_is_fragmentation() -> None:
    verdict = judge(by_hand.facts(memory=by_hand.memory({"alloc_failure": (FAILED,)})))
    assert verdict.headline is Headline.FRAGMENTATION


@pytest.mark.parametrize(("block_slope", "headline"), [(-7.2, Headline.STEADY), (-40.0, Headline.FRAGMENTATION)])
def test_a_block_that_a_slow_leak_takes_along_is_no_fragmentation(block_slope: float, headline: Headline) -> None:
    assert judge(by_hand.facts(-12.0, leaking=True, block_slope=block_slope)).headline is headline


def test_a_rule_that_is_not_met_gives_no_reason() -> None:
    verdict = verdicts_by_hand.verdict("steady")
    assert [rule.reason for rule in verdict.why if rule.state != "met"] == [""] * 6


def test_an_exhausted_pool_is_out_of_memory_whatever_is_free() -> None:
    pool = by_hand.line("pool_exhausted", "No free slots available in static memory pool!")
    assert judge(by_hand.facts(memory=by_hand.memory({"pool_exhausted": (pool,)}))).headline is Headline.OOM_IMMINENT


def test_routing_naks_leave_a_steady_board_steady() -> None:
    assert judge(by_hand.facts(memory=by_hand.memory(NO_RESPONSE=400))).headline is Headline.STEADY


def test_a_slow_decline_stands_beside_steady_as_loud() -> None:
    verdict = verdicts_by_hand.verdict("slow_decline")
    assert verdict.reason == "slow decline of 12 B/min, empty in 5.2 days"
    assert ("slow_decline", "warning") in [(q.kind, q.tone) for q in verdict.qualifiers]
    assert verdict.measures.leak is True
    assert verdict.measures.minutes_left == pytest.approx(92_344 / 12.4)


def test_a_steep_slope_without_the_leak_flag_is_inconclusive_and_says_which_condition_failed() -> None:
    verdict = judge(by_hand.facts(-80.0))
    assert verdict.headline is Headline.INCONCLUSIVE
    assert "slope/error is -1.2, not below -4.5" in verdict.reason


def test_too_little_movement_is_named() -> None:
    assert verdicts_by_hand.verdict("inconclusive").reason.startswith("slope -80 B/min but range 640 B")


def test_a_low_heap_line_beside_a_flat_heap_is_neither_steady_nor_a_leak() -> None:
    low = by_hand.line("low_heap", "Low heap (9120 bytes), skipping HTTPS processing")
    verdict = judge(by_hand.facts(memory=by_hand.memory({"low_heap": (low,)})))
    assert verdict.headline is Headline.INCONCLUSIVE
    assert "1 memory line" in verdict.reason


def test_recovery_names_the_mark_before_it() -> None:
    assert 'mark "burst-end" at +2h46m' in verdicts_by_hand.verdict("recovery").reason


def test_the_suspect_is_named_only_with_debug_heap() -> None:
    assert verdicts_by_hand.verdict("slow_leak").measures.suspect == "Router"
    blind = judge(by_hand.facts(-82.0, leaking=True, suspects=by_hand.router_suspects()))
    assert blind.measures.suspect is None
    assert "suspect not known" in blind.reason


def test_another_field_is_judged_without_leak_words() -> None:
    verdict = verdicts_by_hand.verdict("battery")
    assert verdict.headline is Headline.INCONCLUSIVE
    assert verdict.reason.startswith("falling 0.075 %/min (95 % interval -0.079 to -0.071 %/min, significant)")
    assert verdict.measures.leak is None
    assert "leak" not in verdict.sentence.lower()


def test_another_field_without_a_significant_trend_is_steady() -> None:
    facts = verdicts_by_hand.battery()
    flat = replace(facts, segments=(by_hand.trend(-0.001, error=0.002),))
    assert judge(flat).headline is Headline.STEADY


def test_a_leak_that_ended_is_told() -> None:
    ended = by_hand.trend(0.0, shape="line_flat", regime_start=by_hand.START + 7200)
    verdict = judge(by_hand.facts(segments=(ended,), least_squares=-120.0))
    assert verdict.headline is Headline.STEADY
    texts = [qualifier.text for qualifier in verdict.qualifiers]
    assert any("the slope before +2h00m has ended" in text for text in texts)
    assert any("whole-window least squares says -120 B/min" in text for text in texts)


def test_the_link_that_the_recorder_closed_when_it_stopped_is_no_lost_link() -> None:
    losses = (LinkLoss(by_hand.START + 3_600, 42.0, None), LinkLoss(by_hand.END - 3, None, "closed by the recorder"))
    stopped = by_hand.evidence(events=(by_hand.event("recorder_stop", by_hand.SIX_HOURS - 2),))
    verdict = judge(by_hand.facts(link_losses=losses, evidence=stopped))
    assert [q.text for q in verdict.qualifiers if q.kind == "link_lost"] == ["link lost 1×, no restart, last at +1h00m"]


def test_strict_takes_a_nak_for_out_of_memory_and_least_squares_for_the_slope() -> None:
    verdict = verdicts_by_hand.verdict("strict_naks")
    assert verdict.rules == "strict 1"
    assert verdict.headline is Headline.OOM_IMMINENT
    falling = by_hand.facts(
        0.0, least_squares=-90.0, evidence=by_hand.evidence(request=by_hand.request(rules="strict"))
    )
    leak = judge(falling)
    assert leak.headline is Headline.SLOW_LEAK
    assert leak.measures.minutes_left == pytest.approx(92_344 / 90)


def test_strict_takes_a_lost_connection_with_a_jump_for_a_restart_and_nothing_else() -> None:
    times = np.linspace(by_hand.START, by_hand.START + 540.0, 10)
    jump = Samples(times, np.array([90_000.0] * 5 + [120_000.0] * 5))
    strict = by_hand.request(rules="strict")
    lost = (by_hand.event("connection_lost", 270.0),)
    facts = by_hand.facts(evidence=by_hand.evidence(samples=jump, events=lost, request=strict))
    assert judge(facts).headline is Headline.REBOOT
    unseen = by_hand.facts(restarts=(by_hand.restart(),), evidence=by_hand.evidence(request=strict))
    assert judge(unseen).headline is not Headline.REBOOT


def test_both_rule_sets_give_the_same_seven_headlines_in_the_same_order() -> None:
    standard, strict = RULE_SETS["standard"], RULE_SETS["strict"]
    assert [rule.headline for rule in standard.rules] == [rule.headline for rule in strict.rules]
    assert len(standard.rules) == 7
