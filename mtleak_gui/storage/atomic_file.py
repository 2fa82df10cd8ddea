# SPDX-License-Identifier: GPL-3.0-only
"""Files that appear complete or not at all and then stay: written to a temporary name, synced, renamed, synced."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from mtleak_gui.storage.archive_format import temporary_path

_PRIVATE_FILE = 0o600
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)
"""What file systems that cannot sync a folder answer, some network ones among them."""


def write_atomically(
    path: Path,
    pieces: Iterable[bytes | memoryview],
    *,
    before_naming: Callable[[int], None] | None = None,
    shared: bool = False,
) -> None:
    """Put the joined ``pieces`` at ``path``, readable by this user only; on return it outlasts a power cut.

    ``shared``: another process may be making the same file. ``before_naming(size in bytes)`` is called when all is on
    disk but has no name yet. Raises ``OSError`` and whatever ``pieces`` and ``before_naming`` raise; the file that was
    there is then untouched, unless nothing but its folder could not be synced, and no temporary one is left.
    """
    temporary = temporary_path(path, own=shared)
    try:
        size = write_through(temporary, pieces)
        if before_naming is not None:
            before_naming(size)
        temporary.replace(path)
        sync_folder(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_through(path: Path, pieces: Iterable[bytes | memoryview]) -> int:
    """Write a file that only this user may read, bring its bytes (not its name) to the disk, and return their count.

    Raises ``OSError`` and whatever ``pieces`` raises.
    """
    size = 0
    with open(path, "wb", opener=private_opener) as file:
        for piece in pieces:
            size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return size


def private_opener(path: str, flags: int) -> int:
    """Open like ``os.open``, making a file that only this user may read."""
    return os.open(path, flags, _PRIVATE_FILE)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make ``folder`` where it is missing, and the folders above it, so that they outlast a power cut.

    ``mode`` is that of ``folder`` itself. Raises ``OSError``.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(mode, parents=True, exist_ok=True)
    for path in reversed(missing):
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in ``folder`` to the disk, where the system can do that. Raises ``OSError``."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as trouble:
        if trouble.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)
