# SPDX-License-Identifier: GPL-3.0-only
"""Searches for a pattern that holds the window: each is tried in a process that is ended when it hangs."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

from tests.benchmarks.figures import Figure

PATTERNS = 2_000
SEED = 7
GOAL_MS = 100.0
_PATIENCE_S = 30.0
_ROOT = Path(__file__).parents[2]


def run() -> list[Figure]:
    """Try all patterns; a hang costs the rest of its process, and others are tried instead."""
    tried: list[dict[str, object]] = []
    hung: list[str] = []
    seed = SEED
    while len(tried) + len(hung) < PATTERNS:
        tried_now, hanging = _round(seed, PATTERNS - len(tried) - len(hung))
        tried += tried_now
        hung += hanging
        seed += 1
    slowest = max(tried, key=lambda one: float(str(one["slowest"])))
    took_ms = float(str(slowest["slowest"])) * 1e3
    print(f"slowest: {slowest['step']} of {str(slowest['pattern'])[:200]!r}; hung: {hung}", file=sys.stderr)
    shares = {how: sum(one["how"] == how for one in tried) for how in ("searched", "cut off", "refused")}
    return [
        Figure("patterns tried: searched / cut off / refused", " / ".join(f"{many:,}" for many in shares.values())),
        Figure("patterns that hang the window", f"{len(hung)}", goal="0", met=not hung),
        Figure("slowest step of any pattern", f"{took_ms:.0f} ms", goal=f"{GOAL_MS:.0f} ms", met=took_ms < GOAL_MS),
    ]


def _round(seed: int, count: int) -> tuple[list[dict[str, object]], list[str]]:
    command = [sys.executable, "-m", "tests.endurance.regex_steps", str(seed), str(count)]
    tried: list[dict[str, object]] = []
    trying = ""
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while True:
            watchdog = threading.Timer(_PATIENCE_S, process.kill)
            watchdog.start()
            line = process.stdout.readline()
            watchdog.cancel()
            if not line:
                break
            told: dict[str, object] = json.loads(line)
            if "trying" in told:
                trying = str(told["trying"])
                continue
            tried.append(told)
            trying = ""
            if len(tried) % 100 == 0:
                print(f"{len(tried):,} of {count:,} patterns", file=sys.stderr, flush=True)
    return tried, [trying] if trying else []
