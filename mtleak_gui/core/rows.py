# SPDX-License-Identifier: GPL-3.0-only
"""Frozen values to the rows of the four JSONL streams: the only place that knows their keys.

Keys and their order are those of the recorder of the ``meshtastic-mcp`` package, so that its queries read our folders;
keys of ours come after them. A row is a plain ``dict``; turning it into bytes is the business of ``storage``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mtleak_gui.core.records import (
    HeapReading,
    LogLine,
    MemAudit,
    RawEvent,
    RawLine,
    RawMark,
    RawPacket,
    StreamName,
    TelemetryReading,
)

Row = dict[str, object]

CONSOLE_ROLE = "serial_session"
"""The role of rows that were heard on a text console, as the peer names it."""

_DEBUG_HEAP_KINDS = ("prefix", "heap_status")
_PREFIX_ALONE = (None, None, None, None, "prefix")
"""What a heap reading states beside the free heap when it comes from the ``[heap N]`` prefix and nothing else."""
_PAYLOAD_PREFIX_BYTES = 64
SECRET_PORTNUMS = frozenset({"ADMIN_APP", 6, "KEY_VERIFICATION_APP", 12})
"""Admin messages carry session passkeys and private keys: their payload is never recorded."""


def log_row(heard: RawLine, line: LogLine) -> Row:
    """Return the logs row of a line; level and thread of a LogRecord win over those read from its text."""
    # Taken apart at once: this runs for each line, and reading attributes one by one costs half as much again.
    ts, port, role, text, record_level, record_thread, device_time = heard
    _, level, _, uptime_s, thread, _, heap, heap_event, alloc_site, mem_audit, _, _, signature = line
    row: Row = {
        "ts": ts,
        "port": port,
        "role": role,
        "level": record_level or level,
        "tag": record_thread or thread,
        "uptime_s": uptime_s,
        "line": text,
    }
    if heap is not None:
        _add_heap(row, heap)
    if heap_event is not None:
        row["heap_event"] = heap_event._asdict()
    if heap is not None and (heap.min_free is not None or heap.largest_block is not None):
        _add_stated(row, "min_free", heap.min_free)
        _add_stated(row, "largest_block", heap.largest_block)
    if alloc_site is not None:
        row["alloc_site"] = alloc_site._asdict()
    if mem_audit is not None:
        row["mem_audit"] = mem_audit_value(mem_audit)
    if signature is not None:
        row["signature"] = signature
    if device_time:
        row["device_time"] = device_time
    return row


def line_rows(heard: Iterable[RawLine], lines: Iterable[LogLine]) -> list[tuple[StreamName, Row]]:
    """Return the rows of many lines in their order: of each its logs row, then the telemetry row of its heap."""
    rows: list[tuple[StreamName, Row]] = []
    add = rows.append
    for raw, line in zip(heard, lines, strict=True):
        ts, port, role, text, record_level, record_thread, device_time = raw
        _, level, _, uptime_s, thread, _, heap, heap_event, alloc_site, mem_audit, _, _, signature = line
        told = heap_event or alloc_site or mem_audit or signature or device_time
        if told or heap is None or heap[1:] != _PREFIX_ALONE:
            add(("logs", log_row(raw, line)))
            if heap is not None and (row := heap_row(raw, heap)) is not None:
                add(("telemetry", row))
            continue
        # What log_row and heap_row make of the commonest line of a DEBUG_HEAP board, without the calls.
        free = heap[0]
        log: Row = {
            "ts": ts,
            "port": port,
            "role": role,
            "level": record_level or level,
            "tag": record_thread or thread,
            "uptime_s": uptime_s,
            "line": text,
            "heap_free": free,
        }
        add(("logs", log))
        telemetry: Row = {
            "ts": ts,
            "port": port,
            "role": role,
            "from_node": None,
            "variant": "local",
            "fields": {"heap_free_bytes": free},
            "source": "debug_heap_serial" if role == CONSOLE_ROLE else "debug_heap",
        }
        add(("telemetry", telemetry))
    return rows


def mem_audit_value(audit: MemAudit) -> Row:
    """Return a MemAudit table as plain JSON: ``{"phase", "subsystems", "total"}``."""
    return {"phase": audit.phase, "subsystems": dict(audit.subsystems), "total": audit.total}


def heap_row(heard: RawLine, heap: HeapReading) -> Row | None:
    """Return the telemetry row that a heap reading in a log line makes, or ``None`` when it states no free heap."""
    free, total, _, min_free, largest_block, kind = heap
    if free is None:
        return None
    fields: Row = {"heap_free_bytes": free}
    if total is not None:
        fields["heap_total_bytes"] = total
    if min_free is not None:
        fields["heap_min_free_bytes"] = min_free
    if largest_block is not None:
        fields["heap_largest_block_bytes"] = largest_block
    ts, port, role, _, _, _, _ = heard
    if kind in _DEBUG_HEAP_KINDS:
        source = "debug_heap_serial" if role == CONSOLE_ROLE else "debug_heap"
    else:
        source = "heap_line"
    return {
        "ts": ts,
        "port": port,
        "role": role,
        "from_node": None,
        "variant": "local",
        "fields": fields,
        "source": source,
    }


def telemetry_row(heard: RawPacket, reading: TelemetryReading) -> Row:
    """Return the telemetry row of a telemetry packet."""
    return {
        "ts": heard.ts,
        "port": heard.port,
        "role": heard.role,
        "from_node": reading.from_node,
        "variant": reading.variant,
        "fields": {name: _plain(value) for name, value in reading.fields.items()},
        "device_time": reading.device_time,
    }


def packet_row(heard: RawPacket) -> Row:
    """Return the packets row of any packet: a summary with the first 64 bytes of its payload, never more."""
    packet = heard.packet
    found = packet.get("decoded")
    decoded: Mapping[str, object] = found if isinstance(found, Mapping) else {}
    portnum = decoded.get("portnum")
    size, prefix = _payload_summary(decoded.get("payload"))
    return {
        "ts": heard.ts,
        "port": heard.port,
        "role": heard.role,
        "from_node": packet.get("fromId") or packet.get("from"),
        "to_node": packet.get("toId") or packet.get("to"),
        "portnum": portnum,
        "hop_limit": packet.get("hopLimit"),
        "want_ack": packet.get("wantAck"),
        "rx_rssi": packet.get("rxRssi"),
        "rx_snr": packet.get("rxSnr"),
        "channel": packet.get("channel"),
        "id": packet.get("id"),
        "payload_size": size,
        "payload_hex_prefix": None if portnum in SECRET_PORTNUMS else prefix,
    }


def event_row(event: RawEvent) -> Row:
    """Return the events row of an event."""
    return {
        "ts": event.ts,
        "kind": event.kind,
        "label": event.label,
        "note": event.note,
        "port": event.port,
        "role": event.role,
        "data": None if event.data is None else {name: _plain(value) for name, value in event.data.items()},
    }


def mark_rows(mark: RawMark) -> tuple[Row, Row]:
    """Return the events row and the logs row of a mark."""
    event = event_row(RawEvent(mark.ts, "mark", mark.label, mark.note, data=mark.data))
    line = f"[mark] {mark.label}" + (f" — {mark.note}" if mark.note else "")
    log: Row = {
        "ts": mark.ts,
        "port": None,
        "role": "marker",
        "level": "MARK",
        "tag": "mark_event",
        "line": line,
    }
    return event, log


def _add_heap(row: Row, heap: HeapReading) -> None:
    free, total, delta, _, _, _ = heap
    if free is not None:
        row["heap_free"] = free
    if total is not None:
        row["heap_total"] = total
    if delta is not None:
        row["heap_delta"] = delta


def _add_stated(row: Row, key: str, figure: int | None) -> None:
    if figure is not None:
        row[key] = figure


def _payload_summary(payload: object) -> tuple[int | None, str | None]:
    if isinstance(payload, bytes | bytearray | memoryview):
        held = bytes(payload)
        return len(held), held[:_PAYLOAD_PREFIX_BYTES].hex()
    if isinstance(payload, str):
        return len(payload), None
    return None, None


def _plain(value: object) -> object:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    return value
