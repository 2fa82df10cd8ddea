# SPDX-License-Identifier: GPL-3.0-only
"""Lines that ``mtleak-gui parse`` prints in a second, start of the program included, beside the peer's handler."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from meshtastic_mcp.recorder.recorder import Recorder

from tests.benchmarks.figures import Figure

CONSOLE = Path(__file__).parent.parent / "data" / "heap-stdout.log"
FORM = (
    "DEBUG | 12:34:56 {n} [Router] [heap {heap}] handleReceived(REMOTE) (id=0x{n:08x} fr=0x6985da60 to=0xffffffff, "
    "transport = 1, WantAck=0, HopLim=2 Ch=0)"
)
COPIES = 100
ROUNDS = 3
GOAL = 4.0


def run() -> list[Figure]:
    """Take a real console apart a hundred times over; the peer's handler gets its lines, and such as it understands."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log = folder / "console.log"
        log.write_bytes(CONSOLE.read_bytes() * COPIES)
        real = CONSOLE.read_text("utf-8", "replace").split("\n")
        plain = [FORM.format(n=n, heap=92_344 - n % 512) for n in range(len(real))]
        peer = Recorder(folder / "peer")
        peer.start()
        try:
            rounds = [
                (_ours(log, folder / "printed") / COPIES, _peers(plain, peer), _peers(real, peer))
                for _ in range(ROUNDS)
            ]
        finally:
            peer.stop()
    ours, theirs, theirs_real = (min(times) / len(real) for times in zip(*rounds, strict=True))
    name = f"mtleak-gui parse, {len(real) * COPIES:,} lines"
    return [
        _figure(f"{name}; the handler of the peer on lines whose heap it reads", ours, theirs, GOAL),
        _figure(f"{name}; the handler of the peer on the same lines, without their heap", ours, theirs_real),
    ]


def _figure(name: str, ours: float, theirs: float, goal: float | None = None) -> Figure:
    ratio = theirs / ours
    met = None if goal is None else ratio >= goal
    asked = "-" if goal is None else f"x{goal:.0f}"
    return Figure(name, f"{1 / ours:,.0f} lines/s", f"{1 / theirs:,.0f} lines/s", ratio, asked, met)


def _ours(log: Path, printed: Path) -> float:
    with printed.open("wb") as output:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "mtleak_gui", "parse", str(log)], stdout=output, check=True)
        return time.perf_counter() - start


def _peers(lines: list[str], peer: Recorder) -> float:
    start = time.perf_counter()
    for line in lines:
        peer._on_serial_line(line, "/dev/ttyUSB0")
    return time.perf_counter() - start
