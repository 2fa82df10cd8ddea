# SPDX-License-Identifier: GPL-3.0-only
"""Who is to blame: packets handed from thread to thread accuse nobody."""

from __future__ import annotations

import numpy as np
import pytest

from mtleak_gui.core.leakhunt.analyse import analyse
from mtleak_gui.core.leakhunt.evidence import AuditTable, SiteAlloc, ThreadDelta
from mtleak_gui.core.leakhunt.facts import AuditMove, SiteShare
from tests.core.leakhunt.evidence_by_hand import T0, uptimes, window

SECONDS = np.arange(0, 7_200.0, 10)


def delta(second: float, thread: str, change: int) -> ThreadDelta:
    return ThreadDelta(T0 + second, None, "leaked" if change < 0 else "freed", thread, 50_000, 50_000 + change, change)


def test_memory_freed_by_another_thread_is_no_leak_of_the_first() -> None:
    deltas = []
    for second in range(0, 7_200, 60):
        deltas += [delta(second, "RadioIf", -412), delta(second + 9, "Router", 412), delta(second + 20, "Power", -64)]
    lost = 64 * np.floor(SECONDS / 60)
    facts = analyse(window(SECONDS, 120_000 - lost, thread_deltas=tuple(deltas), **uptimes(SECONDS, SECONDS + 90_000)))
    suspects = facts.suspects
    assert suspects.prime == "Power"
    power = suspects.threads[0]
    assert (power.thread, power.leaked, power.freed, power.events, power.left_over) == ("Power", 7_680, 0, 120, -7_680)
    assert power.share == pytest.approx(1, abs=0.05)
    assert {share.thread: share.left_over for share in suspects.threads[1:]} == {"RadioIf": 0, "Router": 0}
    assert {share.thread: share.net for share in suspects.threads[1:]} == {"RadioIf": -49_440, "Router": 49_440}


def test_one_large_block_kept_for_good_is_not_the_suspect() -> None:
    deltas = [delta(second, "Router", -128) for second in range(0, 7_200, 120)]
    deltas.append(delta(3_000, "GPS", -20_000))
    facts = analyse(window(SECONDS, 120_000 - SECONDS, thread_deltas=tuple(sorted(deltas))))
    assert facts.suspects.prime == "Router"


def test_sizes_freed_later_than_ten_minutes_do_not_cancel() -> None:
    facts = analyse(window(SECONDS, 120_000 - SECONDS, thread_deltas=(delta(0, "A", -512), delta(700, "B", 512))))
    assert {share.thread: share.left_over for share in facts.suspects.threads} == {"A": -512, "B": 512}


def test_without_thread_lines_nobody_is_named() -> None:
    assert analyse(window(SECONDS, 120_000 - SECONDS)).suspects.prime is None


def test_sites_are_counted_and_the_tables_of_the_last_boot_compared() -> None:
    sites = (SiteAlloc(T0, "Router::send", 412, None), SiteAlloc(T0 + 1, "Router::send", 88, None))
    audits = (
        AuditTable(T0, "periodic", {"nodedb": 1}, None),
        AuditTable(T0 + 10, "boot", {"nodedb": 11_040, "warm": 4_000, "msgstore": 5}, None),
        AuditTable(T0 + 20, "periodic", {"nodedb": 15_040, "warm": 3_900, "msgstore": 5}, None),
    )
    suspects = analyse(window(SECONDS, 120_000 - SECONDS, sites=sites, audits=audits)).suspects
    assert suspects.sites == (SiteShare("Router::send", 2, 500),)
    assert suspects.audit_moves == (AuditMove("nodedb", 11_040, 15_040), AuditMove("warm", 4_000, 3_900))
