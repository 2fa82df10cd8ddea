# SPDX-License-Identifier: GPL-3.0-only
"""Files that appear complete or not at all: written to a temporary name, brought to the disk, renamed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from mtleak_gui.storage.archive_format import temporary_path

_PRIVATE_FILE = 0o600


def write_atomically(
    path: Path,
    pieces: Iterable[bytes | memoryview],
    *,
    before_naming: Callable[[int], None] | None = None,
    shared: bool = False,
) -> None:
    """Put the joined ``pieces`` at ``path``, readable by this user only.

    ``shared``: another process may be making the same file. ``before_naming(size in bytes)`` is called when all is on
    disk but has no name yet. Raises ``OSError`` and whatever ``pieces`` and ``before_naming`` raise; the file that was
    there is then untouched and no temporary one is left.
    """
    temporary = temporary_path(path, own=shared)
    size = 0
    try:
        with open(temporary, "wb", opener=private_opener) as file:
            for piece in pieces:
                size += file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if before_naming is not None:
            before_naming(size)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def private_opener(path: str, flags: int) -> int:
    """Open like ``os.open``, making a file that only this user may read."""
    return os.open(path, flags, _PRIVATE_FILE)


def sync_folder(folder: Path) -> None:
    """Bring the names in ``folder`` to the disk, where the system can do that. Raises ``OSError``."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
