# SPDX-License-Identifier: GPL-3.0-only
"""Who lost the memory, as the rows of a small table, and why nobody is named where nobody is."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.facts import Facts, ThreadShare
from mtleak_gui.core.leakhunt.verdict import Verdict

_NAMED = 4
_LISTED = 3


class SuspectRow(NamedTuple):
    """One thread. ``share`` is 0 to 1 of the decline, where there is a decline."""

    name: str
    net: str
    events: str
    share: float | None
    prime: bool
    tip: str


def suspect_rows(verdict: Verdict) -> tuple[SuspectRow, ...]:
    """Return the threads that lost memory, the largest loss first, the rest as ``others``."""
    facts = verdict.facts
    losers = sorted((t for t in facts.suspects.threads if t.left_over < 0), key=lambda thread: thread.left_over)
    rows = [_row(thread, verdict) for thread in losers[:_NAMED]]
    others = losers[_NAMED:]
    if others:
        share = sum(thread.share or 0.0 for thread in others) if others[0].share is not None else None
        net = wording.on_screen(wording.number(sum(thread.left_over for thread in others)))
        events = wording.count(sum(thread.events for thread in others), "event")
        rows.append(SuspectRow("others", net, events, share, prime=False, tip=wording.count(len(others), "thread")))
    return tuple(rows)


def explained(facts: Facts) -> str:
    """Return how much of the decline the threads explain, or nothing."""
    share = facts.suspects.share_explained
    return "" if share is None else f"{wording.percent(share)} of the decline explained"


def no_suspect_words(facts: Facts) -> str:
    """Return why no thread is listed."""
    if facts.debug_heap == "OFF":
        return "Not known: this build does not say which thread takes memory (DEBUG_HEAP OFF)."
    if facts.debug_heap == "NOT SEEN":
        return "Not known: no log line in the window could name a thread (DEBUG_HEAP NOT SEEN)."
    return "No thread lost memory in this window."


def other_traces(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return allocation sites and subsystems that grew, as (name, figure)."""
    sites = [
        (wording.single_line(site.site, 40), f"{wording.count(site.allocations, 'allocation')}, {site.bytes:,} B")
        for site in facts.suspects.sites[:_LISTED]
    ]
    grown = sorted((m for m in facts.suspects.audit_moves if m.after > m.before), key=lambda m: m.before - m.after)
    moves = [
        (f"MemAudit {wording.single_line(move.subsystem, 32)}", f"+{move.after - move.before:,} B")
        for move in grown[:_LISTED]
    ]
    return tuple(sites + moves)


def _row(thread: ThreadShare, verdict: Verdict) -> SuspectRow:
    tip = (
        f"leaked {thread.leaked:,} B, freed {thread.freed:,} B, net {thread.net:,} B, "
        f"{wording.number(thread.per_hour)} B/h"
    )
    return SuspectRow(
        wording.single_line(thread.thread, 24),
        wording.on_screen(wording.number(thread.left_over)),
        wording.count(thread.events, "event"),
        thread.share,
        prime=thread.thread == verdict.measures.suspect,
        tip=wording.on_screen(tip),
    )
