# SPDX-License-Identifier: GPL-3.0-only
"""Turns finished parts into archives with their sidecars. Runs in: compressor thread.

A crash at any point neither loses nor doubles a row: the archive and its sidecars are complete and on disk before the
archive gets its name, a part whose archive exists is ignored by readers, and only then is the part removed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from mtleak_gui.core.records import STREAMS, StreamName
from mtleak_gui.storage.archive_format import (
    MEMBER_BYTES,
    archive_of,
    family,
    orphaned_sidecars,
    plain_parts,
    stamp_of,
    stream_files,
)
from mtleak_gui.storage.atomic_file import sync_folder, write_atomically
from mtleak_gui.storage.gzip_members import compressed_member
from mtleak_gui.storage.member_index import Member, MemberIndex, build_index, read_index, write_index
from mtleak_gui.storage.row_times import BlockTimes, block_times, ordered_block_times, row_slices
from mtleak_gui.storage.telemetry_columns import ColumnBuilder, build_columns, read_columns

_RETRY_S = 60.0
_REST_S = 0.0005
"""Between slices of Python work, so that no producer of rows has to wait for the interpreter."""

_log = logging.getLogger(__name__)


class AbandonedError(Exception):
    """The compression of a part was given up because its thread has to end; the part stays for the next start."""


class Compressor:
    """A daemon thread that archives the parts of one folder and prunes archives beyond ``archives_kept`` a stream.

    ``on_change`` is called in that thread after each part. A part that cannot be archived is said once in the log and
    tried again every minute.
    """

    def __init__(self, folder: Path, archives_kept: int, on_change: Callable[[], None]) -> None:
        self._folder = folder
        self._kept = archives_kept
        self._on_change = on_change
        self._wake = threading.Condition()
        self._asked = True
        self._idle = False
        self._abandon = threading.Event()
        self._ordered: set[Path] = set()
        self._failed: set[Path] = set()
        self._mended: set[Path] = set()
        self._thread = threading.Thread(target=self._run, name="compressor", daemon=True)
        self._thread.start()

    def look(self, ordered: Iterable[Path] = ()) -> None:
        """There may be new parts; those ``ordered`` hold rows of ours only, in order. Quick; from any thread."""
        with self._wake:
            self._ordered.update(ordered)
            self._asked, self._idle = True, False
            self._wake.notify_all()

    def wait_until_done(self, timeout_s: float) -> bool:
        """Wait until each part that can be archived is; return whether that came true in time."""
        with self._wake:
            return self._wake.wait_for(lambda: self._idle or self._abandon.is_set(), timeout_s)

    def stop(self, timeout_s: float) -> bool:
        """End the thread, giving up a part that is under way; return whether it ended in time. Twice does no harm."""
        self._abandon.set()
        with self._wake:
            self._wake.notify_all()
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._abandon.is_set():
            with self._wake:
                self._asked = False
            for stream in STREAMS:
                self._archive_stream(stream)
            for stream in STREAMS:
                self._mend_sidecars(stream)
            with self._wake:
                if not self._asked:
                    self._idle = True
                    self._wake.notify_all()
                    self._wake.wait_for(lambda: self._asked or self._abandon.is_set(), _RETRY_S)

    def _archive_stream(self, stream: StreamName) -> None:
        for part in plain_parts(self._folder, stream):
            if self._abandon.is_set():
                return
            try:
                archive_part(
                    part,
                    columns=stream == "telemetry",
                    ordered=part in self._ordered,
                    abandoned=self._abandon.is_set,
                )
                self._failed.discard(part)
                self._ordered.discard(part)
            except AbandonedError:
                return
            except OSError as trouble:
                self._say_once(part, trouble)
            self._on_change()
        prune(self._folder, stream, self._kept)

    def _mend_sidecars(self, stream: StreamName) -> None:
        """Give archives of other origin the sidecars that they lack, so that queries are quick from then on."""
        for archive in stream_files(self._folder, stream).archives:
            if self._abandon.is_set():
                return
            if archive not in self._mended:
                self._mended.add(archive)
                try:
                    mend_sidecars(archive, columns=stream == "telemetry")
                except OSError as trouble:
                    _log.info("%s gets no index: %s", archive.name, trouble)
                self._on_change()

    def _say_once(self, part: Path, trouble: OSError) -> None:
        if part not in self._failed and part.exists():
            self._failed.add(part)
            _log.warning("%s could not be compressed (%s). Its rows are safe; it is tried again.", part.name, trouble)


def archive_part(part: Path, *, columns: bool, abandoned: Callable[[], bool], ordered: bool = False) -> None:
    """Make the archive of a part, with index and, if ``columns``, telemetry columns; then remove the part.

    ``ordered``: the part is known to hold whole rows in the order of their times, so they need not all be looked at.
    When a crash left both, a whole archive is kept as it is and a broken one is made anew. Raises ``OSError``, or
    ``AbandonedError`` soon after ``abandoned()`` turns true; the part is then still there.
    """
    archive = archive_of(part)
    if not _is_whole(archive, part.stat().st_size):
        members: list[Member] = []
        builder = ColumnBuilder() if columns else None
        pieces = _members(part, members, builder, ordered=ordered, abandoned=abandoned)
        write_atomically(archive, pieces, before_naming=lambda size: _write_sidecars(archive, size, members, builder))
        if part.stat().st_size != sum(member.raw_bytes for member in members):
            message = f"another program wrote to {part.name} while it was compressed"
            raise OSError(message)
    sync_folder(part.parent)
    part.unlink()


def mend_sidecars(archive: Path, *, columns: bool) -> None:
    """Make the index of an archive and, if ``columns``, its telemetry columns, where missing or stale.

    Raises ``OSError``.
    """
    if read_index(archive) is None:
        write_index(archive, build_index(archive, _REST_S))
    if columns and read_columns(archive) is None:
        build_columns(archive, _REST_S)


def prune(folder: Path, stream: StreamName, kept: int) -> None:
    """Remove the oldest archives of ``stream`` beyond ``kept``, sidecars included; archives of the peer count too.

    An archive that cannot be removed is left for the next time.
    """
    archives = [path for path in stream_files(folder, stream).archives if stamp_of(path) is not None]
    for archive in archives[: max(0, len(archives) - kept)]:
        try:
            # The archive goes first: sidecars without one mean nothing, an archive without sidecars is read in full.
            for path in family(archive):
                path.unlink(missing_ok=True)
        except OSError as trouble:
            _log.info("%s is beyond the %d archives to keep but cannot be removed: %s", archive.name, kept, trouble)
    _remove_orphans(folder, stream)


def _remove_orphans(folder: Path, stream: StreamName) -> None:
    """Remove sidecars without an archive, or a part that becomes it: a crash came between their removals."""
    for sidecar in orphaned_sidecars(folder, stream):
        try:
            sidecar.unlink(missing_ok=True)
        except OSError as trouble:
            _log.info("%s belongs to no archive but cannot be removed: %s", sidecar.name, trouble)


def _is_whole(archive: Path, raw_bytes: int) -> bool:
    if not archive.exists():
        return False
    index = build_index(archive, _REST_S)
    # After a power cut the part may have lost bytes that the archive holds: that was synced before it got its name.
    return index.torn is None and sum(member.raw_bytes for member in index.members) >= raw_bytes


def _write_sidecars(archive: Path, archive_bytes: int, members: list[Member], builder: ColumnBuilder | None) -> None:
    if builder is not None:
        builder.write(archive, archive_bytes)
    write_index(archive, MemberIndex(archive_bytes, tuple(members)))


def _members(
    part: Path,
    members: list[Member],
    builder: ColumnBuilder | None,
    *,
    ordered: bool,
    abandoned: Callable[[], bool],
) -> Iterator[bytes]:
    """Yield the gzip members of a part, and note each in ``members`` and its samples in ``builder``."""
    offset = 0
    for raw in _row_blocks(part):
        if abandoned():
            raise AbandonedError(part.name)
        packed = compressed_member(raw)
        times = ordered_block_times(raw) if ordered else BlockTimes()
        for rows in () if ordered and builder is None else row_slices(raw, _REST_S):
            if not ordered:
                times = times.joined(block_times(rows))
            if builder is not None:
                builder.add(rows)
        members.append(Member(offset, len(packed), len(raw), *times))
        yield packed
        offset += len(packed)


def _row_blocks(part: Path) -> Iterator[bytes]:
    """Yield the file in blocks that end at the first row end after ``MEMBER_BYTES``."""
    with part.open("rb") as file:
        while block := file.read(MEMBER_BYTES):
            yield block + file.readline()
