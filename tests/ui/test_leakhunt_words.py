# SPDX-License-Identifier: GPL-3.0-only
"""What the Leakhunt panel says, apart from how it looks: windows, rules, checks, suspects."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from mtleak_gui.core.leakhunt.evidence import Recorder
from mtleak_gui.core.leakhunt.facts import Check
from mtleak_gui.core.leakhunt.verdict import Headline
from mtleak_gui.core.markers import Marker
from mtleak_gui.core.time_words import TimeWindow, TimeWordsError
from mtleak_gui.ui.leakhunt.check_words import check_items
from mtleak_gui.ui.leakhunt.suspect_rows import explained, no_suspect_words, other_traces, suspect_rows
from mtleak_gui.ui.leakhunt.why_rows import confidence, why_rows
from mtleak_gui.ui.leakhunt.window_choices import own_window, range_text, resolved, window_choices
from tests.core.leakhunt import facts_by_hand as by_hand
from tests.core.leakhunt import verdicts_by_hand

NOON = time.mktime((2026, 11, 22, 12, 0, 0, 0, 0, -1))


def test_windows_are_offered_from_the_clock_the_last_restart_and_the_marks() -> None:
    marks = (
        Marker(NOON - 600, "burst-start"),
        Marker(NOON - 300, "burst-end"),
        Marker(NOON - 60, "antenna on"),
        Marker(NOON - 30, "a slip", removed=True),
    )
    offered = {choice.text: choice.words for choice in window_choices(NOON - 4_000, marks)}
    assert offered["6 h"] == "6h"
    assert offered["since last restart"] == (NOON - 4_000, "now")
    assert offered["burst 11:50–11:55"] == (NOON - 600, NOON - 300)
    assert offered["since mark antenna on 11:59"] == (NOON - 60, "now")
    assert "since last restart" not in {choice.text for choice in window_choices(None, ())}


def test_a_window_is_told_in_times_of_day_with_days_where_they_differ() -> None:
    assert range_text(TimeWindow(NOON - 3_600, NOON)) == "11:00:00 – 12:00:00"
    assert range_text(TimeWindow(NOON - 86_400, NOON)) == "11-21 12:00 – 11-22 12:00"


def test_own_words_mean_what_they_mean_on_the_command_line() -> None:
    assert resolved(own_window(" 1h30m "), NOON, None) == TimeWindow(NOON - 5_400, NOON)
    assert resolved(own_window("-3h to -1h"), NOON, None) == TimeWindow(NOON - 10_800, NOON - 3_600)
    assert resolved(own_window("mark:a/mark:b"), NOON, None) is None
    for refused in ("soon", "0m", "-1h/-3h"):
        with pytest.raises(TimeWordsError):
            resolved(own_window(refused), NOON, None)


def test_the_deciding_rule_shows_all_its_conditions_and_the_others_one_each() -> None:
    rows = why_rows(verdicts_by_hand.verdict("slow_leak").why)
    assert [row.state for row in rows] == [
        *("passed", "not_met", "not_met"),
        *["met"] * 4,
        *["not_reached"] * 3,
    ]
    assert [row.number for row in rows] == ["1", "2", "3", "4", "", "", "", "5", "6", "7"]
    assert [row.wanted for row in rows if row.decided][:2] == ["slope < −50 B/min", "max − min > 1,000 B"]


def test_lacking_data_is_told_as_lacking() -> None:
    rows = why_rows(verdicts_by_hand.verdict("insufficient_data").why)
    assert [(row.wanted, row.found) for row in rows if row.decided] == [("at least 5 samples", "3")]
    assert rows[0].state == "lacking"
    assert {row.state for row in rows[1:4]} == {"passed"}


@pytest.mark.parametrize("case", verdicts_by_hand.CASES)
def test_every_number_of_every_rule_can_be_shown(case: str) -> None:
    why = verdicts_by_hand.verdict(case).why
    assert len(why_rows(why, everything=True)) == sum(len(outcome.conditions) for outcome in why)
    assert len(why_rows(why)) >= len(why)


def test_confidence_tells_numbers_and_never_a_verdict() -> None:
    told = dict(confidence(verdicts_by_hand.verdict("slow_leak")))
    assert told["n"] == "14,200"
    assert told["R²"] == "0.97"
    assert told["95 % interval"] == "excludes 0"
    assert dict(confidence(verdicts_by_hand.verdict("steady")))["95 % interval"] == "holds 0"
    assert not any(headline.title in str(told) for headline in Headline)


def test_checks_stand_in_one_row_in_few_words_with_what_mends_them() -> None:
    fix = "More are needed: take a longer window."
    checks = (Check("recorder", "ok", "running"), Check("samples", "failed", "3 samples in the window", fix))
    facts = replace(verdicts_by_hand.insufficient_data(), checks=checks)
    items = check_items(facts)
    assert [(item.state, item.text, item.fix) for item in items] == [
        ("ok", "Recording", None),
        ("failed", "3 samples, cadence 15 m", fix),
    ]
    assert [item.text for item in check_items(verdicts_by_hand.oom_imminent())] == ["2 error lines"]


def test_suspects_are_named_by_what_they_lost() -> None:
    verdict = verdicts_by_hand.verdict("slow_leak")
    rows = suspect_rows(verdict)
    assert [(row.name, row.net, row.prime) for row in rows[:2]] == [
        ("Router", "−3,124", True),
        ("Power", "−1,408", False),
    ]
    assert explained(verdict.facts) == "97 % of the decline explained"
    assert other_traces(verdict.facts) == (
        ("Router::send", "18 allocations, 7,416 B"),
        ("MemAudit nodedb", "+3,120 B"),
    )


def test_where_nobody_is_named_the_reason_is() -> None:
    assert "DEBUG_HEAP OFF" in no_suspect_words(by_hand.facts(-82.0))
    assert "NOT SEEN" in no_suspect_words(verdicts_by_hand.insufficient_data())


def test_a_recording_that_stands_still_can_be_gone_on_with() -> None:
    facts = verdicts_by_hand.steady()
    fix = "Resume recording; what the board says meanwhile is lost."
    standing = (Recorder("paused", by_hand.END, by_hand.END), Recorder("stopped", by_hand.END, by_hand.END))
    for recorder, act in zip(standing, ("resume", "record"), strict=True):
        checks = (Check("recorder", "warning", recorder.state, fix),)
        evidence = replace(facts.evidence, recorder=recorder)
        assert check_items(replace(facts, evidence=evidence, checks=checks))[0].act == act
