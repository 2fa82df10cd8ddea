# SPDX-License-Identifier: GPL-3.0-only
"""The raw rows of a recording's streams over a window, piece by piece, for readers that decode in their own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from mtleak_gui.core.records import STREAMS, StreamName
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.archive_format import MEMBER_BYTES, is_demo
from mtleak_gui.storage.archive_indexes import ArchiveIndexes
from mtleak_gui.storage.plain_file import PlainFile
from mtleak_gui.storage.read_reports import counted_report
from mtleak_gui.storage.recording_folder import require_recording
from mtleak_gui.storage.repeated_archives import RepeatedArchives
from mtleak_gui.storage.row_blocks import archive_blocks, readable_pieces
from mtleak_gui.storage.row_files import StreamSnapshot
from mtleak_gui.storage.row_times import block_times, row_time
from mtleak_gui.storage.time_bisect import window_range

ALWAYS = TimeWindow(float("-inf"), float("inf"))
_LAST_MOMENT = 253_402_300_800.0
"""The end of the year 9999."""
_TAIL_BYTES = 1 << 14
_SMALL_BYTES = 4 << 20


class RecordingPieces:
    """One recording folder, ours or the peer's. Keeps indexes between questions and no file open.

    Raises ``QueryError`` when the folder is none or holds no recording; its methods raise ``OSError``.
    """

    def __init__(self, folder: Path, *, may_write: bool = True) -> None:
        require_recording(folder)
        self.folder = folder
        self._indexes = ArchiveIndexes(may_write=may_write)
        self._repeated = RepeatedArchives()

    def oldest_first(self, stream: StreamName, window: TimeWindow, notes: list[str]) -> Iterator[bytes]:
        """Yield raw bytes of whole lines that may hold rows of the window, in the order of writing.

        What has to be read around is added to ``notes`` as sentences.
        """
        with self._snapshot(stream) as snapshot:
            troubles: list[str] = []
            for number, file in enumerate(snapshot.files):
                if isinstance(file, PlainFile):
                    # Decoding all of a file costs little more than indexing it, so no index is made for one question.
                    yield from (piece for _, piece in file.blocks(*_stretch(snapshot, file, window)))
                    yield from _unfinished(file)
                else:
                    for block in archive_blocks(number, file):
                        if block.overlaps(window):
                            yield from (piece for _, piece in readable_pieces(block, troubles))
            notes.extend(counted_report(snapshot, 0, troubles).notes)

    def newest_first(self, stream: StreamName, window: TimeWindow, *, but_unordered: bool = False) -> Iterator[bytes]:
        """Yield blocks of rows that may hold rows of the window, the newest block first, each block as one piece.

        ``but_unordered`` leaves out files in which rows may stand anywhere: who read any window has read them whole.
        """
        with self._snapshot(stream) as snapshot:
            for number, file in reversed(list(enumerate(snapshot.files))):
                if isinstance(file, PlainFile):
                    if but_unordered and not snapshot.is_ordered(file):
                        continue
                    yield from _unfinished(file)
                    yield from _backwards(file, *_stretch(snapshot, file, window))
                else:
                    for block in reversed(archive_blocks(number, file)):
                        if block.overlaps(window):
                            yield b"".join(piece for _, piece in readable_pieces(block, []))

    def is_demo(self) -> bool:
        """Return whether the recording is marked as that of a virtual board."""
        return is_demo(self.folder)

    def newest_ts(self) -> float | None:
        """Return the time of the newest row of all streams (epoch s), ``None`` when there is none.

        Of a large plain file one row of each mebibyte and the last one are looked at. Times that no calendar has are
        passed over.
        """
        found: list[float | None] = []
        for stream in STREAMS:
            with self._snapshot(stream) as snapshot:
                for file in snapshot.files:
                    if isinstance(file, PlainFile):
                        found += _times_here_and_there(file)
                    else:
                        found += [member.max_ts for member in file.index.members]
        return _greatest(found)

    def _snapshot(self, stream: StreamName) -> StreamSnapshot:
        return StreamSnapshot(self.folder, stream, self._indexes, self._repeated)


def _times_here_and_there(file: PlainFile) -> list[float | None]:
    """Return the greatest time of a small file; of a large one those of the first row of each mebibyte and of the last.

    Reading all of a large file only to learn where it ends would cost as much as the verdict.
    """
    tail = file.read(max(0, file.size - _TAIL_BYTES), _TAIL_BYTES)
    if file.size <= _SMALL_BYTES:
        return [*(_newest_in(block) for _, block in file.blocks(0, file.rows_end)), _last_time(tail)]
    starts = range(0, file.rows_end, MEMBER_BYTES)
    return [*(row_time(file.line_at(file.row_start(start))) for start in starts), _last_time(tail)]


def _newest_in(block: bytes) -> float | None:
    newest = block_times(block).max_ts
    if newest is None or newest <= _LAST_MOMENT:
        return newest
    return _greatest(row_time(line) for line in block.split(b"\n"))


def _greatest(times: Iterable[float | None]) -> float | None:
    return max((ts for ts in times if ts is not None and 0 <= ts <= _LAST_MOMENT), default=None)


def _last_time(tail: bytes) -> float | None:
    times = (row_time(line) for line in reversed(tail.split(b"\n")))
    return next((ts for ts in times if ts is not None), None)


def _stretch(snapshot: StreamSnapshot, file: PlainFile, window: TimeWindow) -> tuple[int, int]:
    """Return the offsets between which rows of the window may stand."""
    return window_range(file, window) if snapshot.is_ordered(file) else (0, file.rows_end)


def _unfinished(file: PlainFile) -> Iterator[bytes]:
    """Yield what stands behind the last newline: a row being written, torn, or the last of a file made by hand."""
    if file.size > file.rows_end:
        yield file.unfinished()


def _backwards(file: PlainFile, low: int, high: int) -> Iterator[bytes]:
    """Yield about 1 MiB of whole lines each, from the end of the stretch to its start."""
    while high > low:
        start = max(low, high - MEMBER_BYTES)
        start = start if start == low else file.row_start(start)
        if start >= high:
            start = low
        yield file.read(start, high - start)
        high = start
