# SPDX-License-Identifier: GPL-3.0-only
"""Settings: one frozen value with a default for everything. Each field says beside its type what it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from mtleak_gui.core.board_acts import FASTEST_S
from mtleak_gui.core.checked import Checked, Misfit, Rows, Section
from mtleak_gui.core.setting_rules import (
    Choice,
    Flag,
    Folder,
    Moment,
    Pairs,
    Plain,
    RefusedValueError,
    Text,
    Whole,
    Words,
)

QUICK_MARK_LIMIT = 9
"""As many as there are keys Ctrl+1 to Ctrl+9."""

_CAPTURE = Choice(("auto", "api", "console"))
_DEVICE_LIMIT = 500
Capture = Literal["auto", "api", "console"]
_LINES = Choice(("auto", "off", "dtr", "on"))
LinePolicy = Literal["auto", "off", "dtr", "on"]
"""How DTR and RTS stand when a port is opened: as its USB vendor needs it, both off, DTR alone on, both on."""


@dataclass(frozen=True, slots=True)
class Appearance(Checked):
    """How the window looks."""

    theme: Annotated[Literal["system", "light", "dark"], Choice(("system", "light", "dark"))] = "system"
    density: Annotated[Literal["comfortable", "compact"], Choice(("comfortable", "compact"))] = "comfortable"
    log_font_px: Annotated[int, Whole(9, 28, "px")] = 12


@dataclass(frozen=True, slots=True)
class Recording(Checked):
    """Where and how much is recorded. ``folder`` holds the recordings; ``None`` is the usual place."""

    folder: Annotated[str | None, Folder()] = None
    part_mib: Annotated[int, Whole(1, 4_096, "MiB")] = 100
    archives_kept: Annotated[int, Whole(1, 10_000, "archives of each stream")] = 20
    reserve_mb: Annotated[int, Whole(50, 1_000_000, "MB")] = 500
    auto_record: Annotated[bool, Flag()] = True
    keep_awake: Annotated[bool, Flag()] = True


@dataclass(frozen=True, slots=True)
class KnownBoard(Checked):
    """A board that was connected once. ``key`` is its stable identity, ``last_used`` an epoch time.

    ``key`` is that of a ``PortOffer`` or, over Bluetooth, of a ``BleAddress``. ``debug_heap``: a DEBUG_HEAP build was
    last seen on it, at ``debug_heap_ts``. ``poll``: it is to be asked for LocalStats each ``poll_every_s`` seconds, as
    was confirmed for the node ``poll_node``. ``called`` and ``build`` are what it said of itself last: its name, its
    hardware and firmware.
    """

    key: Annotated[str, Text(200)]
    name: Annotated[str, Text(40, shortest=0)] = ""
    capture: Annotated[Capture, _CAPTURE] = "auto"
    auto_connect: Annotated[bool, Flag()] = False
    last_used: Annotated[float | None, Moment()] = None
    lines: Annotated[LinePolicy, _LINES] = "auto"
    debug_heap: Annotated[bool, Flag()] = False
    poll: Annotated[bool, Flag()] = False
    debug_heap_ts: Annotated[float | None, Moment()] = None
    called: Annotated[str, Text(40, shortest=0)] = ""
    build: Annotated[str, Text(80, shortest=0)] = ""
    poll_every_s: Annotated[int, Whole(FASTEST_S, 3_600, "s")] = FASTEST_S
    poll_node: Annotated[str, Text(20, shortest=0)] = ""


@dataclass(frozen=True, slots=True)
class NetworkNode(Checked):
    """A board that is reached over the network.

    ``address`` has the form ``tcp://host:port`` for a node, ``socket://`` or ``rfc2217://`` for a remote serial port.
    The other fields are those of a ``KnownBoard``; ``lines`` is for RFC 2217, which alone carries them.
    """

    address: Annotated[str, Text(300)]
    name: Annotated[str, Text(40, shortest=0)] = ""
    auto_connect: Annotated[bool, Flag()] = False
    last_used: Annotated[float | None, Moment()] = None
    capture: Annotated[Capture, _CAPTURE] = "auto"
    debug_heap: Annotated[bool, Flag()] = False
    poll: Annotated[bool, Flag()] = False
    lines: Annotated[LinePolicy, _LINES] = "auto"
    debug_heap_ts: Annotated[float | None, Moment()] = None
    called: Annotated[str, Text(40, shortest=0)] = ""
    build: Annotated[str, Text(80, shortest=0)] = ""
    poll_every_s: Annotated[int, Whole(FASTEST_S, 3_600, "s")] = FASTEST_S
    poll_node: Annotated[str, Text(20, shortest=0)] = ""


@dataclass(frozen=True, slots=True)
class Devices(Checked):
    """What is known of boards."""

    boards: Annotated[tuple[KnownBoard, ...], Rows(KnownBoard, _DEVICE_LIMIT, "key")] = ()
    network_nodes: Annotated[tuple[NetworkNode, ...], Rows(NetworkNode, _DEVICE_LIMIT, "address")] = ()

    def board(self, key: str) -> KnownBoard | None:
        """Return what is kept of the board with this key."""
        return next((board for board in self.boards if board.key == key), None)


@dataclass(frozen=True, slots=True)
class LogPreset(Checked):
    """A saved filter of the logbook; ``filter`` is the logbook's own JSON."""

    name: Annotated[str, Text(40)]
    filter: Annotated[Mapping[str, object], Plain()] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WindowState(Checked):
    """What comes back at the next start. ``geometry`` is Qt's, in base64; ``views`` holds each page's own JSON."""

    geometry: Annotated[str, Text(4_000, shortest=0)] = ""
    page: Annotated[str, Text(40)] = "overview"
    sidebar_collapsed: Annotated[bool, Flag()] = False
    span: Annotated[str, Text(20)] = "6h"
    views: Annotated[Mapping[str, object], Plain()] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings(Checked):
    """Everything that is kept between runs, recordings and reports aside.

    ``quick_marks`` are labels, the first bound to Ctrl+1; ``keys`` are keys that the user chose, by act
    (``core/shortcuts.py``), ``""`` for none; ``ignored_fixes`` are keys of the Overview's things to fix.
    """

    appearance: Annotated[Appearance, Section(Appearance)] = Appearance()
    recording: Annotated[Recording, Section(Recording)] = Recording()
    devices: Annotated[Devices, Section(Devices)] = Devices()
    quick_marks: Annotated[tuple[str, ...], Words(QUICK_MARK_LIMIT, 24)] = ("burst", "tx", "ble")
    log_presets: Annotated[tuple[LogPreset, ...], Rows(LogPreset, 100, "name")] = ()
    rule_set: Annotated[Literal["standard", "strict"], Choice(("standard", "strict"))] = "standard"
    ignored_fixes: Annotated[tuple[str, ...], Words(500, 200)] = ()
    window: Annotated[WindowState, Section(WindowState)] = WindowState()
    keys: Annotated[Mapping[str, str], Pairs(200, 40)] = field(default_factory=dict)


def settings_from(value: object) -> tuple[Settings, tuple[Misfit, ...]]:
    """Return the settings that ``value``, out of JSON, holds, and what in it was not taken; never raises.

    Names that are not known are passed over.
    """
    misfits: list[Misfit] = []

    def told(path: str, reason: str) -> None:
        misfits.append(Misfit(path, reason))

    try:
        return Settings.read(value, told), tuple(misfits)
    except RefusedValueError as error:
        return Settings(), (*misfits, Misfit("", str(error)))
