# SPDX-License-Identifier: GPL-3.0-only
"""Lines parsed in a second, with every reading and signature, beside the parser and the whole handler of the peer."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from meshtastic_mcp.recorder.parsers import parse_log_line
from meshtastic_mcp.recorder.recorder import Recorder

from mtleak_gui.core.firmware_log import parse
from tests.benchmarks.figures import Figure

LINES = 20_000
ROUNDS = 7
BODIES = (
    "Module 'routing' wantsPacket=1",
    "handleReceived(REMOTE) (id=0x62e3cebc fr=0x6985da60 to=0xffffffff, transport = 1, WantAck=0, HopLim=2 Ch=0)",
    "Allocated static pool item 12 at 0x3ffb1234",
    "FromRadio=STATE_SEND_PACKETS",
    "Battery: usbPower=0, isCharging=0, batMv=3986, batPct=76",
)
FORMS = {
    "text + heap": "DEBUG | 12:34:56 {n} [Router] [heap {heap}] {body}",
    "plain text": "DEBUG | 12:34:56 {n} [Router] {body}",
    "bare LogRecord body": "{body}",
    "ANSI + heap": "\x1b[0m\x1b[34mDEBUG \x1b[0m| 12:34:56 {n} [Router] [heap {heap}] \x1b[34m{body}",
}
GOAL = 4.0


def run() -> list[Figure]:
    """Measure each form; the goal is held against the peer's handler, which also writes its rows."""
    figures = []
    for form, template in FORMS.items():
        lines = [template.format(n=n, heap=92_344 - n % 512, body=BODIES[n % len(BODIES)]) for n in range(LINES)]
        ours, theirs, handler = _seconds_a_line(lines)
        figures.append(
            Figure(f"parse, {form}", _rate(ours), f"{_rate(theirs)} (its parser)", theirs / ours),
        )
        figures.append(
            Figure(
                f"parse, {form}, against the handler",
                _rate(ours),
                f"{_rate(handler)} (parse and write)",
                handler / ours,
                f"x{GOAL:.0f}",
                handler / ours >= GOAL,
            )
        )
    return figures


def _seconds_a_line(lines: list[str]) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as folder:
        recorder = Recorder(Path(folder))
        recorder.start()
        try:
            work: tuple[Callable[[str], object], ...] = (parse, parse_log_line, recorder._on_serial_line)
            best = [min(times) for times in zip(*(_round(work, lines) for _ in range(ROUNDS)), strict=True)]
        finally:
            recorder.stop()
    return best[0], best[1], best[2]


def _round(work: tuple[Callable[[str], object], ...], lines: list[str]) -> list[float]:
    """Time each once over all lines, one after the other, so that a busy moment of the machine meets all of them."""
    times = []
    for function in work:
        start = time.perf_counter()
        for line in lines:
            function(line)
        times.append((time.perf_counter() - start) / len(lines))
    return times


def _rate(seconds: float) -> str:
    return f"{1 / seconds:,.0f}/s ({seconds * 1e6:.2f} us)"
