# SPDX-License-Identifier: GPL-3.0-only
"""Which programs run here that are known to take serial ports away (Linux, by the names in /proc)."""

from __future__ import annotations

from pathlib import Path

from mtleak_gui.core.link_troubles.system_programs import SystemPrograms

_PROC = Path("/proc")


def running_programs(proc: Path = _PROC) -> SystemPrograms:
    """Return which of them run; none on other systems. Never raises. ``proc`` is where Linux lists its processes."""
    names = {_name(process) for process in proc.glob("[0-9]*")} if proc.is_dir() else set()
    return SystemPrograms(modem_manager="ModemManager" in names, brltty="brltty" in names)


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text("utf-8", "replace").strip()
    except OSError:
        return ""  # it ended meanwhile
