# SPDX-License-Identifier: GPL-3.0-only
"""Which program holds a device open, where the system says so (Linux, own programs)."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

_PROC = Path("/proc")


def holders(devices: Collection[str], proc: Path = _PROC) -> dict[str, str]:
    """Return ``python3 (4242)`` for each device that another program holds open; devices nobody holds are left out.

    Programs of other users and other systems than Linux do not show. Never raises. ``proc`` is where Linux lists its
    processes.
    """
    wanted = {str(Path(device).resolve()): device for device in devices}
    found: dict[str, str] = {}
    if not wanted or not proc.is_dir():
        return found
    own = str(os.getpid())
    for process in _entries(proc):
        if not process.isdecimal() or process == own:
            continue
        for handle in _entries(proc / process / "fd"):
            target = _target(proc / process / "fd" / handle)
            if target in wanted and _is_same(proc / process / "fd" / handle, target):
                found.setdefault(wanted[target], f"{_program(proc / process)} ({process})")
    return found


def _entries(folder: Path) -> list[str]:
    # Processes end, and those of others are closed to us, at any moment.
    try:
        return os.listdir(folder)  # noqa: PTH208 - this looks at thousands of entries a second
    except OSError:
        return []


def _target(handle: Path) -> str:
    try:
        return os.readlink(handle)  # noqa: PTH115 - as above
    except OSError:
        return ""


def _is_same(handle: Path, device: str) -> bool:
    # A program in another container may hold a device of its own that has the same name there.
    try:
        return os.path.samefile(handle, device)  # noqa: PTH121 - as above
    except OSError:
        return True


def _program(process: Path) -> str:
    try:
        return (process / "comm").read_text("utf-8", "replace").strip() or "a program"
    except OSError:
        return "a program"
