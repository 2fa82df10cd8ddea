# SPDX-License-Identifier: GPL-3.0-only
"""How much a recording keeps, and how closely it is guarded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RotationLimits:
    """Sizes in bytes, times in seconds."""

    part_bytes: int = 100 * 1024 * 1024
    """A live file that has reached this is rolled over."""
    archives_kept: int = 20
    """Archives kept of each stream."""
    reserve_bytes: int = 500_000_000
    """Free space at which the recording stops by itself."""
    waiting_bytes: int = 16 * 1024 * 1024
    """Rows that may wait in memory while the disk cannot be written."""
    sync_every_s: float = 5.0
    """Rows are on the disk, and not only with the system, after at most this long."""
    upkeep_every_s: float = 1.0
    """How often waiting rows are tried again and the files looked after."""
    space_check_every_s: float = 3.0
    """How often the free space is looked at."""
