# SPDX-License-Identifier: GPL-3.0-only
"""Asks a folder everything, in a process of its own: ``main(FOLDER)`` prints what was told and the most memory (MB)."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.storage.evidence_reader import EvidenceReader
from mtleak_gui.storage.past_reader import PastReader
from mtleak_gui.storage.recording_reader import RecordingReader
from tests.endurance.held_memory import peak_mb
from tests.storage.peer_queries import NOW


def main(name: str) -> int:
    """Ask, and print."""
    folder, span = Path(name), (0.0, NOW)
    reader = RecordingReader(folder, clock=lambda: NOW, may_write=False)
    logs = reader.logs_window(*span)
    reader.telemetry_timeline(span)
    reader.packets_window(*span)
    reader.events_window(*span)
    reader.status()
    reader.latest_ts()
    with tempfile.TemporaryDirectory() as target:
        exported = reader.export(*span, Path(target))
    past = PastReader(folder).read(1_000, lambda _share, _words: None)
    EvidenceReader(folder, may_write=False).read(Question(span, NOW))
    told = {
        "lines": [row["line"] for row in logs.rows],
        "report": logs.report.as_dict(),
        "exported": dict(exported.counts),
        "past": len(past.logs),
        "peak_mb": peak_mb(),
    }
    sys.stdout.write(json.dumps(told))
    return 0
