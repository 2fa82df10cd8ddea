# SPDX-License-Identifier: GPL-3.0-only
"""Facts written by hand, so that each rule and each report can be tested apart from the statistics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import numpy as np

from mtleak_gui.core.leakhunt.evidence import (
    DebugHeapSigns,
    Device,
    Evidence,
    Recorder,
    Request,
    Samples,
    SeenEvent,
    SeenLine,
    ThreadDelta,
)
from mtleak_gui.core.leakhunt.facts import Facts, MemoryLines, Restart, Suspects, ThreadShare, TimeLeft, Trend

START = 1_795_000_000.0
"""2026-11-18 08:26:40 UTC."""
SIX_HOURS = 6 * 3600.0
END = START + SIX_HOURS
ZONE = timezone(timedelta(hours=2))


def request(**changes: Any) -> Request:
    return replace(Request(START, END, window="6h", port="/dev/ttyUSB0"), **changes)


def samples(first: float = 124_008.0, last: float = 92_344.0, many: int = 361) -> Samples:
    return Samples(
        np.linspace(START, END, many),
        np.linspace(first, last, many),
        ("local_stats",),
        np.zeros(many, np.int8),
    )


def evidence(**changes: Any) -> Evidence:
    plain = Evidence(
        request=request(),
        now=END,
        recorder=Recorder("running", END - 8, END - 8),
        device=Device("/dev/ttyUSB0", "bench-a", "!a1b2c3d4", "HELTEC_V3", "2.8.0.1a2b3c4", "heltec-v3"),
        samples=samples(),
        total_heap=294_912.0,
        debug_heap=DebugHeapSigns(log_lines=4_210),
    )
    return replace(plain, **changes)


def trend(slope: float, *, leaking: bool = False, error: float = 3.0, **changes: Any) -> Trend:
    level = 92_344.0
    plain = Trend(
        start=START,
        end=END,
        samples=361,
        shape="line" if slope else "flat",
        steps=0,
        slope=slope,
        slope_error=error,
        slope_interval=(slope - 2 * error, slope + 2 * error),
        level_now=level,
        least_squares=slope,
        theil_sen=slope,
        r_squared=0.97 if slope else 0.0,
        residual_sd=240.0,
        tau=1.4,
        regime_start=START,
        loss=-slope * 360,
        ceiling_slope=slope,
        falling_share=0.91 if slope < 0 else 0.5,
        leaking=leaking,
        failed=() if leaking else ("slope/error is -1.2, not below -4.5",),
        fit_ts=(START, END),
        fit_value=(level - slope * 360, level),
    )
    return replace(plain, **changes)


def facts(slope: float = 0.0, *, leaking: bool = False, **changes: Any) -> Facts:
    """Return facts of a six-hour window whose present boot has this slope; any field may be replaced."""
    present = trend(slope, leaking=leaking)
    left = TimeLeft(92_344 / -slope, (1050.0, 1215.0), 1005.0, 92_344 / -slope) if leaking else None
    plain = Facts(
        evidence=evidence(),
        samples=361,
        minimum=92_344.0,
        maximum=124_008.0,
        cadence_s=60.0,
        sources=(("local_stats", 361),),
        silent_for=None,
        heap_unsupported=False,
        debug_heap="OFF",
        debug_heap_reason="4,210 log lines without any heap sign",
        restarts=(),
        link_losses=(),
        segments=(present,),
        leaking=leaking,
        least_squares=slope,
        time_left=left,
        memory=memory(),
        suspects=Suspects(None),
        phases=(),
        cycles=(),
        block_slope=None,
        gaps=(),
        checks=(),
    )
    return replace(plain, **changes)


def memory(by_class: Mapping[str, tuple[SeenLine, ...]] | None = None, **naks: int) -> MemoryLines:
    return MemoryLines(by_class or {}, naks)


def line(signature: str, text: str, at: float = 5 * 3600.0, **changes: Any) -> SeenLine:
    plain = SeenLine(START + at, 90_000.0 + at, "ERROR", "Router", text, signature)
    return plain._replace(**changes)


def restart(at: float = 3 * 3600.0, reason: str | None = "panic", **changes: Any) -> Restart:
    return Restart(START + at, reason, ("uptime fell from 86,400 to 12 s",))._replace(**changes)


def event(kind: str, at: float, label: str | None = None) -> SeenEvent:
    return SeenEvent(START + at, kind, label, None, "/dev/ttyUSB0", None)


def router_suspects() -> Suspects:
    return Suspects(
        "Router",
        (
            ThreadShare("Router", -3_124, -4_812, 1_688, 18, -3_124, -520.7, 0.71),
            ThreadShare("Power", -1_408, -1_408, 0, 4, -1_408, -234.7, 0.24),
            ThreadShare("Gps", -140, -140, 0, 2, -140, -23.3, 0.01),
            ThreadShare("Screen", -100, -100, 0, 1, -100, -16.7, 0.01),
        ),
        0.97,
    )


def router_deltas(many: int = 18) -> tuple[ThreadDelta, ...]:
    return tuple(
        ThreadDelta(START + 1200.0 * i, 90_000.0 + 1200.0 * i, "leaked", "Router", 97_700 - i, 97_527 - i, -173)
        for i in range(many)
    )
