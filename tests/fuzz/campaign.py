# SPDX-License-Identifier: GPL-3.0-only
"""One target fuzzed in a process of its own for some minutes, and what libFuzzer told at the end."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.figures import Figure

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "data" / "corpus"
WORK = ROOT / "build" / "fuzz"
SLOWEST_INPUT_S = 10
_MOST_MEMORY_MB = 2_048
_LONGEST_INPUT = 12_000
_COVERED = re.compile(r"cov: (\d+)")


@dataclass(frozen=True, slots=True)
class Campaign:
    """One target's run. Times in seconds; ``said`` is the end of what libFuzzer wrote."""

    target: str
    broke: bool
    wall_s: float
    cpu_s: float
    said: str

    def figures(self) -> list[Figure]:
        """Return the run as rows of a table."""
        covered = _COVERED.findall(self.said)
        told = (
            f"{self._stat('number_of_executed_units'):,} inputs in {self.wall_s / 60:.0f} min "
            f"({self.cpu_s / 60:.0f} min of a core), {covered[-1] if covered else '?'} edges, "
            f"slowest {self._stat('slowest_unit_time_sec')} s, peak {self._stat('peak_rss_mb'):,} MB"
        )
        broken = "1, see build/fuzz" if self.broke else "0"
        return [
            Figure(f"{self.target}: inputs that crash, hang or take 2 GB", broken, goal="0", met=not self.broke),
            Figure(f"{self.target}: tried", told),
        ]

    def _stat(self, name: str) -> int:
        found = re.search(rf"stat::{name}:\s+(\d+)", self.said)
        return int(found[1]) if found else -1


def campaign(target: str, minutes: float) -> Campaign:
    """Fuzz a target; what it wrote goes to ``build/fuzz/<target>.log``, inputs that break it lie beside it."""
    found, begun = WORK / target, CORPUS / target
    for folder in (found, begun):
        folder.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={minutes * 60:.0f}",
        f"-timeout={SLOWEST_INPUT_S}",
        f"-rss_limit_mb={_MOST_MEMORY_MB}",
        f"-max_len={_LONGEST_INPUT}",
        f"-artifact_prefix={WORK / target}-",
        "-print_final_stats=1",
        "-verbosity=1",
    ]
    words = CORPUS / f"{target}.dict"
    if words.exists():
        options.append(f"-dict={words}")
    command = [sys.executable, "-m", "tests.fuzz.child", target, *options, str(found), str(begun)]
    started = time.monotonic()
    with (WORK / f"{target}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    said = (WORK / f"{target}.log").read_text("utf-8", "replace")[-20_000:]
    wall = time.monotonic() - started
    return Campaign(target, process.returncode != 0, wall, used.ru_utime + used.ru_stime, said)
