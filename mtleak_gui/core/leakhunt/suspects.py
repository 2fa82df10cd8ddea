# SPDX-License-Identifier: GPL-3.0-only
"""Who holds what was lost: thread deltas of a DEBUG_HEAP build, allocation sites, MemAudit tables.

A packet is allocated in one thread and freed in another, so sums per thread accuse the innocent: what one thread leaked
and any thread freed again in the same size soon after is cancelled first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from mtleak_gui.core.leakhunt.evidence import AuditTable, SiteAlloc, ThreadDelta
from mtleak_gui.core.leakhunt.facts import AuditMove, SiteShare, Suspects, ThreadShare
from mtleak_gui.core.leakhunt.thresholds import CANCEL_WITHIN_S


@dataclass(slots=True)
class _Account:
    """One thread's movements; ``open`` counts the sizes leaked and not freed, ``surplus`` bytes freed beyond."""

    leaked: int = 0
    freed: int = 0
    events: int = 0
    open: Counter[int] = field(default_factory=Counter)
    surplus: int = 0
    untold: int = 0
    """Bytes lost so late that they may yet be freed, less those freed so early that their loss was not seen."""

    @property
    def lost(self) -> int:
        return sum(size * count for size, count in self.open.items())

    @property
    def left_over(self) -> int:
        return self.surplus - self.lost

    @property
    def steady_loss(self) -> int:
        """Bytes lost but for the largest single loss: one big allocation is no leak."""
        largest = max((size for size, count in self.open.items() if count), default=0)
        return self.lost - largest - self.surplus - self.untold


def suspects_of(
    deltas: tuple[ThreadDelta, ...],
    sites: tuple[SiteAlloc, ...],
    audits: tuple[AuditTable, ...],
    lost: float | None,
) -> Suspects:
    """Return who lost how much. ``lost``: bytes that the heap declined in the same time, if it did."""
    accounts = _accounts(deltas)
    hours = max((deltas[-1].ts - deltas[0].ts) / 3_600, 1 / 60) if deltas else 1.0
    ranked = sorted(accounts.items(), key=lambda item: (-item[1].steady_loss, item[1].left_over, item[0]))
    threads = tuple(_share(name, account, hours, lost) for name, account in ranked)
    prime = next((share.thread for share in threads if share.left_over < 0), None)
    explained = sum(-share.left_over for share in threads if share.left_over < 0)
    return Suspects(
        prime=prime,
        threads=threads,
        share_explained=min(explained / lost, 1.0) if lost and threads else None,
        sites=_sites(sites),
        audit_moves=_moves(audits),
    )


def _accounts(deltas: tuple[ThreadDelta, ...]) -> dict[str, _Account]:
    """Return the account of each thread after cancelling equal sizes within ten minutes, the latest loss first."""
    accounts: dict[str, _Account] = defaultdict(_Account)
    waiting: dict[int, list[tuple[float, str]]] = defaultdict(list)
    ordered = sorted(deltas, key=lambda delta: delta.ts)
    margin = min(CANCEL_WITHIN_S, (ordered[-1].ts - ordered[0].ts) / 4) if ordered else 0.0
    for delta in ordered:
        account, size = accounts[delta.thread], abs(delta.delta)
        account.events += 1
        if delta.kind == "leaked":
            account.leaked += size
            account.open[size] += 1
            waiting[size].append((delta.ts, delta.thread))
            continue
        account.freed += size
        stack = waiting[size]
        if stack and delta.ts - stack[-1][0] <= CANCEL_WITHIN_S:
            accounts[stack.pop()[1]].open[size] -= 1
        else:
            account.surplus += size
            account.untold -= size if delta.ts <= ordered[0].ts + margin else 0
    for size, stack in waiting.items():
        for ts, thread in stack:
            accounts[thread].untold += size if ts >= ordered[-1].ts - margin else 0
    return accounts


def _share(name: str, account: _Account, hours: float, lost: float | None) -> ThreadShare:
    left_over = account.left_over
    return ThreadShare(
        thread=name,
        net=account.freed - account.leaked,
        leaked=account.leaked,
        freed=account.freed,
        events=account.events,
        left_over=left_over,
        per_hour=left_over / hours,
        share=min(max(-left_over / lost, 0.0), 1.0) if lost else None,
    )


def _sites(sites: tuple[SiteAlloc, ...]) -> tuple[SiteShare, ...]:
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for alloc in sites:
        counts[alloc.site] += 1
        sizes[alloc.site] += alloc.size or 0
    return tuple(SiteShare(site, count, sizes[site]) for site, count in counts.most_common())


def _moves(audits: tuple[AuditTable, ...]) -> tuple[AuditMove, ...]:
    """Return how each subsystem moved between the first and the last table since the last boot, largest first."""
    since_boot = audits
    for index, table in enumerate(audits):
        if table.phase == "boot":
            since_boot = audits[index:]
    if len(since_boot) < 2:
        return ()
    first, last = since_boot[0].subsystems, since_boot[-1].subsystems
    moves = [AuditMove(name, first[name], last[name]) for name in first if name in last and first[name] != last[name]]
    return tuple(sorted(moves, key=lambda move: -abs(move.after - move.before)))
