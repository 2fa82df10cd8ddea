# SPDX-License-Identifier: GPL-3.0-only
"""What the tester may set about recording."""

from __future__ import annotations

from typing import NamedTuple


class RecordingOptions(NamedTuple):
    """``auto_record``: begin to record when a board is connected. The rest holds from the next opening on."""

    auto_record: bool = True
    part_bytes: int = 100 * 1024 * 1024
    """A live file that has reached this is rolled over."""
    archives_kept: int = 20
    """Archives kept of each stream."""
    reserve_bytes: int = 500_000_000
    """Free space at which recording stops by itself."""
