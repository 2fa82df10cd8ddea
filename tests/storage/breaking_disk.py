# SPDX-License-Identifier: GPL-3.0-only
"""A real file system of its own that can be made to fail while it is written: ext4 in a file, or one in memory."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

_SHUT_DOWN = 0x8004587D
"""``EXT4_IOC_SHUTDOWN``; from then on every call on the file system fails with EIO."""
_WITHOUT_FLUSH = struct.pack("I", 2)


class BreakingDisk:
    """``folder`` is where it is mounted."""

    def __init__(self, image: Path, folder: Path) -> None:
        self._image, self.folder = image, folder

    def make_read_only(self) -> None:
        """Do what the kernel does by itself when it meets a fault (``errors=remount-ro``): open files fail as well."""
        subprocess.run(["mount", "-o", "remount,abort", self.folder], check=True)

    def break_down(self) -> None:
        """Let everything on it fail with an error of the device."""
        import fcntl

        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, _SHUT_DOWN, _WITHOUT_FLUSH)
        finally:
            os.close(descriptor)

    def repair(self) -> None:
        """Take it off, check it, and bring it back at the same place, as one does with a card or a stick."""
        subprocess.run(["umount", "--lazy", self.folder], check=True)
        # Who still has a file open keeps the broken one alive: what comes back is a copy of what had reached the disk.
        self._image = Path(shutil.copy(self._image, self._image.with_suffix(".repaired")))
        subprocess.run(["e2fsck", "-fy", self._image], check=False, capture_output=True)
        subprocess.run(["mount", "-o", "loop", self._image, self.folder], check=True)


@contextmanager
def breaking_disk(home: Path, mib: int = 16) -> Iterator[BreakingDisk]:
    """Make one; skips the test where this machine has no such thing."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a disk takes Linux and root")
    image, folder = home / "disk.img", home / "disk"
    folder.mkdir()
    with image.open("wb") as file:
        file.truncate(mib << 20)
    _try("mkfs.ext4", "-q", "-F", image)
    _try("mount", "-o", "loop", image, folder)
    try:
        yield BreakingDisk(image, folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def small_disk(home: Path, mib: int = 8) -> Iterator[Path]:
    """Mount a file system in memory; skips the test where this machine does not let us."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a disk takes Linux and root")
    folder = home / "small"
    folder.mkdir()
    _try("mount", "-t", "tmpfs", "-o", f"size={mib}m", "tmpfs", folder)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Leave no room on a disk for a while."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12):
            with suppress(OSError):
                while file.write(bytes(size)):
                    pass
        yield
    ballast.unlink()


def _try(*command: str | Path) -> None:
    try:
        made = subprocess.run(command, check=False, capture_output=True)
    except FileNotFoundError:
        pytest.skip(f"this machine has no {command[0]}")
    if made.returncode:
        pytest.skip(f"this machine does not let us {command[0]}")
