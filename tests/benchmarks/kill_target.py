# SPDX-License-Identifier: GPL-3.0-only
"""A process that records numbered rows as fast as it can until it is killed: ``... kill_target ours|peer DIR BYTES``.

The number of the last row that was handed over, and when, goes to standard output after each batch.
"""

from __future__ import annotations

import os
import sys
import time
from itertools import count
from pathlib import Path

from meshtastic_mcp.recorder.rotating import _RotatingJsonl

from mtleak_gui.core.rows import Row
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.rotation_limits import RotationLimits

BATCH = 64


def numbered_row(number: int) -> Row:
    """Return a log row of typical size whose ``uptime_s`` is ``number``."""
    line = (
        f"DEBUG | 12:34:56 {number} [Router] [heap {92_344 - number % 512}] id=0x{number * 2654435761:x} HopLim=2 Ch=0"
    )
    row: Row = {"ts": time.time(), "port": "/dev/ttyUSB0", "role": "serial_session", "level": "DEBUG", "tag": "Router"}
    return {**row, "uptime_s": number, "line": line, "heap_free": 92_344 - number % 512}


def main(whose: str, folder: Path, part_bytes: int) -> None:
    """Record for ever."""
    if whose == "peer":
        writer = _RotatingJsonl(folder / "logs.jsonl", max_bytes=part_bytes)
        for number in count():
            writer.write(numbered_row(number))
            if number % BATCH == 0:
                os.write(1, f"{number} {time.time()}\n".encode())
    limits = RotationLimits(part_bytes=part_bytes, reserve_bytes=0)
    recording = Recording.open(folder, limits=limits)
    recording.start()
    for first in count(0, BATCH):
        recording.append([("logs", numbered_row(number)) for number in range(first, first + BATCH)])
        os.write(1, f"{first + BATCH - 1} {time.time()}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
