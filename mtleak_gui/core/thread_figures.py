# SPDX-License-Identifier: GPL-3.0-only
"""What each thread of a DEBUG_HEAP build took and gave back in a window, for a table. Figures, not a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mtleak_gui.core.leakhunt.evidence import ThreadDelta
from mtleak_gui.core.leakhunt.heap_accounts import heap_accounts

_LEAST_HOURS = 1 / 60


class ThreadFigures(NamedTuple):
    """Sizes in bytes; ``leaked`` is negative. ``unmatched`` counts losses that no equal size gave back."""

    thread: str
    net: int
    """What stays after equal sizes are cancelled, as the report prints it; negative is lost."""
    leaked: int
    freed: int
    unmatched: int
    per_hour: float
    """What stays lost or gained after equal sizes are cancelled, per hour."""
    share: float | None
    """Of the heap's decline, 0 to 1; ``None`` where it did not decline."""
    last_ts: float


def thread_figures(deltas: Iterable[ThreadDelta], since: float, decline: float | None) -> tuple[ThreadFigures, ...]:
    """Return the figures of each thread from ``since`` (epoch s) on, the largest lasting loss first.

    ``decline``: bytes that the free heap lost in the same time, if it did.
    """
    seen = tuple(delta for delta in deltas if delta.ts >= since)
    if not seen:
        return ()
    hours = max((max(delta.ts for delta in seen) - min(delta.ts for delta in seen)) / 3_600, _LEAST_HOURS)
    last = {delta.thread: delta.ts for delta in sorted(seen)}
    ranked = sorted(heap_accounts(seen).items(), key=lambda item: (-item[1].steady_loss, item[1].left_over, item[0]))
    return tuple(
        ThreadFigures(
            thread=name,
            net=account.left_over,
            leaked=-account.leaked,
            freed=account.freed,
            unmatched=sum(count for count in account.open.values() if count > 0),
            per_hour=account.left_over / hours,
            share=min(max(-account.left_over / decline, 0.0), 1.0) if decline and decline > 0 else None,
            last_ts=last[name],
        )
        for name, account in ranked
    )
