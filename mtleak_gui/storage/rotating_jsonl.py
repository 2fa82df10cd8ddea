# SPDX-License-Identifier: GPL-3.0-only
"""One stream's live file: whole rows appended in one write, rolled over by a rename.

Not thread-safe: the recording that owns it serialises the calls.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from mtleak_gui.core.records import StreamName
from mtleak_gui.storage.archive_format import live_path, newest_stamp, next_stamp, part_path
from mtleak_gui.storage.atomic_file import private_opener

_FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)


class RotatingJsonl:
    """The live file of ``stream`` in ``folder``. Counts bytes and rows itself, so that a row costs one system call."""

    def __init__(self, folder: Path, stream: StreamName) -> None:
        self._folder = folder
        self._stream = stream
        self._path = live_path(folder, stream)
        self._descriptor: int | None = None
        self._newest_stamp = newest_stamp(folder, stream)
        self._surplus = False
        self._made = False
        self._verified_bytes = 0
        self.size = 0
        self.rows = 0

    @property
    def path(self) -> Path:
        """The live file."""
        return self._path

    def open(self) -> int:
        """Open the live file for appending, private if it is new, and count its rows; return its descriptor.

        Raises ``OSError``. Does nothing when it is open already.
        """
        if self._descriptor is not None:
            return self._descriptor
        there = self._path.exists()
        descriptor = private_opener(str(self._path), _FLAGS)
        try:
            self.rows = _newlines_in(descriptor)
            self.size = self._verified_bytes = os.fstat(descriptor).st_size
        except OSError:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        self._surplus = False
        self._made |= not there
        return descriptor

    def close(self) -> None:
        """Close the file; ``open`` or ``write`` opens it again."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def write(self, data: bytes, rows: int) -> None:
        """Append ``rows`` whole rows, all or nothing. Raises ``OSError``; nothing of ``data`` is in the file then."""
        descriptor = self._descriptor
        if descriptor is None:
            descriptor = self.open()
        if self._surplus:
            self._cut_surplus(descriptor)
        written = os.write(descriptor, data)
        if written != len(data):
            self._write_rest(descriptor, memoryview(data)[written:])
        self.size += len(data)
        self.rows += rows

    def roll_over(self, now: float) -> Path | None:
        """Rename the live file to a part stamped ``now`` (epoch s) and return it; the next ``write`` begins a new file.

        Returns ``None`` when there is nothing to roll over. Raises ``OSError``: the live file then stays in use.
        """
        if self._descriptor is not None and self._surplus:
            self._cut_surplus(self._descriptor)
        if not self.size:
            return None
        stamp = next_stamp(now, self._newest_stamp)
        part = part_path(self._folder, self._stream, stamp)
        if os.name == "nt":
            self.close()  # Windows renames no open file
        self._path.rename(part)
        self.close()
        self._newest_stamp = stamp
        self.size = self.rows = self._verified_bytes = 0
        return part

    def take_made(self) -> bool:
        """Return and forget whether ``open`` or ``write`` made a new file."""
        made, self._made = self._made, False
        return made

    def duplicate(self) -> int | None:
        """Return a second descriptor of the live file, to be synced and closed by the caller, or ``None``."""
        return None if self._descriptor is None else os.dup(self._descriptor)

    def taken_away(self) -> bytes | None:
        """Return ``None`` while the live file is in its place, else the rows that went with it since the last look.

        A file that was deleted takes along what was written since; one that was moved keeps its rows where it is now.
        The next ``write`` then begins a new file. Raises ``OSError`` when the place cannot be looked at.
        """
        if self._descriptor is None:
            return None
        held = os.fstat(self._descriptor)
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            if os.path.samestat(held, self._path.stat()):
                self._verified_bytes = self.size
                return None
        lost = b""
        if held.st_nlink == 0:
            os.lseek(self._descriptor, self._verified_bytes, os.SEEK_SET)
            lost = os.read(self._descriptor, self.size - self._verified_bytes)
        self.close()
        self.size = self.rows = self._verified_bytes = 0
        return lost

    def _write_rest(self, descriptor: int, rest: memoryview) -> None:
        """Finish a short write, or cut the file back to its last whole row and raise."""
        try:
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        except OSError:
            self._surplus = True
            self._cut_surplus(descriptor)
            raise

    def _cut_surplus(self, descriptor: int) -> None:
        os.ftruncate(descriptor, self.size)
        self._surplus = False


def _newlines_in(descriptor: int) -> int:
    os.lseek(descriptor, 0, os.SEEK_SET)
    count = 0
    while piece := os.read(descriptor, 1 << 20):
        count += piece.count(b"\n")
    return count
