# SPDX-License-Identifier: GPL-3.0-only
"""The frozen values that cross threads and layers: what was heard, and what was read out of it.

Values that are made once per log line are named tuples, because a frozen dataclass costs five times as much to make.
Sizes are bytes, times are seconds: ``ts`` is the epoch of the recording's clock, ``uptime_s`` counts from the boot.
A figure that the board did not report (absent, negative, or 4294967295) is ``None``, never a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from mtleak_gui.core.link_trouble import LinkTrouble

Level = Literal["DEBUG", "INFO", "WARN", "ERROR", "CRIT", "TRACE", "HEAP"]
StreamName = Literal["logs", "telemetry", "packets", "events"]
STREAMS: tuple[StreamName, ...] = ("logs", "telemetry", "packets", "events")


class HeapReading(NamedTuple):
    """Heap figures that one log line states, in bytes; ``None`` where the line does not state them."""

    free: int | None = None
    total: int | None = None
    delta: int | None = None
    min_free: int | None = None
    largest_block: int | None = None
    source: Literal["prefix", "heap_status", "heap_line", "free_line"] = "prefix"


class ThreadHeap(NamedTuple):
    """A DEBUG_HEAP line: one run of a thread changed the free heap from ``before`` to ``after`` bytes."""

    kind: Literal["leaked", "freed"]
    thread: str
    before: int
    after: int
    delta: int


class AllocSite(NamedTuple):
    """A DEBUG_HEAP line ``Alloc in <site> pointer 0x.., size: N, free: M``; sizes in bytes."""

    site: str
    pointer: str | None
    size: int | None
    free: int | None


class MemAudit(NamedTuple):
    """A ``MemAudit[phase]: name=bytes ... total=bytes`` line: bytes held by each subsystem."""

    phase: str
    subsystems: Mapping[str, int]
    total: int | None


class BootBanner(NamedTuple):
    """The ``S:B:<hw>,<version>,<environment>,<repository>`` line that a board prints once at boot."""

    hardware: str
    version: str
    environment: str
    repository: str


class LogLine(NamedTuple):
    """One firmware log line, taken apart. ``raw`` is the text as it came, colours included."""

    raw: str
    level: str | None = None
    clock: str | None = None
    uptime_s: int | float | None = None
    thread: str | None = None
    message: str = ""
    heap: HeapReading | None = None
    heap_event: ThreadHeap | None = None
    alloc_site: AllocSite | None = None
    mem_audit: MemAudit | None = None
    boot: BootBanner | None = None
    reset_reason: str | None = None
    signature: str | None = None


class TelemetryReading(NamedTuple):
    """One telemetry packet: its variant, the fields as received, the device's own time (epoch s), the sender."""

    variant: str
    fields: Mapping[str, object]
    device_time: int | None
    from_node: str | int | None
    own: bool | None
    """True: the connected node's own; False: another node's; None: the own node is not known yet."""


class RawLine(NamedTuple):
    """A line as a link heard it. ``level`` and ``thread`` are set when it came as a LogRecord, which carries them."""

    ts: float
    port: str | None
    role: str
    text: str
    level: str | None = None
    thread: str | None = None
    device_time: int | None = None


class RawPacket(NamedTuple):
    """A mesh packet as the meshtastic package decoded it, from the link on ``port`` whose node is ``own_node``."""

    ts: float
    port: str | None
    role: str
    packet: Mapping[str, object]
    own_node: int | None = None


class RawEvent(NamedTuple):
    """Something that happened to a link, a board, the host or the recording; ``kind`` as in the events stream."""

    ts: float
    kind: str
    label: str | None = None
    note: str | None = None
    port: str | None = None
    role: str | None = None
    data: Mapping[str, object] | None = None


class RawMark(NamedTuple):
    """A mark of the tester: an event and a MARK log row."""

    ts: float
    label: str
    note: str | None = None
    data: Mapping[str, object] | None = None


RawItem = RawLine | RawPacket | RawEvent | RawMark


class DeviceInfo(NamedTuple):
    """What a board said about itself in the handshake or the boot banner; ``None`` where it did not say."""

    port: str
    role: str
    node_num: int | None = None
    node_id: str | None = None
    long_name: str | None = None
    short_name: str | None = None
    hardware: str | None = None
    firmware: str | None = None
    environment: str | None = None
    region: str | None = None
    device_role: str | None = None
    reboot_count: int | None = None
    debug_log_api: bool | None = None
    """Whether the security configuration lets log lines out over the API."""


HandshakeStep = Literal["opening", "asking", "node", "config", "nodes", "live"]
"""What a link that is being made does: the port is being opened; it is open and the board was asked for its
configuration; the board tells who it is, its settings, the nodes that it knows; it is heard."""


class LinkState(NamedTuple):
    """Where a link stands. ``reason`` is a sentence for the tester, ``retry_in`` seconds until the next try.

    ``trouble`` is the reason in parts; ``device`` is where the board is now, when that is not its ``port``: one that
    came back under another port name goes on under the name it has in the recording. ``step`` is how far a link that
    is being made has come, ``nodes`` how many nodes the board has told; ``stuck``: that takes longer than 30 s.
    """

    phase: Literal["waiting", "opening", "configuring", "live", "lost", "backing_off", "closed"]
    port: str
    reason: str | None = None
    retry_in: float | None = None
    attempt: int = 0
    trouble: LinkTrouble | None = None
    device: str | None = None
    step: HandshakeStep | None = None
    nodes: int = 0
    stuck: bool = False


class HeardLine(NamedTuple):
    """A log line as it was heard and what was read out of it."""

    heard: RawLine
    line: LogLine


class HeardTelemetry(NamedTuple):
    """A telemetry packet as it was heard (without its content) and what was read out of it."""

    ts: float
    port: str | None
    role: str
    reading: TelemetryReading


class Batch(NamedTuple):
    """What a recorder hands to the GUI at once: everything of a short time, in order of arrival."""

    lines: tuple[HeardLine, ...] = ()
    telemetry: tuple[HeardTelemetry, ...] = ()
    events: tuple[RawEvent, ...] = ()
    marks: tuple[RawMark, ...] = ()
    packets: int = 0
    rows: int = 0
    """Rows that went to the files."""
    withheld: int = 0
    """Lines and readings that are in the files but not here, because the GUI was late for too long."""
