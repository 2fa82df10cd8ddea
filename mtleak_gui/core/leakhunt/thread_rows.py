# SPDX-License-Identifier: GPL-3.0-only
"""The row of threads that lost memory, for boards that tell (DEBUG_HEAP)."""

from __future__ import annotations

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.facts import Facts, ThreadShare
from mtleak_gui.core.leakhunt.report_rows import Row

_NAMED = 2
_KEY = "thread leaks"
_MARK = "(DEBUG_HEAP) "


def thread_rows(facts: Facts) -> tuple[Row, ...]:
    """Return the row of the threads with the largest losses, ``others`` last; no row unless DEBUG_HEAP is on."""
    if facts.debug_heap != "ON":
        return ()
    losers = sorted((t for t in facts.suspects.threads if t.left_over < 0), key=lambda thread: thread.left_over)
    if not losers:
        return (Row(_KEY, (f"{_MARK}none seen",)),)
    named, others = losers[:_NAMED], losers[_NAMED:]
    names = [wording.single_line(thread.thread, 24) for thread in named] + (["others"] if others else [])
    width = max(len(name) for name in names)
    lines = [f"{name:<{width}} {_loss(thread)}" for name, thread in zip(names, named, strict=False)]
    if others:
        rest = wording.number(sum(thread.left_over for thread in others))
        lines.append(f"{'others':<{width}} {rest} B")
    return (Row(_KEY, tuple((_MARK if place == 0 else " " * len(_MARK)) + line for place, line in enumerate(lines))),)


def _loss(thread: ThreadShare) -> str:
    return f"{wording.number(thread.left_over)} B over {wording.count(thread.events, 'event')}"
