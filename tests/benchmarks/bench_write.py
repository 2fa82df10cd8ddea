# SPDX-License-Identifier: GPL-3.0-only
"""Lines parsed and written in a second, two rows each, beside the peer's whole handler and its writer.

Ours go the way of the recorder thread, so what the window wants to know and the watch for restarts are in the figure.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from meshtastic_mcp.recorder.recorder import Recorder
from meshtastic_mcp.recorder.rotating import _RotatingJsonl

from mtleak_gui.core.records import RawLine
from mtleak_gui.core.rows import CONSOLE_ROLE, Row
from mtleak_gui.engine.row_maker import RowMaker
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.benchmarks.figures import Figure

LINES = 20_000
ROUNDS = 7
BATCH = 64
PORT = "/dev/ttyUSB0"
GOAL = 5.0
MESSAGE = "handleReceived(REMOTE) (id=0x{id:08x} fr=0x6985da60 to=0xffffffff, transport = 1, WantAck=0, HopLim=2 Ch=0)"
FORMS = {
    "": f"DEBUG | 12:34:56 {{n}} [Router] [heap {{heap}}] {MESSAGE}",
    ", with colours": f"\x1b[0m\x1b[34mDEBUG \x1b[0m| 12:34:56 {{n}} [Router] [heap {{heap}}] \x1b[34m{MESSAGE}",
}


def run() -> list[Figure]:
    """Measure the whole handler and the writer alone, in batches as the recorder thread makes them and row by row."""
    with tempfile.TemporaryDirectory() as folder:
        recording = Recording.open(Path(folder, "ours"), limits=RotationLimits(reserve_bytes=0))
        recording.start()
        recorder = Recorder(Path(folder, "peer"))
        recorder.start()
        writer = _RotatingJsonl(Path(folder, "rows.jsonl"))
        try:
            figures: list[Figure] = []
            for form, template in FORMS.items():
                figures += _handler_figures(form, _lines(template), recording, recorder)
            return [*figures, *_row_figures(recording, writer)]
        finally:
            writer.close()
            recorder.stop()
            recording.close()


def _lines(template: str) -> list[str]:
    return [template.format(n=n, heap=92_344 - n % 512, id=n * 2_654_435_761 % 2**32) for n in range(LINES)]


def _handler_figures(form: str, lines: list[str], recording: Recording, recorder: Recorder) -> list[Figure]:
    batched, singly, theirs = _seconds_each(
        lambda: _handle(recording, lines, BATCH),
        lambda: _handle(recording, lines, 1),
        lambda: _hand_over(lines, recorder),
    )
    return [
        _figure(f"parse + write 2 rows{form}, batches of {BATCH}", batched, theirs, GOAL),
        _figure(f"parse + write 2 rows{form}, line by line", singly, theirs),
    ]


def _row_figures(recording: Recording, writer: _RotatingJsonl) -> list[Figure]:
    rows = [row for stream, row in RowMaker().make(_heard(_lines(FORMS[""]))).rows if stream == "logs"]
    batched, singly, theirs = _seconds_each(
        lambda: _write(recording, rows, BATCH),
        lambda: _write(recording, rows, 1),
        lambda: _write_singly(rows, writer),
    )
    return [
        _figure(f"write a log row, batches of {BATCH}", batched, theirs),
        _figure("write a log row, row by row", singly, theirs),
    ]


def _seconds_each(*work: Callable[[], None]) -> list[float]:
    """Return the best time of each for one line, in turns, so that a busy moment of the machine meets all of them."""
    best = [1e9] * len(work)
    for _ in range(ROUNDS):
        for place, function in enumerate(work):
            start = time.perf_counter()
            function()
            best[place] = min(best[place], (time.perf_counter() - start) / LINES)
    return best


def _heard(lines: list[str]) -> list[RawLine]:
    return [RawLine(time.time(), PORT, CONSOLE_ROLE, line) for line in lines]


def _handle(recording: Recording, lines: list[str], batch: int) -> None:
    row_maker = RowMaker()
    for start in range(0, len(lines), batch):
        recording.append(row_maker.make(_heard(lines[start : start + batch])).rows)


def _write(recording: Recording, rows: list[Row], batch: int) -> None:
    for start in range(0, len(rows), batch):
        now = time.time()
        recording.append([("logs", {**row, "ts": now}) for row in rows[start : start + batch]])


def _hand_over(lines: list[str], recorder: Recorder) -> None:
    for line in lines:
        recorder._on_serial_line(line, PORT)


def _write_singly(rows: list[Row], writer: _RotatingJsonl) -> None:
    for row in rows:
        writer.write({**row, "ts": time.time()})


def _figure(name: str, ours: float, theirs: float, goal: float | None = None) -> Figure:
    ratio = theirs / ours
    asked = "-" if goal is None else f"x{goal:.0f}"
    met = None if goal is None else ratio >= goal
    return Figure(name, f"{1 / ours:,.0f}/s", f"{1 / theirs:,.0f}/s", ratio, asked, met)
