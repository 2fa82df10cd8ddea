# SPDX-License-Identifier: GPL-3.0-only
"""The reports: the fixed block byte for byte, and the same verdict as Markdown, JSON, HTML and SVG."""

from __future__ import annotations

import json
import math
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from mtleak_gui.core.leakhunt.evidence import Recorder
from mtleak_gui.core.leakhunt.facts import Check
from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.report import fixed_block, full_text
from mtleak_gui.core.leakhunt.report_html import to_html
from mtleak_gui.core.leakhunt.report_json import to_json_value
from mtleak_gui.core.leakhunt.report_markdown import to_markdown
from mtleak_gui.core.leakhunt.report_svg import to_svg
from tests.core.leakhunt import facts_by_hand as by_hand
from tests.core.leakhunt import verdicts_by_hand

EVIL = 'Low heap "</pre><script>alert(1)</script>" `` ``` | \x1b[31m \u202e done'

SPECIFIED_BLOCK = """\
/leakhunt window=6h field=free_heap variant=local
────────────────────────────────────────────────────
recorder        : running, telem last_ts 8s ago
build           : DEBUG_HEAP=ON (per-line prefix detected)
samples         : 14,200 over 6h (cadence ~1.5s, log-line synth)
free_heap       : min 92,344 / max 124,008 / range 31,664
slope           : -82 bytes/min (negative — heap declining)
reboots         : none in window
OOM events      : none
error lines     : 3× "Failed to allocate memory for copy of 412 bytes" at +4h12m, +5h08m, +5h44m
thread leaks    : (DEBUG_HEAP) Router -3,124 B over 18 events
                               Power  -1,408 B over 4 events
                               others -240 B
verdict         : SLOW LEAK — primary suspect Router thread
est. time-to-OOM: ~1,127 min (~18.8 h) at current slope
"""


def test_the_block_is_the_specified_one_byte_for_byte() -> None:
    block = fixed_block(verdicts_by_hand.verdict("slow_leak"), by_hand.ZONE)
    told, _, evidence = block.partition("evidence        : ")
    assert told == SPECIFIED_BLOCK
    assert evidence.count("uptime 1") == 3


@pytest.mark.parametrize("case", list(verdicts_by_hand.CASES))
def test_the_whole_report_is_the_golden_one(case: str) -> None:
    golden = (verdicts_by_hand.GOLDEN / f"{case}.txt").read_text(encoding="utf-8")
    assert full_text(verdicts_by_hand.verdict(case), by_hand.ZONE) == golden


def test_time_to_oom_stands_only_under_a_slow_leak() -> None:
    for case in verdicts_by_hand.CASES:
        told = "est. time-to-OOM" in fixed_block(verdicts_by_hand.verdict(case), by_hand.ZONE)
        assert told == (case == "slow_leak"), case


def test_a_cited_line_without_an_uptime_gets_that_of_the_row_before_it() -> None:
    line = by_hand.line("oom", "std::bad_alloc", 9_000.0, uptime_s=None, thread=None)
    known = by_hand.evidence(uptime_ts=np.array([by_hand.START + 8_990.0]), uptime_s=np.array([1_234.0]))
    memory = by_hand.memory({"oom": (line,)})
    told = fixed_block(judge(by_hand.facts(evidence=known, memory=memory)), by_hand.ZONE)
    assert told.endswith('evidence        : uptime ~1,244 s ERROR "std::bad_alloc"')
    blind = fixed_block(judge(by_hand.facts(memory=memory)), by_hand.ZONE)
    assert blind.endswith('evidence        : at +2h30m ERROR "std::bad_alloc"')


def test_thread_leaks_are_left_out_unless_debug_heap_is_on() -> None:
    assert "thread leaks" not in fixed_block(verdicts_by_hand.verdict("steady"), by_hand.ZONE)


@pytest.mark.parametrize("case", list(verdicts_by_hand.CASES))
def test_json_holds_every_key_and_survives_a_round_trip(case: str) -> None:
    value = to_json_value(verdicts_by_hand.verdict(case), by_hand.ZONE)
    again = json.loads(json.dumps(value, allow_nan=False))
    assert again == value
    wanted = (
        "schema verdict leak slope_per_min slope_interval least_squares_slope_per_min minutes_left "
        "minutes_left_interval reboots suspect samples min max cadence_s memory_lines routing_naks qualifiers why rules"
    )
    assert set(wanted.split()) <= set(again)


def test_json_of_a_slow_leak_tells_its_numbers() -> None:
    value = to_json_value(verdicts_by_hand.verdict("slow_leak"))
    assert (value["schema"], value["verdict"], value["leak"], value["suspect"]) == (1, "slow_leak", True, "Router")
    assert (value["reboots"], value["memory_lines"], value["routing_naks"]) == (0, 3, 15)
    assert value["rules"] == "standard 1"
    assert value["slope_interval"] == pytest.approx([-87.96, -75.96])


def test_json_has_null_where_a_number_does_not_exist() -> None:
    broken = by_hand.trend(math.nan, theil_sen=math.inf)
    value = to_json_value(judge(by_hand.facts(segments=(broken,), minimum=math.nan, least_squares=None)))
    assert value["slope_per_min"] is None
    assert value["theil_sen_slope_per_min"] is None
    assert value["min"] is None


def test_every_documented_key_is_there_and_every_key_is_documented() -> None:
    document = (verdicts_by_hand.GOLDEN.parents[2] / "resources" / "docs" / "leakhunt-json.md").read_text(
        encoding="utf-8"
    )
    documented = set(re.findall(r"^\| `(\w+)` \|", document, re.MULTILINE))
    assert documented == set(to_json_value(verdicts_by_hand.verdict("slow_leak")))


def test_hostile_log_text_stays_text_in_every_format() -> None:
    line = by_hand.line("low_heap", EVIL)
    facts = by_hand.facts(memory=by_hand.memory({"low_heap": (line,)}))
    device = replace(facts.evidence.device, name="<b>board</b>\x07", environment='x"; rm -rf /')
    verdict = judge(replace(facts, evidence=replace(facts.evidence, device=device)))
    page = to_html(verdict, by_hand.ZONE)
    assert "<script" not in page
    assert "<b>board" not in page
    assert "\x1b" not in page + full_text(verdict, by_hand.ZONE)
    markdown = to_markdown(verdict, by_hand.ZONE)
    fence = "````text\n"
    assert markdown.count(fence) == 1
    assert EVIL.split('"', maxsplit=1)[0] in markdown


@pytest.mark.parametrize("case", list(verdicts_by_hand.CASES))
def test_the_plot_is_well_formed_and_inside_the_page(case: str) -> None:
    verdict = verdicts_by_hand.verdict(case)
    svg = to_svg(verdict, by_hand.ZONE)
    assert ET.fromstring(svg).tag.endswith("svg")
    assert svg in to_html(verdict, by_hand.ZONE)


def test_the_plot_shows_restarts_and_does_not_join_the_curve_across_them() -> None:
    svg = to_svg(verdicts_by_hand.verdict("reboot"), by_hand.ZONE)
    assert svg.count('class="lh-restart"') == 2
    assert svg.count('<polyline class="lh-line"') == 3


def test_the_page_needs_nothing_from_elsewhere_and_follows_the_system_theme() -> None:
    page = to_html(verdicts_by_hand.verdict("slow_leak"), by_hand.ZONE)
    assert "prefers-color-scheme: dark" in page
    assert not re.findall(r'(?:src|href)="', page)
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_markdown_shows_the_same_block_and_every_rule() -> None:
    verdict = verdicts_by_hand.verdict("slow_leak")
    markdown = to_markdown(verdict, by_hand.ZONE)
    assert fixed_block(verdict, by_hand.ZONE) in markdown
    assert len(re.findall(r"^\| \d \|", markdown, re.MULTILINE)) == 7
    assert "not reached" in markdown


def test_a_virtual_board_is_named_under_the_headline_of_the_page() -> None:
    recorder = Recorder("from_disk", by_hand.END, by_hand.END, demo=True)
    page = to_html(judge(by_hand.facts(evidence=by_hand.evidence(recorder=recorder))))
    assert "<div>DEMO: a virtual board, no real device</div>" in page


def test_a_failed_check_is_shown_with_what_to_do() -> None:
    checks = (Check("recorder", "ok", "running"), Check("device", "failed", "silent for <9 min>", "Look at the cable."))
    verdict = judge(by_hand.facts(checks=checks))
    assert "- ✓ recorder: running." in to_markdown(verdict)
    assert r"- ✗ device: silent for \<9 min\>. Look at the cable." in to_markdown(verdict)
    assert '<td>✗</td><td>device</td><td>silent for &lt;9 min&gt;<div class="soft">Look at the cable.' in to_html(
        verdict
    )
