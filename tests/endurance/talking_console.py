# SPDX-License-Identifier: GPL-3.0-only
"""A board that says numbered console lines at a steady rate: ``... DEVICE NAME SECONDS RATE HEAP LEAVE``.

``DEVICE`` becomes a link to its pseudo-terminal. Each line tells ``NAME`` and its number; each ``HEAP`` s one tells the
free heap, which slowly leaks. Each ``LEAVE`` s (0: never) the board goes away and comes back two seconds later on
another terminal, when all that it said was read. Prints how many lines it said.
"""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import sys
import termios
import time
import tty
from pathlib import Path

_AWAY_S = 2.0
_FOUND_WITHIN_S = 4.0
_TURN_S = 0.01
_LEAK_PER_SAMPLE = 8


def line_of(name: str, number: int, uptime_s: int) -> str:
    """Return the line of that number."""
    return f"DEBUG | 12:34:56 {uptime_s} [Router] said {name} {number:09d} over (fr=0x433d1a2c HopLim=3)\r\n"


def heap_line(free: int, uptime_s: int) -> str:
    """Return a line that tells the free heap."""
    figures = f"{free}/294912 bytes free (-8 since last), min {free}, largest block 65536"
    return f"DEBUG | 12:34:56 {uptime_s} [Power] Heap: {figures}\r\n"


class Console:
    """The board's end of a terminal under a fixed name."""

    def __init__(self, device: Path) -> None:
        self._device = device
        self._master = self._slave = -1

    def plug_in(self) -> None:
        """Be there, on a new terminal."""
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        link = self._device.with_name(self._device.name + ".new")
        link.symlink_to(os.ttyname(self._slave))
        link.replace(self._device)

    def say(self, text: bytes) -> None:
        """Say it, as fast as it is read."""
        while text:
            text = text[os.write(self._master, text) :]

    def pull_out(self) -> None:
        """Go away, when all was read."""
        while self._unread():
            time.sleep(_TURN_S)
        time.sleep(0.2)
        self._device.unlink()
        os.close(self._master)
        os.close(self._slave)

    def _unread(self) -> int:
        waiting = fcntl.ioctl(self._slave, termios.FIONREAD, b"\0\0\0\0")
        return int(struct.unpack("i", waiting)[0])


def main(device: str, name: str, *pace: float) -> None:
    """Talk."""
    seconds, rate, heap_s, leave_s = pace
    console = Console(Path(device))
    console.plug_in()
    # Begins when it is told to.
    sys.stdin.readline()
    said, samples = 0, 0
    began = left = time.monotonic()
    while (now := time.monotonic()) - began < seconds:
        if leave_s and now - left > leave_s:
            console.pull_out()
            time.sleep(_AWAY_S)
            console.plug_in()
            # Whoever listens needs a moment to find it again; what nobody hears is no row that was lost.
            time.sleep(_FOUND_WITHIN_S)
            left = time.monotonic()
        uptime = int(now - began)
        due = int((now - began) * rate)
        text = "".join(line_of(name, number, uptime) for number in range(said, due))
        said = due
        while samples * heap_s < now - began:
            text += heap_line(150_000 - _LEAK_PER_SAMPLE * samples, uptime)
            samples += 1
        console.say(text.encode())
        time.sleep(_TURN_S)
    console.pull_out()
    print(said, samples)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(float, sys.argv[3:]))
