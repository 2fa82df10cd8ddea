# SPDX-License-Identifier: GPL-3.0-only
"""Runs a Python module as a process of its own and kills it (SIGKILL); what it said until then is kept."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
GUARD_S = 120.0


class Killed(NamedTuple):
    """The whole lines that a process wrote, when it was killed (epoch s), and whether it had to be killed at all."""

    lines: list[bytes]
    at: float
    by_signal: bool


def run_and_kill(module: str, words: Sequence[str], wait: Callable[[subprocess.Popen[bytes]], None]) -> Killed:
    """Start ``python -m module words``, kill it when ``wait(process)`` returns; it may also kill itself before."""
    told: list[bytes] = []
    command = [sys.executable, "-m", module, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        hearing = threading.Thread(target=told.extend, args=(process.stdout,))
        hearing.start()
        try:
            wait(process)
        finally:
            at = time.time()
            process.kill()
            hearing.join()
    return Killed([line for line in told if line.endswith(b"\n")], at, process.returncode < 0)


def until_it_ends(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process that ends by itself."""
    process.wait(GUARD_S)
