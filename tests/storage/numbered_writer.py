# SPDX-License-Identifier: GPL-3.0-only
"""A process that records numbered rows until it is killed: ``python -m tests.storage.numbered_writer DIR FIRST BYTES``.

After each row is handed over, its number goes to standard output, so that whoever kills it knows what must be there.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.storage.rows_on_disk import heap_row, log_row


def main(folder: Path, first: int, part_bytes: int) -> None:
    """Record rows from number ``first`` on, with parts of ``part_bytes``, for ever."""
    limits = RotationLimits(part_bytes=part_bytes, archives_kept=100_000, reserve_bytes=0)
    recording = Recording.open(folder, limits=limits)
    recording.start()
    number = first
    while True:
        now = time.time()
        recording.append([log_row(now, number), heap_row(now, number)])
        os.write(1, b"%d\n" % number)
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
