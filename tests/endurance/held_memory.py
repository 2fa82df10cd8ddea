# SPDX-License-Identifier: GPL-3.0-only
"""What the program holds to be shown, in megabytes, and the most that was resident."""

from __future__ import annotations

import gc
import sys
from collections import deque
from pathlib import Path
from typing import Any

import numpy as np

from mtleak_gui.core.filtered_log import FilteredLog
from mtleak_gui.core.log_store import LogStore
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.engine.session import Session

_MB = 1 << 20


def held_mb() -> dict[str, float]:
    """Return the size of the log rows that are held (at most a million), of their filter, and of the samples."""
    gathered = {"log rows": 0, "filtered rows": 0, "samples": 0, "thread runs": 0}
    for one in gc.get_objects():
        if isinstance(one, LogStore):
            gathered["log rows"] += sum(len(block.text) + _arrays(block) for block in one.blocks)
        elif isinstance(one, FilteredLog):
            gathered["filtered rows"] += sum(_arrays(chunk) for chunk in one.chunks)
        elif isinstance(one, SeriesHistory):
            gathered["samples"] += _arrays_within(one)
        elif isinstance(one, Session):
            gathered["thread runs"] += sum(sys.getsizeof(delta) for delta in one.thread_deltas)
    return {name: size / _MB for name, size in gathered.items()}


def start_peak() -> None:
    """Forget the most so far."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_mb() -> float:
    """Return the most that was resident since then, or since the start.

    ``getrusage`` would count what a process was before it became this one; where there is no ``/proc`` it is 0.
    """
    if not Path("/proc/self/status").exists():
        return 0.0
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def _arrays(one: Any) -> int:
    """Return the bytes of the arrays in the slots of an object."""
    held = [getattr(one, name) for name in type(one).__slots__]
    flat = [array for value in held for array in (value if isinstance(value, tuple) else (value,))]
    return sum(array.nbytes for array in flat if isinstance(array, np.ndarray))


def _arrays_within(one: object, depth: int = 4) -> int:
    """Return the bytes of the arrays that an object owns, through its parts."""
    if isinstance(one, np.ndarray):
        return one.nbytes if one.base is None else 0
    if depth == 0:
        return 0
    if isinstance(one, list | tuple | deque):
        return sum(_arrays_within(part, depth - 1) for part in one)
    return sum(_arrays_within(part, depth - 1) for part in getattr(one, "__dict__", {}).values())
