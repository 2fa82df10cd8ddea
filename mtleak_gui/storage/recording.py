# SPDX-License-Identifier: GPL-3.0-only
"""One recording: a folder of four streams that rows are appended to, and that nothing gets lost from.

Each method may be called from any thread, at any time, twice, and during each other. One lock serialises them; it is
never held while files are compressed or synced, nor while ``on_trouble`` is called.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Self

from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.records import RawEvent, RawMark, StreamName
from mtleak_gui.core.rows import Row
from mtleak_gui.storage.atomic_file import make_folder
from mtleak_gui.storage.compression import Compressor
from mtleak_gui.storage.damaged_rows import Repair
from mtleak_gui.storage.durable_streams import DurableStreams
from mtleak_gui.storage.faults import FaultBoard, OnTrouble
from mtleak_gui.storage.folder_adoption import prepare_folder
from mtleak_gui.storage.recording_care import RecordingCare, disk_free_bytes
from mtleak_gui.storage.recording_errors import RecordingPausedError, RecordingStoppedError
from mtleak_gui.storage.recording_lock import RecordingLock
from mtleak_gui.storage.recording_repair import last_time
from mtleak_gui.storage.recording_status import FinishedFiles, RecordingStatus, rate_and_days, stream_statuses
from mtleak_gui.storage.rotation_limits import RotationLimits
from mtleak_gui.storage.row_writer import RowWriter
from mtleak_gui.storage.session_state import SessionState
from mtleak_gui.storage.system_clock import SystemClock
from mtleak_gui.storage.time_order import TimeOrder
from mtleak_gui.storage.upkeep import UpkeepThread

_COMPRESSION_GRACE_S, _JOIN_S = 2.0, 5.0
_log = logging.getLogger(__name__)


class Recording:
    """A recording folder with this process as its only writer, from ``open`` until ``close``."""

    def __init__(
        self,
        folder: Path,
        lock: RecordingLock,
        repairs: tuple[Repair, ...],
        *,
        limits: RotationLimits,
        clock: Clock,
        demo: bool,
        on_trouble: OnTrouble | None,
        on_event: Callable[[RawEvent], None] | None,
        free_bytes: Callable[[Path], int],
    ) -> None:
        """Take over a folder that ``open`` has locked and mended. Raises ``OSError``."""
        self._folder, self._folder_lock, self._limits, self._clock = folder, lock, limits, clock
        self._lock = threading.Lock()
        self._state = SessionState.STOPPED
        self._pause_reason: str | None = None
        self._started_at: float | None = None
        self._started_monotonic = 0.0
        self._rows_refused = 0
        self._untold_repairs = repairs
        self.repairs = tuple(repair.sentence for repair in repairs)
        """Sentences about what was found broken and mended when the recording was opened."""
        self._faults = FaultBoard(on_trouble)
        self._streams = DurableStreams(folder, limits.part_bytes, limits.waiting_bytes, self._faults, clock)
        self._writer = RowWriter(self._streams, TimeOrder(last_time(folder)), clock, on_event)
        self._care = RecordingCare(
            folder,
            self._lock,
            folder_lock=lock,
            streams=self._streams,
            writer=self._writer,
            faults=self._faults,
            limits=limits,
            clock=clock,
            demo=demo,
            free_bytes=free_bytes,
            halt=self._halt,
        )
        self._finished = FinishedFiles(folder)
        self._compressor = Compressor(folder, limits.archives_kept, self._finished.changed)
        self._upkeep = UpkeepThread(self.tend, limits.upkeep_every_s)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        limits: RotationLimits | None = None,
        clock: Clock | None = None,
        demo: bool = False,
        on_trouble: OnTrouble | None = None,
        on_event: Callable[[RawEvent], None] | None = None,
        free_bytes: Callable[[Path], int] | None = None,
    ) -> Self:
        """Make or take over the recording in ``folder``, mend it, and become its writer; ``start`` then records.

        ``on_trouble`` is called with a sentence when recording fails and with ``None`` when it works again, from the
        thread that notices; ``on_event`` with each event that the recording writes about itself, under its lock. Raises
        ``RecordingLockedError`` when another writer has it, ``UnknownFormatError`` when a later version made it,
        ``OSError`` when the folder cannot be made or written.
        """
        clock = clock or SystemClock()
        make_folder(folder, 0o700)
        lock = RecordingLock(folder)
        try:
            repairs = prepare_folder(folder, clock.wall(), demo=demo)
            return cls(
                folder,
                lock,
                repairs,
                limits=limits or RotationLimits(),
                clock=clock,
                demo=demo,
                on_trouble=on_trouble,
                on_event=on_event,
                free_bytes=free_bytes or disk_free_bytes,
            )
        except BaseException:
            lock.release()
            raise

    def start(self) -> None:
        """Begin to record; does nothing when it records or is paused.

        Raises ``RecordingStoppedError`` after ``close``, ``RecordingLockedError`` when another writer took the folder.
        """
        with self._lock:
            if self._state is SessionState.CLOSED:
                raise RecordingStoppedError(f"The recording {self._folder} is closed. Open it again.")
            if self._state is not SessionState.STOPPED:
                return
            self._care.keep_folder()
            self._faults.clear("stopped")
            self._streams.open()
            self._state = SessionState.RUNNING
            self._started_monotonic = self._clock.monotonic()
            self._started_at = self._writer.write_event("recorder_start", "recorder_started")
            for repair in self._untold_repairs:
                self._writer.write_event("repair", repair.label, repair.sentence, repair.data)
            self._untold_repairs = ()
        self._care.sync(all_files=True)  # a session that a power cut ends must be known to have begun

    def append(self, rows: Iterable[tuple[StreamName, Row]]) -> bool:
        """Record rows in their order, with one write per stream; they are in the system's hands on return.

        Return whether they were taken: those that come while the recording is paused or stopped are refused and
        counted. Trouble with the disk makes them wait in memory; it is told by ``on_trouble`` and ``status``.
        """
        batch = list(rows)
        with self._lock:
            if self._state is not SessionState.RUNNING:
                self._rows_refused += len(batch)
                return False
            self._writer.write(batch)
            self._pass_on_parts()
        self._faults.deliver()
        return True

    def mark(
        self, label: str, note: str | None = None, data: Mapping[str, object] | None = None, ts: float | None = None
    ) -> float:
        """Set a mark, as an event and a log row, and bring it to the disk; return its ``ts`` (epoch s).

        ``ts`` is when it was made, now if not given. Raises ``RecordingPausedError``, ``RecordingStoppedError``.
        """
        return self.place_mark(label, note, data, ts).ts

    def place_mark(
        self, label: str, note: str | None = None, data: Mapping[str, object] | None = None, ts: float | None = None
    ) -> RawMark:
        """Set a mark as ``mark`` does; return it as it stands in the file."""
        with self._lock:
            if self._state is SessionState.PAUSED:
                why = f" ({self._pause_reason})" if self._pause_reason else ""
                raise RecordingPausedError(f"The mark {label!r} was not set: the recording is paused{why}. Resume it.")
            if self._state is not SessionState.RUNNING:
                raise RecordingStoppedError(f"The mark {label!r} was not set: the recording is stopped. Start it.")
            placed = self._writer.write_mark(label, note, data, ts)
            self._pass_on_parts()
        self._care.sync(all_files=True)
        return placed

    def pause(self, reason: str | None = None) -> None:
        """Refuse rows until ``resume``. Does nothing unless it records."""
        with self._lock:
            if self._state is not SessionState.RUNNING:
                return
            self._writer.write_event("recorder_pause", "paused", reason)
            self._state, self._pause_reason = SessionState.PAUSED, reason
        self._faults.deliver()

    def resume(self) -> None:
        """Take rows again. Does nothing unless it is paused."""
        with self._lock:
            if self._state is not SessionState.PAUSED:
                return
            self._state, self._pause_reason = SessionState.RUNNING, None
            self._writer.write_event("recorder_resume", "resumed")
        self._faults.deliver()

    def stop(self, reason: str | None = None) -> None:
        """End the session and bring all rows to the disk; ``start`` begins another. Does nothing when stopped."""
        with self._lock:
            if not self._state.recording:
                return
            self._end_session(reason)
        self._care.sync(all_files=True)

    def force_rotate(self) -> None:
        """Roll over each stream that has rows, whatever its size."""
        with self._lock:
            if self._state is not SessionState.CLOSED:
                self._streams.roll_over_all()
                self._pass_on_parts()
        self._faults.deliver()

    def wait_for_archives(self, timeout_s: float) -> bool:
        """Wait until all parts are archives; return whether that came true in time."""
        return self._compressor.wait_until_done(timeout_s)

    def status(self) -> RecordingStatus:
        """Return how the recording is doing."""
        finished = self._finished.totals()
        with self._lock:
            streams = stream_statuses(self._streams.states, finished)
            free = self._care.free
            an_hour, days_left = rate_and_days(
                sum(state.session_bytes for state in self._streams.states.values()),
                self._clock.monotonic() - self._started_monotonic,
                finished,
                None if free is None else free - self._limits.reserve_bytes,
            )
            return RecordingStatus(
                running=self._state.recording,
                paused=self._state is SessionState.PAUSED,
                pause_reason=self._pause_reason,
                started_at=self._started_at,
                folder=self._folder,
                streams=streams,
                write_errors=self._streams.write_errors,
                rows_dropped=self._streams.rows_dropped,
                rows_refused=self._rows_refused,
                rows_waiting=self._streams.rows_waiting,
                trouble=self._faults.trouble,
                bytes_per_hour=an_hour,
                days_left=days_left,
                free_bytes=free,
                reserve_bytes=self._limits.reserve_bytes,
            )

    def close(self) -> None:
        """Stop, end the threads and let the next writer in. Compression that takes long is left to the next start."""
        with self._lock:
            if self._state is SessionState.CLOSED:
                return
            if self._state.recording:
                self._end_session(None)
            self._state = SessionState.CLOSED
        self._care.sync(all_files=True)
        self._upkeep.stop(_JOIN_S)
        self._compressor.wait_until_done(_COMPRESSION_GRACE_S)
        self._compressor.stop(_JOIN_S)
        with self._lock:
            self._streams.retry()
            self._writer.write_notices()
            self._streams.close()
        if lost := self._streams.rows_waiting:
            _log.error("%d rows of %s could not be written before it was closed; they are lost.", lost, self._folder)
        self._folder_lock.release()

    def tend(self) -> None:
        """Do what is due: sync, retries, a look at the folder and the room on the disk. Runs in: upkeep thread."""
        with self._lock:
            state = self._state
        if state is not SessionState.CLOSED:
            self._care.tend(recording=state.recording)

    def _end_session(self, reason: str | None) -> None:
        self._writer.write_event("recorder_stop", "recorder_stopped", reason)
        self._streams.retry()
        self._pass_on_parts()
        self._state, self._pause_reason = SessionState.STOPPED, None

    def _halt(self, sentence: str) -> None:
        """Stop for a reason of the recording's own. Called under the lock."""
        if self._state.recording:
            self._end_session(sentence)
            self._faults.raise_fault("stopped", sentence)

    def _pass_on_parts(self) -> None:
        parts = self._streams.take_new_parts()
        for part in parts:
            self._finished.add(part.path, part.rows, part.size)
        if parts:
            self._compressor.look(part.path for part in parts)
