# SPDX-License-Identifier: GPL-3.0-only
"""Why the board restarted, and which lost links were no restart."""

from __future__ import annotations

from mtleak_gui.core.board_acts import SWITCH_RESTART
from mtleak_gui.core.leakhunt.boots import Boot
from mtleak_gui.core.leakhunt.evidence import Evidence, SeenEvent, SeenLine
from mtleak_gui.core.leakhunt.facts import LinkLoss, Restart
from mtleak_gui.core.leakhunt.thresholds import (
    CADENCES_OF_GAP,
    NEAR_NOTHING_BYTES,
    NEAR_NOTHING_SHARE,
    SAME_BOOT_S,
    STALE_UPTIME_S,
)

_CAUSES = ("oom", "heap_corruption", "panic", "watchdog", "brownout")
_RESET_WORDS = ("reset_reason=", "reset reason", "rst:0x")
_BENIGN_WORDS = ("rebooting", "reboot in", "poweron", "power on", "brownout", "reset_reason=sw")
_BEFORE_S = 120.0
_CLOSING_S = 10.0
_FEW_MINUTES_S = 600.0


def restarts_of(evidence: Evidence, boots: tuple[Boot, ...], cadence_s: float | None) -> tuple[Restart, ...]:
    """Return the boots inside the window with their reasons."""
    return tuple(
        _restart(evidence, boot, cadence_s)
        for boot in boots
        if evidence.request.start <= boot.ts <= evidence.request.end
    )


def link_losses_of(evidence: Evidence, boots: tuple[Boot, ...]) -> tuple[LinkLoss, ...]:
    """Return the lost links during which the board ran on."""
    losses: list[LinkLoss] = []
    lost: SeenEvent | None = None
    for event in evidence.events:
        if event.kind == "connection_lost" and lost is None:
            lost = event
        elif event.kind == "connection_established" and lost is not None:
            if not _restarted(boots, lost.ts, event.ts):
                losses.append(LinkLoss(lost.ts, max(event.ts - lost.ts, 0.0), lost.note or lost.label))
            lost = None
    if lost is not None and not (_restarted(boots, lost.ts, evidence.request.end) or _closed(evidence, lost.ts)):
        losses.append(LinkLoss(lost.ts, None, lost.note or lost.label))
    return tuple(losses)


def _closed(evidence: Evidence, lost: float) -> bool:
    """Return whether the link was not lost at all: a recorder that stops closes its links first."""
    stops = (event.ts for event in evidence.events if event.kind == "recorder_stop")
    return any(0 <= stop - lost <= _CLOSING_S for stop in stops)


def _restarted(boots: tuple[Boot, ...], lost: float, back: float) -> bool:
    return any(lost - STALE_UPTIME_S <= boot.ts <= back + SAME_BOOT_S for boot in boots)


def _restart(evidence: Evidence, boot: Boot, cadence_s: float | None) -> Restart:
    lines = [line for line in evidence.lines if min(boot.after, boot.ts) - _BEFORE_S <= line.ts <= boot.ts + _BEFORE_S]
    causes = [line for line in lines if line.signature in _CAUSES and line.ts <= boot.ts + STALE_UPTIME_S]
    resets = [line for line in lines if any(word in line.text.lower() for word in _RESET_WORDS)]
    others = [line for line in lines if line.signature == "reboot"]
    telling = causes[-1:] or resets[-1:] or others[-1:]
    reason = telling[0].text.strip() if telling else _link_reason(evidence.events, boot)
    if not causes and _was_switched(evidence.events, boot):
        reason = SWITCH_RESTART
    signs = boot.signs + tuple(dict.fromkeys(line.text.strip() for line in (*causes[-2:], *resets[-1:], *others[-1:])))
    return Restart(boot.ts, reason, signs, _out_of_memory(evidence, boot, causes, [*resets, *others], cadence_s))


def _was_switched(events: tuple[SeenEvent, ...], boot: Boot) -> bool:
    """Return whether the debug log was switched shortly before, which restarts a board."""
    writes = [event for event in events if event.kind == "config_write" and "verified" not in (event.data or {})]
    return any(boot.after - _BEFORE_S <= write.ts <= boot.ts + STALE_UPTIME_S for write in writes)


def _link_reason(events: tuple[SeenEvent, ...], boot: Boot) -> str | None:
    near = [
        event
        for event in events
        if event.kind in ("connection_lost", "reboot", "config_write")
        and boot.after - _BEFORE_S <= event.ts <= boot.ts + _BEFORE_S
    ]
    if not near:
        return None
    event = near[-1]
    return event.note or event.label or event.kind.replace("_", " ")


def _out_of_memory(
    evidence: Evidence, boot: Boot, causes: list[SeenLine], others: list[SeenLine], cadence_s: float | None
) -> bool:
    """Return whether memory is the likely cause: a hard line, or a heap near nothing before an unexplained end."""
    if any(line.signature == "oom" for line in causes):
        return True
    if not evidence.request.is_heap:
        return False
    if not causes and any(word in line.text.lower() for line in others for word in _BENIGN_WORDS):
        return False
    samples = evidence.samples
    reach = max(_FEW_MINUTES_S, CADENCES_OF_GAP * (cadence_s or 0.0))
    last = samples.value[(samples.ts < boot.ts) & (samples.ts >= boot.after - reach)]
    if not last.size:
        return False
    limit = max(NEAR_NOTHING_BYTES, NEAR_NOTHING_SHARE * (evidence.total_heap or 0.0))
    return bool(last[-3:].min() < limit)
