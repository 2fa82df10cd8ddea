# SPDX-License-Identifier: GPL-3.0-only
"""Where something stands in the window, and what happened before it."""

from __future__ import annotations

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.evidence import Evidence, SeenEvent
from mtleak_gui.core.leakhunt.facts import Facts, LinkLoss

_CAUSES = {
    "mark": "mark",
    "connection_established": "a client connected",
    "connection_lost": "the connection was lost",
    "config_write": "a config write",
    "poll_started": "polling began",
    "poll_stopped": "polling stopped",
}
_NEAR_S = 1800.0
_SLACK_S = 60.0
_LASTING_GAP_S = 60.0


def offset_of(evidence: Evidence, ts: float) -> str:
    """Return the place of ``ts`` told from the window's start: ``+4h12m``."""
    return wording.offset(ts - evidence.request.start)


def lasting_gaps(facts: Facts) -> tuple[tuple[float, float], ...]:
    """Return the gaps of a minute or more: between lines that come when they like, shorter ones mean nothing."""
    return tuple((start, end) for start, end in facts.gaps if end - start >= _LASTING_GAP_S)


def lost_links(facts: Facts) -> tuple[LinkLoss, ...]:
    """Return the lost links but those that the recorder itself closed when it stopped."""
    stops = [event.ts for event in facts.evidence.events if event.kind == "recorder_stop"]
    return tuple(
        loss
        for loss in facts.link_losses
        if loss.seconds is not None or not any(0 <= stop - loss.ts <= _SLACK_S for stop in stops)
    )


def happening_before(evidence: Evidence, ts: float) -> str | None:
    """Return the mark, else the event, last seen in the half hour before ``ts``, as words with its offset."""
    near = [e for e in evidence.events if e.kind in _CAUSES and ts - _NEAR_S <= e.ts <= ts + _SLACK_S]
    marks = [event for event in near if event.kind.startswith("mark")]
    chosen = max(marks or near, key=lambda event: event.ts, default=None)
    return None if chosen is None else f"{_name(chosen)} at {offset_of(evidence, chosen.ts)}"


def _name(event: SeenEvent) -> str:
    if event.kind.startswith("mark"):
        return f'mark "{wording.single_line(event.label or "", 40)}"'
    return _CAUSES[event.kind]
