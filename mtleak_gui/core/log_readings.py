# SPDX-License-Identifier: GPL-3.0-only
"""The readings in the message of a log line: heap figures, thread deltas, allocation sites, tables, banners.

Each function takes the words of the board (no chat) and returns ``None`` when its reading is not there. A figure of
4294967295 or just below it, and a negative one, is how a platform says that it cannot tell: it becomes ``None``.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from mtleak_gui.core.records import AllocSite, BootBanner, HeapReading, MemAudit, ThreadHeap

NOT_REPORTED_FROM: Final = 0xFFFFFF00
"""Unsigned figures from here on are small negative ones: ``UINT32_MAX`` of a platform without heap functions."""

_INT = r"(-?[0-9]{1,20})"
_HEAP_STATUS = re.compile(rf"\bHeap\s{{1,4}}status:\s{{1,4}}{_INT}\s?/\s?{_INT} bytes free(?:\s{{1,4}}\({_INT}\))?")
_HEAP_LINE = re.compile(
    rf"\bHeap: {_INT}/{_INT} bytes free(?: \([+]?{_INT} since last\))?(?:, min {_INT})?(?:, largest block {_INT})?"
)
_FREE_HEAP = re.compile(rf"(?<!min )\bFree heap {{0,4}}: {{0,4}}{_INT}")
_TOTAL_HEAP = re.compile(rf"\bTotal heap {{0,4}}: {{0,4}}{_INT}")
_FREE_IN_PASSING = re.compile(rf"\bnodes and {_INT} bytes free|\bLow heap \({_INT} bytes")
_WATERMARK = re.compile(rf"\bBoot heap watermark: only {_INT} of {_INT} bytes free")
_THREAD_HEAP = re.compile(
    rf"[-+\s]{{0,40}}Thread\s{{1,4}}(.{{1,64}}?)\s{{1,4}}(leaked|freed) heap {_INT} -> {_INT} \({_INT}\)"
)
_ALLOC_SITE = re.compile(rf"\bAlloc in (.{{1,120}}?) pointer (\S{{1,32}}), size: {_INT}, free: {_INT}")
_MEM_AUDIT = re.compile(r"\bMemAudit\[([^\]]{0,32})\]:")
_MEM_AUDIT_VALUE = re.compile(r"(-?[0-9]{1,15})(?:\+(-?[0-9]{1,15})ps)?")
_BANNER = re.compile(r"\bS:B:([^,\s]{1,16}),([^,\s]{1,64})(?:,([^,\s]{0,64}))?(?:,(\S{0,128}))?")
_BANNER_BEFORE_2_1 = re.compile(r"\bMeshtastic hwvendor=([0-9]{1,6}), swver=(\S{1,64})")
_RESET_REASON = re.compile(
    r"\breset_reason=(.{1,64})|\bReset reason: (0x[0-9A-Fa-f]{1,8})|\brst:0x[0-9A-Fa-f]{1,4} \(([^)]{1,64})\)"
)


def reported(figure: str | None) -> int | None:
    """Return a figure in bytes as a number, or ``None`` when it is absent or means "not reported"."""
    if figure is None:
        return None
    number = int(figure)
    return number if 0 <= number < NOT_REPORTED_FROM else None


def heap_reading(words: str, prefix: HeapReading | None) -> HeapReading | None:
    """Return the heap figures that a line states. Its message outranks its ``[heap N]`` prefix."""
    stated = None
    if " heap" in words or "Heap" in words or "bytes free" in words:
        stated = _stated_with_total(words) or _stated_in_passing(words)
    if stated is None:
        return prefix
    if stated.free is None and prefix is not None:
        return stated._replace(free=prefix.free, source="prefix")
    return stated


def _stated_with_total(words: str) -> HeapReading | None:
    match = _HEAP_STATUS.search(words)
    if match is not None:
        return _reading((match[1], match[2], match[3], None, None), "heap_status")
    match = _HEAP_LINE.search(words)
    if match is not None:
        return _reading((match[1], match[2], match[3], match[4], match[5]), "heap_line")
    return None


def _reading(
    written: tuple[str, str, str | None, str | None, str | None], source: Literal["heap_status", "heap_line"]
) -> HeapReading | None:
    free, total, min_free, largest_block = (reported(written[place]) for place in (0, 1, 3, 4))
    if free is None and total is None and min_free is None and largest_block is None:
        return None
    delta = None if free is None or written[2] is None else int(written[2])
    return HeapReading(free, total, delta, min_free, largest_block, source)


def _stated_in_passing(words: str) -> HeapReading | None:
    watermark = _WATERMARK.search(words)
    if watermark is not None:
        min_free, total = reported(watermark[1]), reported(watermark[2])
        return None if min_free is None else HeapReading(None, total, None, min_free, None, "free_line")
    passing = _FREE_IN_PASSING.search(words)
    free_line, total_line = _FREE_HEAP.search(words), _TOTAL_HEAP.search(words)
    free = reported(passing[1] or passing[2]) if passing else reported(free_line[1]) if free_line else None
    total = reported(total_line[1]) if total_line else None
    if free is None and total is None:
        return None
    return HeapReading(free, total, source="free_line")


def thread_heap(words: str) -> ThreadHeap | None:
    """Return what one run of a thread did to the heap (``src/concurrency/OSThread.cpp``)."""
    match = _THREAD_HEAP.match(words) if "Thread" in words else None
    if match is None:
        return None
    kind: Literal["leaked", "freed"] = "leaked" if match[2] == "leaked" else "freed"
    return ThreadHeap(kind, match[1], int(match[3]), int(match[4]), int(match[5]))


def alloc_site(words: str) -> AllocSite | None:
    """Return an allocation that ``DEBUG_HEAP_AFTER`` logged (``src/DebugConfiguration.h``)."""
    match = _ALLOC_SITE.search(words) if "Alloc in " in words else None
    if match is None:
        return None
    return AllocSite(match[1], match[2], reported(match[3]), reported(match[4]))


def mem_audit(words: str) -> MemAudit | None:
    """Return a table of ``src/memory/MemAudit.cpp``; a share in PSRAM (``name=10+20ps``) is added to its subsystem.

    ``internal`` and ``psram`` are sums over all subsystems, as ``total`` is, and no subsystems.
    """
    match = _MEM_AUDIT.search(words) if "MemAudit[" in words else None
    if match is None:
        return None
    figures: dict[str, int] = {}
    for entry in words[match.end() :].split():
        name, _, written = entry.partition("=")
        value = _MEM_AUDIT_VALUE.fullmatch(written)
        if value is not None and int(value[1]) >= 0:
            figures[name] = int(value[1]) + int(value[2] or 0)
    total = figures.pop("total", None)
    return MemAudit(
        match[1], {name: size for name, size in figures.items() if name not in ("internal", "psram")}, total
    )


def boot_banner(words: str) -> BootBanner | None:
    """Return what a board says about itself at boot; firmware before 2.1 did not name environment and repository."""
    match = _BANNER.search(words) if "S:B:" in words else None
    if match is not None:
        return BootBanner(match[1], match[2], match[3] or "", match[4] or "")
    match = _BANNER_BEFORE_2_1.search(words) if "hwvendor" in words else None
    return None if match is None else BootBanner(match[1], match[2], "", "")


def reset_reason(words: str) -> str | None:
    """Return why the board was reset, as it words it: ``reset``, ``0x4``, ``POWERON``."""
    match = _RESET_REASON.search(words) if "rst:" in words or "reset" in words or "Reset" in words else None
    return None if match is None else (match[1] or match[2] or match[3]).strip() or None
