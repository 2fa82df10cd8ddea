# SPDX-License-Identifier: GPL-3.0-only
"""Which memory lines mean that the heap is gone, and which that it was free but in pieces.

A failed allocation says both, depending on how much was free when it failed. Routing NAKs (``Alloc an err=<integer>``)
are no memory lines: firmware ``src/mesh/MeshModule.cpp`` logs one for every NAK packet that it makes.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Evidence, SeenLine
from mtleak_gui.core.leakhunt.facts import Facts, Restart

LOW_SHARE = 0.06
LOW_BYTES = 6 * 1024

MEMORY_CLASSES = ("oom", "alloc_failure", "pool_exhausted", "low_heap", "heap_corruption")
CRASH_CLASSES = ("panic", "watchdog", "brownout")
_ALWAYS_URGENT = ("oom", "pool_exhausted")
_BOOT_TIME_SLACK_S = 5.0


def memory_lines(facts: Facts) -> tuple[SeenLine, ...]:
    """Return every line that means memory trouble, oldest first."""
    return _in_time_order(line for name in MEMORY_CLASSES for line in facts.memory.by_class.get(name, ()))


def crash_lines(facts: Facts) -> tuple[SeenLine, ...]:
    """Return panic, abort, watchdog and brownout lines, oldest first."""
    return _in_time_order(line for name in CRASH_CLASSES for line in facts.memory.by_class.get(name, ()))


def urgent_lines(facts: Facts) -> tuple[SeenLine, ...]:
    """Return the lines of rule 3: hard OOM, pool exhausted, and allocation failures at a low heap, oldest first."""
    hard = [line for name in _ALWAYS_URGENT for line in facts.memory.by_class.get(name, ())]
    low = [line for line in _allocation_failures(facts) if heap_is_low_at(facts.evidence, line.ts)]
    return _in_time_order([*hard, *low])


def healthy_failures(facts: Facts) -> tuple[SeenLine, ...]:
    """Return allocation failures while plenty of heap was free, oldest first: a sign of fragmentation."""
    return tuple(line for line in _allocation_failures(facts) if heap_is_low_at(facts.evidence, line.ts) is False)


def heap_is_low_at(evidence: Evidence, ts: float) -> bool | None:
    """Return whether free heap was below 6 % of the total or below 6 KB around ``ts``; ``None`` without a sample."""
    free = free_heap_at(evidence, ts)
    if free is None:
        return None
    total = evidence.total_heap
    return free < LOW_BYTES or (total is not None and total > 0 and free < LOW_SHARE * total)


def free_heap_at(evidence: Evidence, ts: float) -> float | None:
    """Return the heap sample nearest in time to ``ts``; ``None`` when the field is no heap or nothing was sampled."""
    times = evidence.samples.ts
    if not evidence.request.is_heap or times.size == 0:
        return None
    return float(evidence.samples.value[int(np.argmin(np.abs(times - ts)))])


def belongs_to_last_boot(line: SeenLine, restarts: tuple[Restart, ...]) -> bool:
    """Return whether ``line`` was said after the last restart, by its own uptime where it states one."""
    if not restarts:
        return True
    began = restarts[-1].ts
    if line.ts >= began:
        return True
    return line.uptime_s is not None and line.ts - line.uptime_s >= began - _BOOT_TIME_SLACK_S


def _allocation_failures(facts: Facts) -> tuple[SeenLine, ...]:
    return tuple(facts.memory.by_class.get("alloc_failure", ()))


def _in_time_order(lines: Iterable[SeenLine]) -> tuple[SeenLine, ...]:
    return tuple(sorted(lines, key=lambda line: line.ts))
