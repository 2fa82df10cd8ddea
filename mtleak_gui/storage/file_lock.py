# SPDX-License-Identifier: GPL-3.0-only
"""A lock of the operating system on an open file: it ends with its process, however that ends."""

from __future__ import annotations

import errno
import logging
import os
import sys

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_BUSY = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
_WINDOWS_LOCK_AT = 1 << 20
"""Windows refuses reads of locked bytes: lock one far behind the process id, so that others can read that."""

_log = logging.getLogger(__name__)


def lock_now(descriptor: int) -> bool:
    """Lock a file that is open for writing, without waiting; return whether the lock is ours now."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _WINDOWS_LOCK_AT, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as trouble:
        if trouble.errno in _BUSY:
            return False
        # Some network file systems know no locks: to work without one is better than not to work.
        _log.warning("The file system cannot lock (%s); nothing keeps a second program out.", trouble)
    return True


def write_pid(descriptor: int) -> None:
    """Say in the file whose lock it is."""
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, f"{os.getpid()}\n".encode())


def pid_in(descriptor: int) -> int | None:
    """Return the process id that the file tells, ``None`` when it tells none."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    text = os.read(descriptor, 20).decode("ascii", "replace").strip()
    return int(text) if text.isdecimal() else None
