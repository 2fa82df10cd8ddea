# SPDX-License-Identifier: GPL-3.0-only
"""What a virtual board is, and what its heap goes through: frozen values, no behaviour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from mtleak_gui.demo.heap_shapes import Shape

NOT_REPORTED = 4294967295
"""What firmware prints for heap figures where the platform has no heap functions (2^32 - 1, or -1 with ``%d``)."""


class Platform(NamedTuple):
    """A chip family: its heap in bytes, and how it speaks at boot."""

    name: str
    heap_total: int
    free_at_boot: int
    boot_rom: str | None
    """``esp32`` or ``esp32s3`` where ROM lines come before the firmware's."""

    states_largest_block: bool = False
    has_battery: bool = True
    reports_heap: bool = True
    simulated_radio: bool = False
    """The native build: its radio hands each packet that it sends to the client, and boots are not counted."""


class Hardware(NamedTuple):
    """A board: PlatformIO environment, name and number of ``HardwareModel`` in ``mesh.proto``."""

    environment: str
    model: str
    platform: Platform


class HeapState(NamedTuple):
    """The heap at one uptime (s), in bytes; ``min_free`` is the watermark since boot."""

    uptime_s: float
    free: int
    total: int
    min_free: int
    largest_block: int


class HeapEvent(NamedTuple):
    """One run of a thread changed the free heap from ``before`` to ``after`` bytes."""

    at: float
    thread: str
    before: int
    after: int


class Failures(NamedTuple):
    """Allocations fail from uptime ``starts`` on, or whenever less than ``below_free`` bytes are free."""

    every: float
    lines: tuple[str, ...]
    """Log messages in turn; ``{free}`` stands for the free heap."""

    starts: float | None = None
    below_free: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """A board and the fate of its heap. ``expected_verdict`` is the headline that Leakhunt should come to."""

    name: str
    title: str
    hardware: Hardware
    firmware: str
    expected_verdict: str
    shapes: Callable[[int], tuple[Shape, ...]]
    """From a number that stands for seed and boot to the users of heap in that boot."""

    culprit: str | None = None
    """The thread that leaks, where one does."""

    debug_heap: bool = False
    prints_periodic_heap: bool = False
    block_lost_per_hour: int = 0
    """How fast the largest free block shrinks although as much is free as before."""

    failures: Failures | None = None
    dies_below: int | None = None
    """The board aborts and restarts when less than this is free."""

    other_nodes: int = 6
