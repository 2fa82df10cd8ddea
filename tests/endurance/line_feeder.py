# SPDX-License-Identifier: GPL-3.0-only
"""A board that prints numbered lines as fast as it is told: DESCRIPTOR NAME LINES_A_SECOND SECONDS.

A process of its own, so that what it costs is not counted as ours. Prints how many lines it got rid of and in how many
seconds; when nobody takes them it waits, as a program on a pseudo-terminal does, and is late.
"""

from __future__ import annotations

import json
import os
import sys
import time

_TURN_S = 0.005


def line(name: str, number: int, rate: int) -> str:
    """Return one line of a DEBUG_HEAP build: the longest common kind, whose heap figure is a sample of the curve."""
    return (
        f"\x1b[34mDEBUG \x1b[0m| 12:34:56 {1000 + number // rate} [Router] [heap {150000 - number % 997}] "
        f"handleReceived(REMOTE) (id=0x{number:08x} fr=0x433d1a2c to=0xffffffff, HopLim=3) {name} {number} over\r\n"
    )


def main(descriptor: int, name: str, rate: int, seconds: float) -> None:
    """Write for so long."""
    sent, began = 0, time.monotonic()
    while sent < rate * seconds:
        due = int(min(time.monotonic() - began, seconds) * rate)
        text = "".join(line(name, number, rate) for number in range(sent, due)).encode()
        while text:
            text = text[os.write(descriptor, text) :]
        sent = due
        time.sleep(_TURN_S)
    print(json.dumps({"sent": sent, "took_s": time.monotonic() - began}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
