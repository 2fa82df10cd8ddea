# SPDX-License-Identifier: GPL-3.0-only
"""Filters of the logbook with a name: those that ship with the program, and how saved ones are kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mtleak_gui.core.log_filter import ALL_LEVELS, LONGEST_PATTERN, LogFilter


class Preset(NamedTuple):
    """A filter and its name. Devices and times are no part of it."""

    name: str
    wanted: LogFilter


_MEMORY = (
    "leaked heap|freed heap|Heap: |Heap status|MemAudit|Alloc in |out of memory|bad_alloc|NO_MEM|allocat|low heap|"
    "heap too low|largest block|no free slots|corrupt heap|multi_heap|double free"
)
_REBOOTS = (
    "rst:0x|S:B:|reboot|reset reason|booted, wake cause|ESP-ROM|hwvendor|Guru Meditation|Backtrace|abort\\(\\)|"
    "assert failed|watchdog|brownout|panic|hard ?fault|stack smashing|core dumped"
)

BUILT_IN = (
    Preset("Memory", LogFilter(_MEMORY)),
    Preset("Reboots", LogFilter(_REBOOTS)),
    Preset("Errors", LogFilter(levels=frozenset({"ERROR", "CRIT", "MARK"}))),
    Preset("Marks", LogFilter(levels=frozenset({"MARK"}))),
)


def preset_json(wanted: LogFilter) -> dict[str, object]:
    """Return a filter as plain JSON, without device and times."""
    return {
        "pattern": wanted.pattern,
        "regex": wanted.regex,
        "match_case": wanted.match_case,
        "negate": wanted.negate,
        "levels": sorted(wanted.levels),
        "thread": wanted.thread,
    }


def preset_of(kept: Mapping[str, object]) -> LogFilter:
    """Return the filter that was kept; whatever does not fit has its default."""
    pattern, thread, levels = kept.get("pattern"), kept.get("thread"), kept.get("levels")
    known = ALL_LEVELS.intersection(levels) if isinstance(levels, list) and all_texts(levels) else ALL_LEVELS
    return LogFilter(
        pattern=pattern[:LONGEST_PATTERN] if isinstance(pattern, str) else "",
        regex=kept.get("regex") is not False,
        match_case=kept.get("match_case") is True,
        negate=kept.get("negate") is True,
        levels=known,
        thread=thread if isinstance(thread, str) else None,
    )


def all_texts(values: list[object]) -> bool:
    """Return whether each value is a text."""
    return all(isinstance(value, str) for value in values)
