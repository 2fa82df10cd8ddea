# SPDX-License-Identifier: GPL-3.0-only
"""How the recorder stands at one moment, as the window shows it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from mtleak_gui.core.records import StreamName


class StreamState(NamedTuple):
    """One stream of the recording. Sizes in bytes; ``last_ts`` is the epoch second of its newest row."""

    rows_on_disk: int = 0
    rows_this_session: int = 0
    bytes_on_disk: int = 0
    last_ts: float | None = None
    rotations: int = 0


class RecorderState(NamedTuple):
    """The recording that is shown. ``running`` stays true while ``paused``; both are false for one that is only read.

    Times are epoch seconds, sizes bytes. ``rows_lost`` were dropped for want of room, never those that came while the
    recorder was paused. ``bytes_per_hour`` and ``days_left`` are ``None`` until they can be told.
    """

    running: bool = False
    paused: bool = False
    pause_reason: str | None = None
    started_at: float | None = None
    folder: str | None = None
    title: str = ""
    demo: bool = False
    read_only: bool = False
    streams: Mapping[StreamName, StreamState] = MappingProxyType({})
    write_errors: int = 0
    rows_lost: int = 0
    trouble: str | None = None
    """A sentence for the tester while rows cannot be written, else ``None``."""
    bytes_per_hour: float | None = None
    days_left: float | None = None
    free_bytes: int | None = None
    """Free bytes of the disk when last looked at."""
    free_above_reserve: int | None = None
    """Those of them that the recording may fill before it stops by itself; never negative."""
