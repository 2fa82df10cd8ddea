# SPDX-License-Identifier: GPL-3.0-only
"""Consoles that talk to a watched window, and what of their lines stands in the files afterwards."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

_SAID = re.compile(rb"said (\w+) (\d{9}) over")
_ROOT = Path(__file__).parents[2]


class Speech(NamedTuple):
    """What a console said."""

    lines: int
    samples: int


class TalkingConsole:
    """A console in a process of its own. It talks from ``begin`` on for ``seconds``."""

    def __init__(
        self, device: Path, name: str, seconds: float, rate: float, *, heap_s: float = 1.0, leave_s: float = 0.0
    ) -> None:
        words = [str(device), name, *map(str, (seconds, rate, heap_s, leave_s))]
        command = [sys.executable, "-m", "tests.endurance.talking_console", *words]
        self._process = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.device, self.name = device, name
        while not device.exists():
            time.sleep(0.01)

    @property
    def is_talking(self) -> bool:
        """Whether it has not said all yet."""
        return self._process.poll() is None

    def begin(self) -> None:
        """Let it talk."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def end(self) -> Speech:
        """Wait until it said all; return how much that was."""
        told, _ = self._process.communicate()
        lines, samples = told.split()
        return Speech(int(lines), int(samples))


class Kept(NamedTuple):
    """How often the numbered lines of a console stand in the files."""

    missing: int
    doubled: int


def kept_lines(folder: Path, name: str, said: int) -> Kept:
    """Look for every line of a console in the files of a recording."""
    times = np.zeros(said, np.int32)
    for block in _blocks(folder):
        numbers = [int(number) for who, number in _SAID.findall(block) if who == name.encode()]
        np.add.at(times, np.array(numbers, np.int64), 1)
    return Kept(int((times == 0).sum()), int((times > 1).sum()))


def _blocks(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.glob("logs*.jsonl*")):
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            while lines := file.readlines(1 << 22):
                yield b"".join(lines)
