# SPDX-License-Identifier: GPL-3.0-only
"""The real program and the real recorder, started at the same moment, and which of them goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.window_runs import environment

_LONGEST_S = 40.0
_READY = "The window is ready"


class Race(NamedTuple):
    """What came of starts at the same moment."""

    winner: subprocess.Popen[str] | None
    """The one that goes on; ``None`` when that is not exactly one."""
    codes: tuple[int, ...]
    """The exit codes of the others."""
    words: tuple[str, ...]
    """What those said."""


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start the program with everything of the user in ``home``."""
    command = [sys.executable, "-m", "mtleak_gui", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, env=environment(str(home)), stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True
    )


def race(home: Path, *arguments: str, many: int = 2) -> Race:
    """Start some at once; wait until all but one have ended, and some time more."""
    running = [start(home, *arguments) for _ in range(many)]
    deadline = time.monotonic() + _LONGEST_S
    while sum(one.poll() is None for one in running) > 1 and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    left = [one for one in running if one.poll() is None]
    ended = [one for one in running if one.poll() is not None]
    if len(left) != 1:
        for one in left:
            one.kill()
    words = tuple(one.communicate()[1] for one in ended)
    return Race(left[0] if len(left) == 1 else None, tuple(one.returncode for one in ended), words)


def end(program: subprocess.Popen[str], how: signal.Signals = signal.SIGTERM) -> int:
    """End the program; return its exit code."""
    program.send_signal(how)
    program.communicate(timeout=_LONGEST_S)
    return program.returncode


def all_become_ready(homes: Sequence[Path]) -> bool:
    """Start one program in each home at once; return whether each window came to stand beside the others."""
    programs = [start(home) for home in homes]
    deadline = time.monotonic() + _LONGEST_S
    while not all(map(_is_ready, homes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    ready = all(map(_is_ready, homes)) and all(one.poll() is None for one in programs)
    return [end(one) for one in programs] == [0] * len(programs) and ready


def _is_ready(home: Path) -> bool:
    return any(_READY in path.read_text() for path in home.rglob("mtleak-gui.log"))
