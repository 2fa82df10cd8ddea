# SPDX-License-Identifier: GPL-3.0-only
"""Scenarios as recording folders with the rows of the peer, so that the whole way from files to verdict is measured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Evidence

_OWN, _NEIGHBOUR = "!a1b2c3d4", "!0badcafe"
Row = dict[str, object]


def write_recording(evidence: Evidence, folder: Path) -> Path:
    """Write the evidence as the peer's recorder would have written what led to it, rows ascending in time.

    A host clock that went back cannot be written: evidence does not keep where its samples stood in the file.
    """
    folder.mkdir(parents=True)
    telemetry, logs = list(_telemetry(evidence)), list(_logs(evidence))
    for stream, rows in (("telemetry", telemetry), ("logs", logs), ("events", list(_events(evidence)))):
        text = "".join(
            json.dumps(row, separators=(",", ":")) + "\n" for _, row in sorted(rows, key=lambda pair: pair[0])
        )
        (folder / f"{stream}.jsonl").write_text(text, encoding="ascii")
    return folder


def _telemetry(evidence: Evidence) -> Iterator[tuple[float, Row]]:
    port, samples = evidence.request.port, evidence.samples
    text = samples.source == ("debug_heap",)
    for ts, value, uptime in zip(samples.ts, samples.value, samples.uptime_s, strict=True):
        if text:
            made: Row = {"ts": ts, "port": port, "role": "serial_session", "from_node": None, "variant": "local"}
            yield ts, {**made, "fields": {"heap_free_bytes": int(value)}, "source": "debug_heap_serial"}
        else:
            fields: Row = {"heapFreeBytes": int(value)}
            if evidence.total_heap is not None:
                fields["heapTotalBytes"] = int(evidence.total_heap)
            if np.isfinite(uptime):
                fields["uptimeSeconds"] = int(uptime)
            yield ts, _packet(ts, port, _OWN, "local", fields)
    for ts, uptime, source in zip(evidence.uptime_ts, evidence.uptime_s, evidence.uptime_source, strict=True):
        if source == 1:
            yield ts, _packet(ts, port, _OWN, "device", {"batteryLevel": 90, "uptimeSeconds": int(uptime)})
    for number in range(min(evidence.foreign_rows, samples.ts.size // 2)):
        yield (
            samples.ts[number] + 1,
            _packet(samples.ts[number] + 1, port, _NEIGHBOUR, "local", {"heapFreeBytes": 90_000}),
        )
    for _ in range(evidence.not_reported):
        yield evidence.now, _packet(evidence.now, port, _OWN, "local", {"heapFreeBytes": 4_294_967_295})


def _packet(ts: float, port: str | None, node: str, variant: str, fields: Row) -> Row:
    row: Row = {"ts": float(ts), "port": port, "role": "serial", "from_node": node, "variant": variant}
    return {**row, "fields": fields, "device_time": int(ts)}


def _logs(evidence: Evidence) -> Iterator[tuple[float, Row]]:
    for ts, uptime, source in zip(evidence.uptime_ts, evidence.uptime_s, evidence.uptime_source, strict=True):
        if source == 0:
            text = f"DEBUG | ??:??:?? {int(uptime)} [Router] [heap 1] hello"
            yield ts, _log(evidence, ts, text, uptime_s=int(uptime), heap_free=1)
    for line in evidence.lines:
        yield line.ts, _log(evidence, line.ts, line.text)
    for delta in evidence.thread_deltas:
        sign = "------" if delta.kind == "leaked" else "++++++"
        text = f"{sign} Thread {delta.thread} {delta.kind} heap {delta.before} -> {delta.after} ({delta.delta}) {sign}"
        event = {"kind": delta.kind, "thread": delta.thread, "before": delta.before, "after": delta.after}
        yield delta.ts, _log(evidence, delta.ts, text, heap_free=1, heap_event={**event, "delta": delta.delta})
    for ts, block in zip(evidence.block_ts, evidence.largest_block, strict=True):
        text = f"Heap: 1/2 bytes free (-1 since last), min 1, largest block {int(block)}"
        yield ts, _log(evidence, ts, text, heap_free=1)


def _log(evidence: Evidence, ts: float, text: str, **more: object) -> Row:
    row: Row = {"ts": float(ts), "port": evidence.request.port, "role": "serial_session", "level": None, "tag": None}
    return {**row, "uptime_s": None, "line": text, **more}


def _events(evidence: Evidence) -> Iterator[tuple[float, Row]]:
    for event in evidence.events:
        data = None if event.data is None else dict(event.data)
        row: Row = {"ts": event.ts, "kind": event.kind, "label": event.label, "note": event.note, "port": event.port}
        yield event.ts, {**row, "role": "serial", "data": data}
