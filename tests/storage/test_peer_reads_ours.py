# SPDX-License-Identifier: GPL-3.0-only
"""The queries of the ``meshtastic-mcp`` package read our folders: the same rows, in the same order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from mtleak_gui.storage.archive_format import stream_files
from mtleak_gui.storage.recording import Recording
from tests.storage.rows_on_disk import NOON, QUIET, SetClock, heap_row, log_row, rows_of

ASK = """
import json
from meshtastic_mcp import log_query
everything = {"start": 0, "end": 4e9}
print(json.dumps({
    "logs": log_query.logs_window(**everything, max_lines=10**6)["lines"],
    "grep": log_query.logs_window(**everything, grep="line 1.9$", max_lines=10**6)["total_matched"],
    "packets": log_query.packets_window(**everything, max=10**6)["packets"],
    "events": log_query.events_window(**everything, max=10**6)["events"],
    "heap": log_query.telemetry_timeline(window=4e9, max_points=10**6),
}))
"""


def asked_of_the_peer(folder: Path) -> dict[str, Any]:
    environment = {**os.environ, "MESHTASTIC_MCP_LOG_DIR": str(folder)}
    done = subprocess.run([sys.executable, "-c", ASK], env=environment, check=True, capture_output=True, timeout=60)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_peers_queries_answer_from_our_folder(tmp_path: Path) -> None:
    noisy = {"line": "\x1b[32mINFO\x1b[0m | grün ☃ 😀 \ufffd", "heap_free": 99_000, "signature": "oom"}
    limits = replace(QUIET, part_bytes=60_000)
    with closing(Recording.open(tmp_path, limits=limits, clock=SetClock())) as recording:
        recording.start()
        for number in range(2000):
            recording.append([log_row(NOON + number, number), heap_row(NOON + number, number)])
        stream, row = log_row(NOON + 2000, 2000)
        recording.append([(stream, {**row, **noisy}), ("packets", {"ts": NOON + 2000, "portnum": "TEXT", "id": 7})])
        recording.mark("phase — 1", "note", {"nested": {"list": [1, None, "é"]}})
        recording.pause("why")
        recording.resume()
        recording.stop()
        assert recording.wait_for_archives(20)
    assert len(stream_files(tmp_path, "logs").archives) > 2
    peer = asked_of_the_peer(tmp_path)
    for stream in ("logs", "packets", "events"):
        assert peer[stream] == rows_of(tmp_path, stream)
    assert peer["grep"] == 10
    assert peer["heap"]["samples"] == 2000
    assert peer["heap"]["points"][-1] == {"ts": NOON + 1999, "value": 98_001.0}
