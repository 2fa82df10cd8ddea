# SPDX-License-Identifier: GPL-3.0-only
"""A folder for one input, in memory where the system has such a place: a disk would be the slowest part of all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")


@contextmanager
def empty_folder() -> Iterator[Path]:
    """Give an empty folder, removed at the end."""
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as name:
        yield Path(name)
