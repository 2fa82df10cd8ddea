# SPDX-License-Identifier: GPL-3.0-only
"""One set of facts per verdict, and the golden reports made from them.

After a wanted change of the report: ``python -m tests.core.leakhunt.verdicts_by_hand`` writes the golden files anew;
read the difference before keeping it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from mtleak_gui.core.leakhunt.evidence import DebugHeapSigns, Device, Recorder, Samples
from mtleak_gui.core.leakhunt.facts import AuditMove, Cycles, Facts, LinkLoss, Phase, SiteShare
from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.report import full_text
from mtleak_gui.core.leakhunt.verdict import Verdict
from tests.core.leakhunt import facts_by_hand as by_hand

GOLDEN = Path(__file__).parents[2] / "data" / "reports"
NO_MEM = "Alloc an err=ESP_ERR_NO_MEM"


def slow_leak() -> Facts:
    """The board of the specification's sample report."""
    errors = tuple(
        by_hand.line("alloc_failure", "Failed to allocate memory for copy of 412 bytes", at)
        for at in (15_120.0, 18_480.0, 20_640.0)
    )
    suspects = replace(
        by_hand.router_suspects(),
        sites=(SiteShare("Router::send", 18, 7_416),),
        audit_moves=(AuditMove("nodedb", 11_040, 14_160), AuditMove("warm", 4_000, 4_000)),
    )
    return by_hand.facts(
        -81.96,
        leaking=True,
        evidence=by_hand.evidence(
            thread_deltas=by_hand.router_deltas(),
            events=(by_hand.event("mark", 3_600.0, "burst-start"),),
            debug_heap=DebugHeapSigns(log_lines=100_000, prefix=14_176, thread_delta=25),
        ),
        samples=14_200,
        cadence_s=1.5,
        sources=(("debug_heap", 14_176), ("debug_heap_serial", 24)),
        debug_heap="ON",
        debug_heap_reason="14,176 [heap N] prefixes, 25 thread deltas",
        memory=by_hand.memory({"alloc_failure": errors}, NO_RESPONSE=12, MAX_RETRANSMIT=3),
        suspects=suspects,
        phases=(Phase("burst", by_hand.START + 3600, by_hand.START + 3840, 99_000.0, 8_120.0, True, 2, -12.0),),
        cycles=(Cycles("burst", 3, -412.0, 30.5),),
        gaps=((by_hand.START + 7_200, by_hand.START + 9_720),),
    )


def insufficient_data() -> Facts:
    few = by_hand.samples(many=3)
    few = Samples(by_hand.END - 8.0 - np.array([1800.0, 900.0, 0.0]), few.value, few.source, few.source_code)
    return by_hand.facts(
        evidence=by_hand.evidence(samples=few, request=by_hand.request(window="1h"), wider_window="3h"),
        samples=3,
        cadence_s=900.0,
        sources=(("local_stats", 3),),
        segments=(),
        least_squares=None,
        debug_heap="NOT SEEN",
        debug_heap_reason="no log lines",
    )


def reboot() -> Facts:
    boots = (
        by_hand.trend(-180.0, leaking=True, end=by_hand.START + 7_200),
        by_hand.trend(-176.0, leaking=True, start=by_hand.START + 7_200, end=by_hand.START + 14_400),
        by_hand.trend(-185.0, leaking=True, start=by_hand.START + 14_400),
    )
    lines = (by_hand.line("panic", "abort() was called at PC 0x40081234", 7_199.0),)
    return by_hand.facts(
        -185.0,
        leaking=True,
        evidence=by_hand.evidence(lines=lines),
        segments=boots,
        restarts=(by_hand.restart(7_200.0, "abort", out_of_memory=True), by_hand.restart(14_400.0, None)),
        memory=by_hand.memory({"panic": lines}),
    )


def oom_imminent() -> Facts:
    hard = (by_hand.line("oom", NO_MEM, 20_640.0), by_hand.line("oom", NO_MEM, 21_000.0))
    return by_hand.facts(-310.0, leaking=True, memory=by_hand.memory({"oom": hard}))


def fragmentation() -> Facts:
    return by_hand.facts(
        -3.0,
        block_slope=-61.0,
        memory=by_hand.memory({"alloc_failure": (by_hand.line("alloc_failure", "Failed to allocate zeroed memory"),)}),
    )


def steady() -> Facts:
    return by_hand.facts(evidence=by_hand.evidence(recorder=Recorder("from_disk", by_hand.END, by_hand.END - 40)))


def slow_decline() -> Facts:
    return by_hand.facts(-12.4, leaking=True)


def recovery() -> Facts:
    marks = (by_hand.event("mark", 10_000.0, "burst-end"),)
    facts = by_hand.facts(240.0, evidence=by_hand.evidence(events=marks))
    return replace(facts, segments=(by_hand.trend(240.0, shape="flat_line", regime_start=by_hand.START + 10_200),))


def inconclusive() -> Facts:
    narrow = by_hand.samples(93_000.0, 92_360.0)
    return by_hand.facts(
        -80.0,
        evidence=by_hand.evidence(samples=narrow),
        minimum=92_360.0,
        maximum=93_000.0,
        link_losses=(LinkLoss(by_hand.START + 3_600, 42.0, "port vanished"),),
    )


def battery() -> Facts:
    values = by_hand.samples(98.0, 71.0)
    asked = by_hand.request(field="battery_level", variant="device")
    return by_hand.facts(
        -0.075,
        evidence=by_hand.evidence(samples=values, request=asked, recorder=Recorder("paused", None, None)),
        segments=(by_hand.trend(-0.075, error=0.002, residual_sd=0.41, loss=27.0),),
        minimum=71.0,
        maximum=98.0,
        sources=(("telemetry", 361),),
    )


def strict_naks() -> Facts:
    nak = by_hand.line("routing_nak", "Alloc an err=8,to=0x1a2b3c4d,idFrom=0x1,id=0x2", routing_error="NO_RESPONSE")
    asked = by_hand.request(rules="strict")
    return by_hand.facts(
        evidence=by_hand.evidence(lines=(nak,), request=asked, device=Device(None)),
        memory=by_hand.memory(NO_RESPONSE=1),
    )


CASES = {
    case.__name__: case
    for case in (
        insufficient_data,
        reboot,
        oom_imminent,
        slow_leak,
        fragmentation,
        steady,
        slow_decline,
        recovery,
        inconclusive,
        battery,
        strict_naks,
    )
}


def verdict(name: str) -> Verdict:
    return judge(CASES[name]())


def write_golden_files() -> None:
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name in CASES:
        (GOLDEN / f"{name}.txt").write_text(full_text(verdict(name), by_hand.ZONE), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_golden_files()
