# SPDX-License-Identifier: GPL-3.0-only
"""Opens a serial port as a user without rights and says what trouble that is: run as a program of its own.

Tests often run as root, whom no permission stops. Everything is imported before the rights are given up, because the
packages may lie where that user cannot read.

    python -m tests.link.unprivileged DEVICE USER GROUP
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from mtleak_gui.core.contracts import LinkError
from mtleak_gui.core.link_trouble import LinkTrouble, Remedy
from mtleak_gui.link.byte_stream import open_serial

NOBODY = 65_534
STRANGE_GROUP = 54_321
"""No group of the system has this number."""


def trouble_of_nobody(device: str) -> LinkTrouble:
    """Return the trouble that a user without any group has with a port; the test fails when there is none."""
    command = [sys.executable, "-m", "tests.link.unprivileged", device, str(NOBODY), str(STRANGE_GROUP)]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    remedies = tuple(Remedy(*remedy) for remedy in told.pop("remedies"))
    return LinkTrouble(**told, remedies=remedies)


def _main(device: str, user: int, group: int) -> None:
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
    try:
        open_serial(device).close()
    except LinkError as error:
        print(json.dumps(error.trouble._asdict()))
        return
    sys.exit(f"{device} could be opened by user {os.getuid()}")


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
