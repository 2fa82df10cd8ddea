# SPDX-License-Identifier: GPL-3.0-only
"""Lines on the whole road of the recorder thread (inbox, parse, rows, restarts, file) beside the peer's handler."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from meshtastic_mcp.recorder.recorder import Recorder

from mtleak_gui.core.records import RawLine
from mtleak_gui.core.rows import CONSOLE_ROLE
from mtleak_gui.engine.inbox import Inbox, RecorderWish
from mtleak_gui.engine.row_maker import RowMaker
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.benchmarks.figures import Figure

LINES = 20_000
ROUNDS = 7
BATCH = 64
PORT = "/dev/ttyUSB0"
LINE = (
    "DEBUG | 12:34:56 {n} [Router] [heap {heap}] handleReceived(REMOTE) (id=0x{n:08x} fr=0x6985da60 to=0xffffffff, "
    "transport = 1, WantAck=0, HopLim=2 Ch=0)"
)


def run() -> list[Figure]:
    """Measure both in turns, so that a busy moment of the machine meets both; the best of each counts."""
    lines = [LINE.format(n=n, heap=92_344 - n % 512) for n in range(LINES)]
    with tempfile.TemporaryDirectory() as folder:
        recording = Recording.open(Path(folder, "ours"), limits=RotationLimits(reserve_bytes=0))
        recording.start()
        peer = Recorder(Path(folder, "peer"))
        peer.start()
        try:
            rounds = [(_ours(lines, recording), _peers(lines, peer)) for _ in range(ROUNDS)]
        finally:
            peer.stop()
            recording.close()
    ours, theirs = (min(times) / LINES for times in zip(*rounds, strict=True))
    name = f"inbox to file, 2 rows a line, batches of {BATCH}"
    return [Figure(name, f"{1 / ours:,.0f} lines/s", f"{1 / theirs:,.0f} lines/s", theirs / ours)]


def _ours(lines: list[str], recording: Recording) -> float:
    inbox, row_maker = Inbox(), RowMaker()
    start = time.perf_counter()
    for at in range(0, LINES, BATCH):
        for text in lines[at : at + BATCH]:
            inbox.put(RawLine(time.time(), PORT, CONSOLE_ROLE, text))
        heard = [item for item in inbox.drain(0) if not isinstance(item, RecorderWish)]
        recording.append(row_maker.make(heard).rows)
    return time.perf_counter() - start


def _peers(lines: list[str], peer: Recorder) -> float:
    start = time.perf_counter()
    for text in lines:
        peer._on_serial_line(text, PORT)
    return time.perf_counter() - start
