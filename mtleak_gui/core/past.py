# SPDX-License-Identifier: GPL-3.0-only
"""A recording as it was found on the disk: what sessions, plot, logbook and marks begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.leakhunt.evidence import DebugHeapSigns, Floats, ThreadDelta
from mtleak_gui.core.log_columns import LogColumns
from mtleak_gui.core.markers import Marker
from mtleak_gui.core.records import DeviceInfo, RawEvent
from mtleak_gui.core.restart_watch import Restart
from mtleak_gui.core.series_key import SeriesKey


class PastSeries(NamedTuple):
    """Samples of one series, ascending in ``ts`` (epoch s); arrays of equal length that must not be written to."""

    ts: Floats
    value: Floats
    source: npt.NDArray[np.int8]
    """Places in ``core.series_key.SOURCES``."""
    uptime: Floats
    """Seconds since boot at each sample, NaN where neither its row nor its log line states it."""

    @classmethod
    def empty(cls) -> PastSeries:
        """Return a series without samples."""
        return cls(np.empty(0), np.empty(0), np.empty(0, np.int8), np.empty(0))


@dataclass(frozen=True, slots=True)
class PastPort:
    """What a recording holds of one port."""

    port: str
    role: str
    """As the newest rows have it: ``serial``, ``tcp``, ``serial_session``, ``demo`` ..."""
    device: DeviceInfo | None = None
    """What the board said of itself last, in a handshake or a boot banner."""
    series: Mapping[SeriesKey, PastSeries] = field(default_factory=dict)
    """Of the port's own node and of its log lines; ``FREE_HEAP``, ``MIN_FREE_HEAP``, ``LARGEST_BLOCK`` among them."""
    total_heap: float | None = None
    """The newest heap total, bytes."""
    thread_deltas: tuple[ThreadDelta, ...] = ()
    """The newest 20,000, oldest first."""
    restarts: tuple[Restart, ...] = ()
    """Ascending in time."""
    first_ts: float | None = None
    first_uptime: float | None = None
    """When the port was first heard (epoch s), and the board's uptime (s) then, by the first that it stated."""
    last_ts: float | None = None
    last_uptime: tuple[float, float] | None = None
    """The newest uptime (s) and when it was stated: (epoch s, uptime s)."""
    debug_heap: DebugHeapSigns = field(default_factory=DebugHeapSigns)


@dataclass(frozen=True, slots=True)
class Past:
    """What a recording holds, its newest rows where it holds more than a window can use."""

    folder: str
    demo: bool = False
    ours: bool = True
    """Whether this program wrote it; other folders can be shown, not appended to."""
    ports: tuple[PastPort, ...] = ()
    events: tuple[RawEvent, ...] = ()
    """The newest 20,000 of all ports but ``node_updated``, ascending."""
    marks: tuple[Marker, ...] = ()
    """As they stand after all corrections, removed ones too."""
    logs: LogColumns = field(default_factory=LogColumns)
    """The newest rows asked for, oldest first."""
    older_logs: int = 0
    """How many log rows stand before those."""
    first_ts: float | None = None
    last_ts: float | None = None
    """The oldest and the newest row of all streams, epoch s."""
    notes: tuple[str, ...] = ()
    """What had to be read around, as sentences."""
