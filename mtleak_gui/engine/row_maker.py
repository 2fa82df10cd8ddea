# SPDX-License-Identifier: GPL-3.0-only
"""Raw items to the rows of the files and to what the GUI wants to know. No Qt, no files. Runs in: recorder thread."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby, repeat
from typing import cast

from mtleak_gui.core import telemetry
from mtleak_gui.core.board_acts import SWITCH_RESTART
from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.line_batch import parse_all
from mtleak_gui.core.records import (
    HeardLine,
    HeardTelemetry,
    RawEvent,
    RawItem,
    RawLine,
    RawMark,
    RawPacket,
    StreamName,
)
from mtleak_gui.core.restart_watch import Restart, RestartWatch
from mtleak_gui.core.rows import Row, event_row, line_rows, packet_row, telemetry_row
from mtleak_gui.core.secret_words import lines_without_secrets

log = logging.getLogger(__name__)

StreamRow = tuple[StreamName, Row]


@dataclass(slots=True)
class Made:
    """Rows for the files, in order of arrival, and the values that they were made from.

    Marks have no rows here: the recording writes them itself, because they go to the disk at once.
    """

    rows: list[StreamRow] = field(default_factory=list)
    lines: list[HeardLine] = field(default_factory=list)
    telemetry: list[HeardTelemetry] = field(default_factory=list)
    events: list[RawEvent] = field(default_factory=list)
    marks: list[RawMark] = field(default_factory=list)
    packets: int = 0


class RowMaker:
    """Parses, makes rows and adds the ``reboot`` events that it learns of. An item that fails is never fatal."""

    def __init__(self, watch: RestartWatch | None = None) -> None:
        self._watch = watch or RestartWatch()
        self._failures = 0
        self._rows_made = 0

    @property
    def rows_made(self) -> int:
        """How many rows were made so far."""
        return self._rows_made

    @property
    def failures(self) -> int:
        """How many items could not be made into rows; the first one is in the program's log."""
        return self._failures

    def make(self, items: Iterable[RawItem]) -> Made:
        """Return the rows of the items. Never raises."""
        made = Made()
        for kind, run in groupby(items, type):
            if kind is RawLine:
                self._add_lines(cast("list[RawLine]", list(run)), made)
            else:
                self._add_each(run, made)
        self._rows_made += len(made.rows)
        return made

    def _add_each(self, items: Iterable[RawItem], made: Made) -> None:
        for item in items:
            try:
                self._add(item, made)
            except Exception:
                self._failures += 1
                if self._failures == 1:
                    log.exception("An item could not be recorded")

    def _add(self, item: RawItem, made: Made) -> None:
        if isinstance(item, RawLine):
            self._add_line(item, made)
        elif isinstance(item, RawPacket):
            self._add_packet(item, made)
        elif isinstance(item, RawMark):
            made.marks.append(item)
        else:
            self._add_event(item, made)

    def _add_lines(self, run: list[RawLine], made: Made) -> None:
        """Add lines in one go, which costs half of what they cost one by one."""
        try:
            run = lines_without_secrets(run)
            lines = parse_all([heard.text for heard in run])
            rows = line_rows(run, lines)
            restarts = self._watch.lines_heard(run, lines)
        except Exception:  # noqa: BLE001 - one by one, the line at fault shows, is counted and logged, and the rest live
            self._add_each(run, made)
            return
        # Built past the named tuple's own constructor, which costs twice as much: this is the way of nearly every row.
        made.lines += map(tuple.__new__, repeat(HeardLine), zip(run, lines, strict=True))
        if not restarts:
            made.rows += rows
            return
        begin = 0
        for number, restart in restarts:
            end = number + 1
            made.rows += line_rows(run[begin:end], lines[begin:end])
            self._add_restart(restart, run[number].role, made)
            begin = end
        made.rows += line_rows(run[begin:], lines[begin:])

    def _add_line(self, heard: RawLine, made: Made) -> None:
        [heard] = lines_without_secrets([heard])
        line = parse(heard.text)
        made.lines.append(HeardLine(heard, line))
        made.rows += line_rows([heard], [line])
        if (restart := self._watch.line_heard(heard.ts, heard.port, line)) is not None:
            self._add_restart(restart, heard.role, made)

    def _add_packet(self, heard: RawPacket, made: Made) -> None:
        made.packets += 1
        made.rows.append(("packets", packet_row(heard)))
        reading = telemetry.read(heard.packet, heard.own_node)
        if reading is None:
            return
        made.rows.append(("telemetry", telemetry_row(heard, reading)))
        made.telemetry.append(HeardTelemetry(heard.ts, heard.port, heard.role, reading))
        uptime = reading.fields.get("uptimeSeconds")
        if reading.own and isinstance(uptime, int | float):
            restart = self._watch.uptime_heard(heard.ts, heard.port, reading.variant, uptime)
            self._add_restart(restart, heard.role, made)

    def _add_event(self, event: RawEvent, made: Made) -> None:
        data = event.data or {}
        count = data.get("reboot_count")
        restart = None
        if isinstance(count, int):
            restart = self._watch.reboot_count_heard(event.ts, event.port, count)
        elif event.kind == "reboot":
            restart = self._watch.told(event.ts, event.port, str(data.get("reason")), str(data.get("evidence")))
        elif event.kind == "config_write" and "verified" not in data:
            self._watch.expect(event.ts, event.port, SWITCH_RESTART)
        self._add_restart(restart, event.role, made)
        if event.kind != "reboot":
            self._write_event(event, made)

    def _add_restart(self, restart: Restart | None, role: str | None, made: Made) -> None:
        if restart is not None:
            self._write_event(RawEvent(restart.ts, "reboot", None, None, restart.port, role, restart.data()), made)

    def _write_event(self, event: RawEvent, made: Made) -> None:
        made.events.append(event)
        made.rows.append(("events", event_row(event)))
