# SPDX-License-Identifier: GPL-3.0-only
"""The indexes of archives, each read once; a missing or stale one is rebuilt, and stored where that is allowed."""

from __future__ import annotations

import logging
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from mtleak_gui.core.records import StreamName
from mtleak_gui.storage.member_index import MemberIndex, build_index, read_index, write_index

_LOG = logging.getLogger(__name__)


class _State(NamedTuple):
    """What changes when an archive does."""

    inode: int
    size: int
    modified_ns: int


class ArchiveIndexes:
    """Indexes by archive. With ``may_write`` false, nothing is stored beside the archives."""

    def __init__(self, *, may_write: bool) -> None:
        self._may_write = may_write
        self._known: dict[Path, tuple[_State, MemberIndex]] = {}

    def of(self, archive: Path) -> MemberIndex:
        """Return the index. Raises ``OSError`` when the archive cannot be read."""
        status = archive.stat()
        state = _State(status.st_ino, status.st_size, status.st_mtime_ns)
        known = self._known.get(archive)
        if known is not None and known[0] == state:
            return known[1]
        index = read_index(archive) or self._rebuilt(archive)
        self._known[archive] = (state, index)
        return index

    def forget_others(self, stream: StreamName, present: Collection[Path]) -> None:
        """Let go of the indexes of archives of a stream that are no longer there."""
        gone = [path for path in self._known if path.name.startswith(f"{stream}.") and path not in present]
        for path in gone:
            del self._known[path]

    def _rebuilt(self, archive: Path) -> MemberIndex:
        index = build_index(archive)
        if self._may_write:
            try:
                write_index(archive, index)
            except OSError as trouble:
                _LOG.info("the index of %s stays in memory: %s", archive.name, trouble)
        return index
