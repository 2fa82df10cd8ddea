# SPDX-License-Identifier: GPL-3.0-only
"""The four live files of a recording, and the rows that wait in memory while a file cannot be written.

Not thread-safe: the recording that owns it serialises the calls. What happens to the files is reported as notices,
which the owner writes into the events stream.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.records import STREAMS, StreamName
from mtleak_gui.storage.faults import FaultBoard, advice
from mtleak_gui.storage.rotating_jsonl import RotatingJsonl

_log = logging.getLogger(__name__)


class Notice(NamedTuple):
    """An event that the recording is to write about itself; fields as in the events stream."""

    kind: str
    label: str
    note: str | None = None
    data: dict[str, object] | None = None


class NewPart(NamedTuple):
    """A live file that was rolled over, with the rows and bytes in it."""

    path: Path
    rows: int
    size: int


@dataclass(slots=True)
class StreamState:
    """One stream: its file, the rows that wait for it (oldest first, with their count), and what was counted."""

    file: RotatingJsonl
    roll_at: int
    waiting: deque[tuple[bytes, int]] = field(default_factory=deque)
    session_rows: int = 0
    session_bytes: int = 0
    last_ts: float | None = None
    rotations: int = 0
    dropped_rows: int = 0
    """Rows lost for want of room since the last ``dropped`` event."""
    unsynced: bool = False

    def count(self, data: bytes, rows: int) -> None:
        """Take note of rows that were written."""
        self.session_rows += rows
        self.session_bytes += len(data)
        self.unsynced = True


class DurableStreams:
    """Writes rows to the live files or lets them wait, in order; when too many wait, drops the newest and counts."""

    def __init__(self, folder: Path, part_bytes: int, waiting_bytes: int, faults: FaultBoard, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._part_bytes = part_bytes
        self._waiting_limit = waiting_bytes
        self._faults = faults
        self._waiting_bytes = 0
        self._notices: list[Notice] = []
        self._new_parts: list[NewPart] = []
        self._parts_to_sync: list[Path] = []
        self._new_names = False
        self.states = {stream: StreamState(RotatingJsonl(folder, stream), part_bytes) for stream in STREAMS}
        self.write_errors = 0
        self.rows_dropped = 0

    @property
    def rows_waiting(self) -> int:
        """Rows in memory that are not yet in a file."""
        return sum(rows for state in self.states.values() for _, rows in state.waiting)

    def open(self) -> None:
        """Open all live files; one that cannot be opened is a fault, and its rows wait."""
        for stream, state in self.states.items():
            self._reopen(stream, state)

    def close(self) -> None:
        """Close all live files; what waits stays waiting."""
        for state in self.states.values():
            state.file.close()

    def abandon(self) -> None:
        """Close the files for good and forget what waits: they have another writer now."""
        self.close()
        self.rows_dropped += self.rows_waiting
        self._waiting_bytes = 0
        for state in self.states.values():
            state.waiting.clear()

    def write(self, stream: StreamName, data: bytes, rows: int, last_ts: float) -> None:
        """Append whole rows to a stream, in one system call; or let them wait. Rolls the file over when it is full.

        Never raises for trouble with the disk.
        """
        state = self.states[stream]
        if state.waiting and not self._write_waiting(stream, state):
            self._wait(stream, state, data, rows)
        else:
            try:
                state.file.write(data, rows)
            except OSError as trouble:
                self._fail(stream, trouble)
                self._wait(stream, state, data, rows)
            else:
                state.count(data, rows)
                if self._faults.standing:
                    self._recover(stream)
        state.last_ts = last_ts
        if state.file.size >= state.roll_at:
            self._roll_over(stream, state)

    def retry(self) -> None:
        """Try to write what waits. Never raises for trouble with the disk."""
        for stream, state in self.states.items():
            if state.waiting:
                self._write_waiting(stream, state)
            elif stream in self._faults.standing:
                self._reopen(stream, state)

    def roll_over_all(self) -> None:
        """Roll over each stream that has rows."""
        for stream, state in self.states.items():
            self._roll_over(stream, state)

    def look_after_files(self) -> None:
        """Notice live files that were deleted or moved by others, and put back the rows that went with them."""
        for stream, state in self.states.items():
            try:
                lost = state.file.taken_away()
            except OSError as trouble:
                # The file itself may still work; if it does not, the next write tells.
                _log.info("%s cannot be looked at: %s", state.file.path, trouble)
                continue
            if lost is None:
                continue
            rows = lost.count(b"\n")
            if lost:
                state.waiting.appendleft((lost, rows))
                self._waiting_bytes += len(lost)
                state.session_rows -= rows
                state.session_bytes -= len(lost)
            note = (
                f"{state.file.path.name} was deleted or moved by another program. "
                f"A new file was begun, with the last {rows:,} rows put back."
            )
            self._notices.append(Notice("write_error", "live_file_gone", note, {"stream": stream, "rows": rows}))

    def descriptors_to_sync(self, *, all_files: bool = False) -> list[int]:
        """Return second descriptors of the files written since the last call, for the caller to sync and close.

        ``all_files``: also of those that another caller may still be syncing.
        """
        descriptors: list[int] = []
        for state in self.states.values():
            if state.unsynced or all_files:
                state.unsynced = False
                descriptor = state.file.duplicate()
                if descriptor is not None:
                    descriptors.append(descriptor)
        return descriptors

    def parts_to_sync(self) -> list[Path]:
        """Return and forget the parts that were rolled over before their rows were on the disk."""
        parts, self._parts_to_sync = self._parts_to_sync, []
        return parts

    def sync_again(self, parts: Iterable[Path]) -> None:
        """Take back what was given out to be synced, since that failed: nothing counts as being on the disk."""
        self._parts_to_sync = [*parts, *self._parts_to_sync]
        self._new_names = True
        for state in self.states.values():
            state.unsynced = True

    def take_new_names(self) -> bool:
        """Return and forget whether files were made or renamed, so that their folder has to be synced."""
        made = [state.file.take_made() for state in self.states.values()]
        renamed, self._new_names = self._new_names, False
        return renamed or any(made)

    def take_notices(self) -> list[Notice]:
        """Return and forget what is to be written into the events stream."""
        notices, self._notices = self._notices, []
        return notices

    def take_new_parts(self) -> list[NewPart]:
        """Return and forget the parts made since the last call."""
        parts, self._new_parts = self._new_parts, []
        return parts

    def _reopen(self, stream: StreamName, state: StreamState) -> None:
        try:
            state.file.open()
        except OSError as trouble:
            self._fail(stream, trouble)
        else:
            self._recover(stream)

    def _write_waiting(self, stream: StreamName, state: StreamState) -> bool:
        """Write what waits for a stream, oldest first; return whether nothing waits any more."""
        while state.waiting:
            data, rows = state.waiting[0]
            try:
                state.file.write(data, rows)
            except OSError as trouble:
                self._fail(stream, trouble)
                return False
            state.waiting.popleft()
            self._waiting_bytes -= len(data)
            state.count(data, rows)
        self._recover(stream)
        return True

    def _wait(self, stream: StreamName, state: StreamState, data: bytes, rows: int) -> None:
        # Events are few and tell what happened to the rest, so they get room when nothing else does.
        limit = self._waiting_limit * (2 if stream == "events" else 1)
        if self._waiting_bytes + len(data) > limit:
            state.dropped_rows += rows
            self.rows_dropped += rows
            return
        state.waiting.append((data, rows))
        self._waiting_bytes += len(data)

    def _fail(self, stream: StreamName, trouble: OSError) -> None:
        sentence = (
            f"Recording to {self._folder} fails. {advice(trouble)}; "
            "rows wait in memory meanwhile and are written when it works again."
        )
        if self._faults.raise_fault(stream, sentence):
            self.write_errors += 1
            data: dict[str, object] = {"stream": stream, "errno": trouble.errno, "error": trouble.strerror}
            self._notices.append(Notice("write_error", "write_failed", sentence, data))

    def _recover(self, stream: StreamName) -> None:
        if not self._faults.clear(stream):
            return
        self._notices.append(Notice("write_error", "write_resumed", None, {"stream": stream}))
        if not any(state.waiting for state in self.states.values()):
            self._tell_dropped()

    def _tell_dropped(self) -> None:
        dropped: dict[str, object] = {
            stream: state.dropped_rows for stream, state in self.states.items() if state.dropped_rows
        }
        if dropped:
            note = "Rows that came while the disk could not be written, beyond what memory was set aside for, are lost."
            self._notices.append(Notice("dropped", "rows_dropped", note, dropped))
        for state in self.states.values():
            state.dropped_rows = 0

    def _roll_over(self, stream: StreamName, state: StreamState) -> None:
        rows, size = state.file.rows, state.file.size
        try:
            part = state.file.roll_over(self._clock.wall())
        except OSError as trouble:
            # The file goes on growing; the next try comes after some more rows.
            state.roll_at = state.file.size + self._part_bytes // 10
            sentence = f"{state.file.path.name} cannot be rolled over and goes on growing. {advice(trouble)}."
            self._faults.raise_fault(f"roll over {stream}", sentence)
            return
        state.roll_at = self._part_bytes
        self._faults.clear(f"roll over {stream}")
        if part is not None:
            state.rotations += 1
            self._new_names = True
            self._new_parts.append(NewPart(part, rows, size))
            if state.unsynced:
                self._parts_to_sync.append(part)
                state.unsynced = False
