# SPDX-License-Identifier: GPL-3.0-only
"""Another program that holds a serial port for itself, as terminal programs do: until its standard input ends.

python -m tests.hostile.port_holder DEVICE
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import serial


@contextmanager
def holding(device: str) -> Iterator[None]:
    """Let another process hold a port exclusively."""
    command = [sys.executable, "-m", "tests.hostile.port_holder", device]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield
        holder.stdin.close()
        holder.stdout.close()


if __name__ == "__main__":
    with serial.Serial(sys.argv[1], exclusive=True):
        print("held", flush=True)
        sys.stdin.read()
