# SPDX-License-Identifier: GPL-3.0-only
"""Recordings of a made-up board, as our recorder and as the peer's write them: rows with the very keys of each."""

from __future__ import annotations

import json
from pathlib import Path

from meshtastic_mcp.recorder import parsers

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.records import RawLine
from mtleak_gui.core.rows import Row, heap_row, log_row
from mtleak_gui.storage.folder_adoption import write_marker

START = 1_795_000_000.0
PORT = "/dev/ttyUSB0"
NODE = "!a1b2c3d4"
NEIGHBOUR = "!0badcafe"
TOTAL = 294_912


class BoardRecording:
    """Collects rows; ``write`` puts them into a folder. Times are seconds after :data:`START`."""

    def __init__(self, *, ours: bool = True, port: str | None = PORT, boot: float = -200_000.0) -> None:
        self.port = port
        self.boot = boot
        self._ours = ours
        self._streams: dict[str, list[Row]] = {"logs": [], "telemetry": [], "packets": [], "events": []}

    def local_stats(self, at: float, free: object, *, node: object = NODE, total: object = TOTAL) -> None:
        """Add a LocalStats packet; ``free`` of ``None`` is left out, as builds without heap functions do."""
        fields: Row = {"uptimeSeconds": int((at - self.boot) // 60 * 60), "numOnlineNodes": 4}
        if free is not None:
            fields |= {"heapTotalBytes": total, "heapFreeBytes": free}
        self.telemetry(at, "local", fields, node=node)

    def device_metrics(self, at: float, battery: float, *, node: object = NODE) -> None:
        fields: Row = {"batteryLevel": battery, "voltage": 3.9, "uptimeSeconds": int((at - self.boot) // 60 * 60)}
        self.telemetry(at, "device", fields, node=node)

    def telemetry(self, at: float, variant: str, fields: Row, *, node: object = NODE) -> None:
        row: Row = {"ts": START + at, "port": self.port, "role": "serial", "from_node": node, "variant": variant}
        self.row("telemetry", {**row, "fields": fields, "device_time": int(START + at)})

    def line(
        self, at: float, message: str, *, level: str = "DEBUG", thread: str = "Router", heap: int | None = None
    ) -> None:
        """Add a console line with header, as the board prints it."""
        prefix = "" if heap is None else f"[heap {heap}] "
        self.raw_line(at, f"{level:<5} | 12:34:56 {int(at - self.boot)} [{thread}] {prefix}{message}")

    def raw_line(self, at: float, text: str) -> None:
        heard = RawLine(START + at, self.port, "serial_session", text)
        if self._ours:
            line = parse(text)
            self.row("logs", log_row(heard, line))
            made = None if line.heap is None else heap_row(heard, line.heap)
            if made is not None:
                self.row("telemetry", made)
        else:
            self._as_the_peer_does(heard)

    def event(
        self, at: float, kind: str, *, label: str | None = None, note: str | None = None, data: Row | None = None
    ) -> None:
        port = None if kind == "mark" or kind.startswith("recorder") else self.port
        row: Row = {"ts": START + at, "kind": kind, "label": label, "note": note, "port": port, "role": "serial"}
        self.row("events", {**row, "data": data})

    def device_info(self, at: float, **data: object) -> None:
        self.event(at, "device_info", data={"node_id": NODE, "node_num": int(NODE[1:], 16), **data})

    def packet(self, at: float, rx_rssi: int | None = None) -> None:
        row: Row = {"ts": START + at, "port": self.port, "role": "serial", "from_node": NEIGHBOUR}
        self.row("packets", {**row, "rx_rssi": rx_rssi})

    def row(self, stream: str, row: Row) -> None:
        self._streams[stream].append(row)

    def write(self, folder: Path) -> Path:
        """Write the rows collected so far, ascending in time as a recorder does."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._ours:
            write_marker(folder, START, demo=False)
        for stream, rows in self._streams.items():
            ordered = sorted(rows, key=_ts) if self._ours else rows
            text = "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in ordered)
            (folder / f"{stream}.jsonl").write_text(text, encoding="ascii")
        return folder

    def _as_the_peer_does(self, heard: RawLine) -> None:
        """Copy ``Recorder._on_serial_line``: it cannot be called, because it takes the time from the system's clock."""
        parsed = parsers.parse_log_line(heard.text)
        row: Row = {"ts": heard.ts, "port": heard.port, "role": heard.role}
        row |= {"level": parsed.get("level"), "tag": parsed.get("tag"), "uptime_s": parsed.get("uptime_s")}
        row["line"] = parsed["line"]
        row |= {key: parsed[key] for key in ("heap_free", "heap_total", "heap_delta", "heap_event") if key in parsed}
        self.row("logs", row)
        if isinstance(parsed.get("heap_free"), int):
            fields = {"heap_free_bytes": parsed["heap_free"]}
            if isinstance(parsed.get("heap_total"), int):
                fields["heap_total_bytes"] = parsed["heap_total"]
            made: Row = {"ts": heard.ts, "port": heard.port, "role": heard.role, "from_node": None, "variant": "local"}
            self.row("telemetry", {**made, "fields": fields, "source": "debug_heap_serial"})


def _ts(row: Row) -> float:
    ts = row["ts"]
    return float(ts) if isinstance(ts, int | float) else 0.0
