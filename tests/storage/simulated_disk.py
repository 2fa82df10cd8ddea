# SPDX-License-Identifier: GPL-3.0-only
"""Notes what a program asks of the disk, so that the state after a power cut at any moment can be made afterwards.

While it is entered, the calls of ``os`` and ``open`` that change files below a folder are carried out and noted in
their order: what was written, which file or folder was synced. No byte that was ever there gets lost meanwhile.
"""

from __future__ import annotations

import builtins
import io
import os
import shutil
import stat
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from unittest.mock import patch


class Named(NamedTuple):
    """A file or a folder appeared under a name."""

    folder: int
    name: str
    ino: int


class Moved(NamedTuple):
    """A file or a folder got another name, in the place of whatever had it."""

    folder: int
    name: str
    to_folder: int
    to_name: str
    ino: int


class Removed(NamedTuple):
    """A name went."""

    folder: int
    name: str
    ino: int


class Grown(NamedTuple):
    """A file was written to its end and has ``size`` bytes now."""

    ino: int
    size: int


class CutOff(NamedTuple):
    """A file was shortened to ``size`` bytes; its bytes before are kept as those of its ``age``."""

    ino: int
    size: int
    age: int


class Synced(NamedTuple):
    """The first ``size`` bytes of a file are on the disk."""

    ino: int
    size: int


class FolderSynced(NamedTuple):
    """The names in a folder are on the disk, as the first ``acts`` acts left them."""

    folder: int
    acts: int


class Told(NamedTuple):
    """What the program under test said of itself."""

    word: str
    number: int


Act = Named | Moved | Removed | Grown | CutOff | Synced | FolderSynced | Told
_GROWS = os.O_CREAT | os.O_TRUNC


class SimulatedDisk:
    """The folder ``root``, all of which counts as being on the disk at first; ``store`` is beside it, and empty."""

    def __init__(self, root: Path, store: Path) -> None:
        self.store = store
        self.acts: list[Act] = []
        self.times: list[float] = []
        """When each act was done, epoch s."""
        self.root = root.stat().st_ino
        self.names: dict[int, dict[str, int]] = {self.root: {}}
        """What the folders held at first: inode numbers by name."""
        self.sizes: dict[int, int] = {}
        """How many bytes the files had at first."""
        self._ages: dict[int, int] = {}
        self._folders: set[int] = set()
        self._files: set[int] = set()
        self._lock = threading.RLock()
        self._patches = ExitStack()
        store.mkdir(parents=True)
        self._take(root)

    def __enter__(self) -> Self:
        for name in ("open", "write", "fsync", "fdatasync", "rename", "replace", "unlink", "remove", "mkdir", "rmdir"):
            self._wrap(os, name)
        self._wrap(os, "truncate")
        self._wrap(os, "ftruncate")
        self._wrap(io, "open", self._open_file)
        self._wrap(builtins, "open", self._open_file)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._patches.close()

    def tell(self, word: str, number: int = 0) -> None:
        """Note something between the acts."""
        self._note(Told(word, number))

    def _wrap(self, module: Any, name: str, by: Callable[..., Any] | None = None) -> None:
        real = getattr(module, name)
        noting = by or getattr(self, f"_{name}")

        def noted(*words: Any, **named: Any) -> Any:
            return noting(real, *words, **named)

        self._patches.enter_context(patch.object(module, name, noted))

    def _note(self, act: Act) -> None:
        with self._lock:
            self.acts.append(act)
            self.times.append(time.time())

    def _take(self, folder: Path) -> None:
        ino = folder.stat().st_ino
        self._folders.add(ino)
        held = self.names.setdefault(ino, {})
        for entry in os.scandir(folder):
            held[entry.name] = entry.inode()
            if entry.is_dir():
                self._take(Path(entry.path))
            else:
                self._keep(entry.path, entry.inode())
                self.sizes[entry.inode()] = entry.stat().st_size

    def _keep(self, path: Any, ino: int) -> None:
        """Hold on to the bytes of a file, whatever becomes of its names."""
        self._files.add(ino)
        os.link(path, self.store / str(ino))

    def _place(self, path: Any, dir_fd: int | None = None) -> tuple[int, str]:
        """Return the folder (its inode number) and the name of a path; -1 for a folder that is none of ours."""
        if isinstance(path, int):
            return -1, ""
        parent, name = os.path.split(os.fsdecode(path))
        try:
            folder = os.fstat(dir_fd) if dir_fd is not None else Path(parent).stat()
        except OSError:
            return -1, name
        return folder.st_ino if folder.st_ino in self._folders else -1, name

    def _opened(self, path: Any, call: Callable[[], Any], *, writing: bool, truncating: bool) -> Any:
        folder, name = self._place(path)
        if folder < 0 or not writing:
            return call()
        with self._lock:
            there = Path(path).exists()
            if there and truncating:
                self._cut(Path(path).stat().st_ino, path, 0)
            opened = call()
            if not there and (ino := Path(path).stat().st_ino) not in self._files:
                self._keep(path, ino)
                self._note(Named(folder, name, ino))
            return opened

    def _open(self, real: Callable[..., Any], path: Any, flags: int, *words: Any, **named: Any) -> Any:
        if "dir_fd" in named or isinstance(path, int):
            return real(path, flags, *words, **named)
        writing, truncating = bool(flags & _GROWS), bool(flags & os.O_TRUNC)
        return self._opened(path, lambda: real(path, flags, *words, **named), writing=writing, truncating=truncating)

    def _open_file(self, real: Callable[..., Any], path: Any, mode: str = "r", *words: Any, **named: Any) -> Any:
        if named.get("opener") is not None:
            return real(path, mode, *words, **named)
        writing, truncating = "r" not in mode, "w" in mode
        return self._opened(path, lambda: real(path, mode, *words, **named), writing=writing, truncating=truncating)

    def _write(self, real: Callable[..., Any], descriptor: int, data: Any) -> Any:
        with self._lock:
            written = real(descriptor, data)
            state = os.fstat(descriptor)
            if state.st_ino in self._files and stat.S_ISREG(state.st_mode):
                self._note(Grown(state.st_ino, state.st_size))
            return written

    def _fsync(self, real: Callable[..., Any], descriptor: int) -> None:
        state, acts = os.fstat(descriptor), len(self.acts)
        real(descriptor)
        if state.st_ino in self._folders:
            self._note(FolderSynced(state.st_ino, acts))
        elif state.st_ino in self._files:
            self._note(Synced(state.st_ino, state.st_size))

    _fdatasync = _fsync

    def _rename(self, real: Callable[..., Any], source: Any, target: Any) -> None:
        with self._lock:
            folder, name = self._place(source)
            to_folder, to_name = self._place(target)
            ino = Path(source).stat().st_ino if folder >= 0 else 0
            real(source, target)
            if folder >= 0:
                self._note(Moved(folder, name, to_folder, to_name, ino))

    _replace = _rename

    def _unlink(self, real: Callable[..., Any], path: Any, *, dir_fd: int | None = None) -> None:
        with self._lock:
            folder, name = self._place(path, dir_fd)
            ino = 0 if folder < 0 else os.stat(path, dir_fd=dir_fd).st_ino if self._is_there(path, dir_fd) else 0
            real(path, dir_fd=dir_fd)
            if ino:
                self._note(Removed(folder, name, ino))

    _remove = _rmdir = _unlink

    def _mkdir(self, real: Callable[..., Any], path: Any, *words: Any, **named: Any) -> None:
        with self._lock:
            real(path, *words, **named)
            folder, name = self._place(path)
            if folder >= 0:
                self._folders.add(ino := Path(path).stat().st_ino)
                self._note(Named(folder, name, ino))

    def _truncate(self, real: Callable[..., Any], path: Any, size: int) -> None:
        with self._lock:
            self._cut(Path(path).stat().st_ino, path, size)
            real(path, size)

    def _ftruncate(self, real: Callable[..., Any], descriptor: int, size: int) -> None:
        with self._lock:
            if (ino := os.fstat(descriptor).st_ino) in self._files:
                self._cut(ino, self.store / str(ino), size)
            real(descriptor, size)

    def _cut(self, ino: int, path: Any, size: int) -> None:
        if ino not in self._files or Path(path).stat().st_size <= size:
            return
        age = self._ages.get(ino, 0)
        shutil.copyfile(path, self.store / f"{ino}.{age}")
        self._ages[ino] = age + 1
        self._note(CutOff(ino, size, age))

    def _is_there(self, path: Any, dir_fd: int | None) -> bool:
        try:
            os.stat(path, dir_fd=dir_fd)
        except OSError:
            return False
        return True
