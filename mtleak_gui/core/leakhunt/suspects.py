# SPDX-License-Identifier: GPL-3.0-only
"""Who holds what was lost: thread deltas of a DEBUG_HEAP build, allocation sites, MemAudit tables."""

from __future__ import annotations

from collections import Counter

from mtleak_gui.core.leakhunt.evidence import AuditTable, SiteAlloc, ThreadDelta
from mtleak_gui.core.leakhunt.facts import AuditMove, SiteShare, Suspects, ThreadShare
from mtleak_gui.core.leakhunt.heap_accounts import Account, heap_accounts


def suspects_of(
    deltas: tuple[ThreadDelta, ...],
    sites: tuple[SiteAlloc, ...],
    audits: tuple[AuditTable, ...],
    lost: float | None,
) -> Suspects:
    """Return who lost how much. ``lost``: bytes that the heap declined in the same time, if it did."""
    accounts = heap_accounts(deltas)
    times = [delta.ts for delta in deltas]
    hours = max((max(times) - min(times)) / 3_600, 1 / 60) if times else 1.0
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


def _share(name: str, account: Account, hours: float, lost: float | None) -> ThreadShare:
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
