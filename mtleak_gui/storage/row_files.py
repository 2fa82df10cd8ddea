# SPDX-License-Identifier: GPL-3.0-only
"""Which files hold a stream at one moment, oldest first, none of them twice, while a writer may be rolling over."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from mtleak_gui.core.records import StreamName
from mtleak_gui.storage.archive_format import is_archive, is_ours, live_path, stream_files
from mtleak_gui.storage.archive_indexes import ArchiveIndexes
from mtleak_gui.storage.plain_file import PlainFile
from mtleak_gui.storage.repeated_archives import ArchiveFile, RepeatedArchives

_TRIES = 8


class StreamSnapshot:
    """The files of one stream, held open for one query: ``with StreamSnapshot(...) as snapshot``.

    ``files`` are in the order of writing. ``unreadable`` are sentences about files that had to be left out,
    ``doubled`` are archives whose rows stand in the next file as well: a recorder that was killed while it
    rolled over leaves such.
    """

    def __init__(self, folder: Path, stream: StreamName, indexes: ArchiveIndexes, repeated: RepeatedArchives) -> None:
        self.stream = stream
        self._ours = is_ours(folder)
        self._live = live_path(folder, stream)
        self.files: list[ArchiveFile | PlainFile] = []
        self.unreadable: list[str] = []
        self.doubled: list[ArchiveFile] = []
        self._indexes = indexes
        self._held = ExitStack()
        for attempt in range(_TRIES):
            try:
                if self._open_all(folder, last_try=attempt == _TRIES - 1):
                    break
            except BaseException:
                self._held.close()
                raise
            self._held.close()
        indexes.forget_others(stream, [file.path for file in self.files])
        self._leave_out_doubled(repeated)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    def is_ordered(self, file: PlainFile) -> bool:
        """Return whether ``ts`` never goes backwards in a plain file: so in our live ones; a part may be adopted."""
        return self._ours and file.path == self._live

    @property
    def torn(self) -> tuple[str, ...]:
        """The names of archives that a crash tore."""
        archives = [file for file in self.files if isinstance(file, ArchiveFile)]
        return tuple(file.path.name for file in [*archives, *self.doubled] if file.index.torn)

    def _open_all(self, folder: Path, *, last_try: bool) -> bool:
        """Open the live file first, then what the folder lists; return whether no rolling over came between."""
        self.files.clear()
        self.unreadable.clear()
        live = self._opened(self._live)
        listed = stream_files(folder, self.stream)
        for path in listed.finished:
            file = self._archive(path) if is_archive(path) else self._opened(path)
            if file is not None:
                self.files.append(file)
            elif not path.exists() and not last_try:
                return False
        if live is not None:
            self.files.append(live)
        return last_try or self._is_settled(live)

    def _opened(self, path: Path) -> PlainFile | None:
        try:
            return self._held.enter_context(PlainFile(path))
        except FileNotFoundError:
            return None
        except OSError as trouble:
            self._cannot_read(path, trouble)
            return None

    def _archive(self, path: Path) -> ArchiveFile | None:
        try:
            return ArchiveFile(path, self._indexes.of(path))
        except FileNotFoundError:
            return None
        except OSError as trouble:
            self._cannot_read(path, trouble)
            return None

    def _cannot_read(self, path: Path, trouble: OSError) -> None:
        why = trouble.strerror or str(trouble)
        self.unreadable.append(f"{path.name} could not be read ({why}): its rows are missing here")

    def _is_settled(self, opened: PlainFile | None) -> bool:
        """Return whether the live file that was opened first still is the live file after the listing."""
        if self.unreadable:
            return True
        try:
            status = self._live.stat()
        except OSError:
            return opened is None
        return opened is not None and opened.identity == (status.st_dev, status.st_ino)

    def _leave_out_doubled(self, known: RepeatedArchives) -> None:
        for older, newer in zip(list(self.files), self.files[1:], strict=False):
            # Our own writer publishes whole archives only, and no row twice.
            suspect = isinstance(older, ArchiveFile) and (not self._ours or older.index.torn is not None)
            if isinstance(older, ArchiveFile) and suspect and known.is_repeated(older, newer):
                self.files.remove(older)
                self.doubled.append(older)
