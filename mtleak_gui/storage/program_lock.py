# SPDX-License-Identifier: GPL-3.0-only
"""Which of several programs that were started at once is the first one: the one that holds the lock on a file."""

from __future__ import annotations

import os
from pathlib import Path

from mtleak_gui.storage.atomic_file import private_opener
from mtleak_gui.storage.file_lock import lock_now, pid_in, write_pid


class ProgramLock:
    """``take`` it as often as wished; it is held until ``release`` or the end of the process.

    The file stays for good: who removes a lock file takes it away under one who has just opened it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        self.holder: int | None = None
        """The process that had it at the last try, as far as it told."""

    def take(self) -> bool:
        """Return whether it is ours now. Raises ``OSError`` when the file cannot be made."""
        if self._descriptor is not None:
            return True
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = private_opener(str(self._path), os.O_RDWR | os.O_CREAT)
        if lock_now(descriptor):
            self._descriptor = descriptor
            write_pid(descriptor)
            return True
        self.holder = pid_in(descriptor)
        os.close(descriptor)
        return False

    def release(self) -> None:
        """Let the next one be the first."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)
