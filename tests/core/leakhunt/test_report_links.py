# SPDX-License-Identifier: GPL-3.0-only
"""Links of a report: each covers exactly the words that name a moment, and leads to that moment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.report import full_text
from mtleak_gui.core.leakhunt.report_links import report_links
from tests.core.leakhunt import facts_by_hand as by_hand
from tests.core.leakhunt import verdicts_by_hand


def words(case: str) -> list[tuple[str, float]]:
    verdict = verdicts_by_hand.verdict(case)
    lines = full_text(verdict, by_hand.ZONE).split("\n")
    links = report_links(verdict, by_hand.ZONE)
    return [(lines[link.line][link.start : link.end], link.ts - by_hand.START) for link in links]


def test_places_of_error_lines_and_uptimes_of_evidence_are_links() -> None:
    found = words("slow_leak")
    assert found[:3] == [("+4h12m", 15_120.0), ("+5h08m", 18_480.0), ("+5h44m", 20_640.0)]
    assert [text for text, _ in found[3:]] == ["uptime 108,000 s", "uptime 109,200 s", "uptime 110,400 s"]


def test_restarts_are_links() -> None:
    assert ("+2h00m", 7_200.0) in words("reboot")
    assert ("+4h00m", 14_400.0) in words("reboot")


def test_out_of_memory_lines_are_links() -> None:
    assert words("oom_imminent")[:2] == [("+5h44m", 20_640.0), ("+5h50m", 21_000.0)]


@pytest.mark.parametrize("case", ["steady", "insufficient_data", "battery"])
def test_a_report_without_lines_has_no_links(case: str) -> None:
    assert words(case) == []


def test_a_place_that_a_board_writes_is_no_link() -> None:
    line = by_hand.line("alloc_failure", 'Failed to allocate" at +1h00m, or so', 15_120.0)
    facts = replace(by_hand.facts(-3.0), memory=by_hand.memory({"alloc_failure": (line,)}))
    verdict = judge(facts)
    text = full_text(verdict).split("\n")
    linked = {text[link.line][link.start : link.end] for link in report_links(verdict)}
    assert "+1h00m" not in linked
    assert "+4h12m" in linked
