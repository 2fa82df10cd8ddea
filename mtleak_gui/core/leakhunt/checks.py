# SPDX-License-Identifier: GPL-3.0-only
"""The checks before the rules: what stands behind a verdict, and what to do where something is missing."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.evidence import DebugHeapSigns, Evidence
from mtleak_gui.core.leakhunt.facts import Check
from mtleak_gui.core.leakhunt.thresholds import CADENCES_OF_GAP, MIN_SAMPLES, SILENCE_S

DebugHeap = Literal["ON", "OFF", "NOT SEEN"]


class Seen(NamedTuple):
    """What the checks look at, beside the evidence."""

    samples: int
    cadence_s: float | None
    sources: tuple[tuple[str, int], ...]
    silent_for: float | None
    unsupported: bool
    debug_heap: DebugHeap
    debug_heap_reason: str
    restarts: int
    link_losses: int


def debug_heap_of(signs: DebugHeapSigns) -> tuple[DebugHeap, str]:
    """Return whether the build has DEBUG_HEAP, and by which lines it is known."""
    kinds = (
        ("[heap N] prefixes", signs.prefix),
        ("Heap status lines", signs.heap_status),
        ("thread deltas", signs.thread_delta),
        ("Alloc in lines", signs.alloc_site),
    )
    seen = [f"{count:,} {name}" for name, count in kinds if count > 0]
    if seen:
        return "ON", ", ".join(seen)
    if signs.log_lines > 0:
        return "OFF", f"{signs.log_lines:,} log lines without any heap sign"
    return "NOT SEEN", "no log lines in the window"


def silence_of(evidence: Evidence, cadence_s: float | None) -> float | None:
    """Return for how many seconds the device has been silent when that is too long, else ``None``."""
    newest = evidence.recorder.newest_row_ts
    if newest is None:
        return max(evidence.now - evidence.request.start, 0.0)
    age = evidence.now - newest
    return age if age > max(SILENCE_S, CADENCES_OF_GAP * (cadence_s or 0.0)) else None


def checks_of(evidence: Evidence, seen: Seen) -> tuple[Check, ...]:
    """Return the list of checks, in the order in which they are shown."""
    return (
        _recorder(evidence),
        _alive(evidence, seen),
        _debug_heap(seen),
        _samples(evidence, seen),
        _context(evidence, seen),
    )


def _recorder(evidence: Evidence) -> Check:
    state = evidence.recorder.state
    if state == "running":
        return Check("recorder", "ok", "running")
    if state == "from_disk":
        return Check("recorder", "ok", "recording opened from disk")
    what = "Resume recording; what the board says meanwhile is lost."
    return Check("recorder", "failed" if state == "stopped" else "warning", state, what)


def _alive(evidence: Evidence, seen: Seen) -> Check:
    newest = evidence.recorder.newest_row_ts
    if newest is None:
        return Check(
            "device", "failed", "no row of any kind from this device", "Connect the board, or choose its port."
        )
    if seen.silent_for is not None:
        text = f"silent for {seen.silent_for:,.0f} s; silence is no leak"
        return Check("device", "failed", text, "Look whether the board is powered and its link is up.")
    text = f"newest row {max(evidence.now - newest, 0):,.0f} s ago"
    last = evidence.recorder.newest_sample_ts
    if last is not None and seen.cadence_s is not None and evidence.now - last > CADENCES_OF_GAP * seen.cadence_s:
        text += f", but the newest sample {evidence.now - last:,.0f} s ago"
        return Check(
            "device", "warning", text, "The board speaks: wait for its next heap figure, or ask it for LocalStats."
        )
    return Check("device", "ok", text)


def _debug_heap(seen: Seen) -> Check:
    text = f"DEBUG_HEAP {seen.debug_heap}: {seen.debug_heap_reason}"
    if seen.debug_heap == "ON":
        return Check("build", "ok", text)
    return Check("build", "warning", text, "A build with -DDEBUG_HEAP=1, in console mode, names the leaking thread.")


def _samples(evidence: Evidence, seen: Seen) -> Check:
    if seen.unsupported:
        text = "this platform does not report its heap (4294967295 or -1)"
        return Check("samples", "failed", text, "Use a board with heap functions: ESP32, nRF52 or RP2040.")
    named = ", ".join(f"{count:,} {source}" for source, count in seen.sources)
    cadence = "" if seen.cadence_s is None else f", one each {seen.cadence_s:,.0f} s"
    text = f"{seen.samples:,} samples in the window{cadence}" + (f" ({named})" if named else "")
    if evidence.foreign_rows:
        text += f"; {evidence.foreign_rows:,} rows of other nodes left out"
    if seen.samples >= MIN_SAMPLES:
        return Check("samples", "ok", text)
    what = f"{MIN_SAMPLES - seen.samples} more are needed: take a longer window, or ask the board for LocalStats."
    return Check("samples", "failed", text, what)


def _context(evidence: Evidence, seen: Seen) -> Check:
    marks = sum(event.kind == "mark" for event in evidence.events)
    losses = wording.count(seen.link_losses, "lost link")
    text = f"{wording.count(marks, 'mark')}, {wording.count(seen.restarts, 'restart')}, {losses} without restart"
    return Check("context", "warning" if seen.restarts or seen.link_losses else "ok", text)
