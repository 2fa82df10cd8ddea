# SPDX-License-Identifier: GPL-3.0-only
"""The names under which series and the sources of their samples are kept: one spelling whatever the board sends."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core.wording import snake_case

_SAME_FIELD = {
    "heap_free_bytes": "free_heap",
    "heap_total_bytes": "total_heap",
    "heap_min_free_bytes": "min_free_heap",
    "heap_largest_block_bytes": "largest_block",
}

SOURCES = (
    "local_stats",
    "local_stats_polled",
    "debug_heap",
    "debug_heap_serial",
    "heap_line",
    "thread_delta",
    "telemetry",
)
"""The sources of samples; a source code is a place in here. See ``core.leakhunt.source_words`` for their names."""


class SeriesKey(NamedTuple):
    """One series of a device: ``variant`` as in the telemetry stream, ``field`` in snake case."""

    variant: str
    field: str


FREE_HEAP = SeriesKey("local", "free_heap")
TOTAL_HEAP = SeriesKey("local", "total_heap")
MIN_FREE_HEAP = SeriesKey("local", "min_free_heap")
LARGEST_BLOCK = SeriesKey("local", "largest_block")


def series_key(variant: str, field: str) -> SeriesKey:
    """Return the key of a field as received: camel or snake case, old or new names of the heap figures."""
    name = snake_case(field)
    return SeriesKey(variant, _SAME_FIELD.get(name, name))


def source_code(source: str) -> int:
    """Return the code of a source; one that we do not know counts as ``telemetry``."""
    return SOURCES.index(source) if source in SOURCES else SOURCES.index("telemetry")
