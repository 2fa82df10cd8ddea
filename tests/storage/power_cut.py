# SPDX-License-Identifier: GPL-3.0-only
"""What stands on a disk after a power cut: all that was synced, and of the rest whatever the dice let survive.

The rules are the hardest ones that journaling file systems keep to. A change of a name that was not synced (file made,
renamed, removed) survives or not, but never without the unsynced ones of the same name or file before it. Bytes that
were not synced are there, or missing from some point on, or their pages hold zeros or garbage.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.storage.simulated_disk import CutOff, FolderSynced, Grown, Moved, Named, Removed, SimulatedDisk, Synced

PAGE = 4096
TAILS = ("all", "none", "short", "zeros", "garbage", "holes")
_LUCK = (0.0, 0.3, 0.7, 0.95, 1.0)


@dataclass(slots=True)
class _FileState:
    """One life of a file: the bytes it had, those that are surely on the disk; ``before`` it was last cut off."""

    size: int = 0
    synced: int = 0
    stored_as: str = ""
    before: _FileState | None = None


@dataclass(slots=True)
class PowerCut:
    """The disk after the first ``acts`` acts. ``tails``: what becomes of bytes that were not synced."""

    disk: SimulatedDisk
    acts: int
    dice: random.Random
    tails: str
    files: dict[int, _FileState] = field(default_factory=dict)

    def leave(self, target: Path) -> None:
        """Write the state into the folder ``target``, which must not exist."""
        self._play()
        names = self._surviving_names()
        self._write(self.disk.root, names, target)

    def _play(self) -> None:
        """Follow the lives of the files up to the cut."""
        self.files = {ino: _FileState(size, size) for ino, size in self.disk.sizes.items()}
        for act in self.disk.acts[: self.acts]:
            match act:
                case Grown(ino, size):
                    self._file(ino).size = size
                case Synced(ino, size):
                    file = self._file(ino)
                    file.size, file.synced, file.before = max(file.size, size), max(file.synced, size), None
                case CutOff(ino, size, age):
                    before = self._file(ino)
                    before.stored_as = f"{ino}.{age}"
                    self.files[ino] = _FileState(size, min(size, before.synced), before=before)
        for act in self.disk.acts[self.acts :]:
            if isinstance(act, CutOff) and act.ino in self.files and not self.files[act.ino].stored_as:
                self.files[act.ino].stored_as = f"{act.ino}.{act.age}"

    def _file(self, ino: int) -> _FileState:
        return self.files.setdefault(ino, _FileState())

    def _surviving_names(self) -> dict[int, dict[str, int]]:
        names = {folder: dict(held) for folder, held in self.disk.names.items()}
        done = self.disk.acts[: self.acts]
        sure = {act.folder: act.acts for act in done if isinstance(act, FolderSynced)}
        luck = self.dice.choice(_LUCK)
        gone: set[tuple[int, str] | int] = set()
        for number, act in enumerate(done):
            if not isinstance(act, Named | Moved | Removed):
                continue
            folders = {act.folder, act.to_folder} if isinstance(act, Moved) else {act.folder}
            touched = _touched(act)
            is_sure = all(number < sure.get(folder, 0) for folder in folders)
            if is_sure or (self.dice.random() < luck and not touched & gone):
                _apply(act, names)
            else:
                gone |= touched
        return names

    def _write(self, folder: int, names: dict[int, dict[str, int]], target: Path) -> None:
        target.mkdir()
        for name, ino in names.get(folder, {}).items():
            if ino in self.files or (self.disk.store / str(ino)).exists():
                (target / name).write_bytes(self._bytes(ino, self._file(ino)))
            else:
                self._write(ino, names, target / name)

    def _bytes(self, ino: int, file: _FileState) -> bytes:
        if file.before is not None and self.dice.random() < 0.5:
            return self._bytes(ino, file.before)
        held = (self.disk.store / (file.stored_as or str(ino))).read_bytes()[: file.size]
        return _TAIL_MAKERS[self.tails](held, file.synced, self.dice)


def _touched(act: Named | Moved | Removed) -> set[tuple[int, str] | int]:
    if isinstance(act, Moved):
        return {(act.folder, act.name), (act.to_folder, act.to_name), act.ino}
    return {(act.folder, act.name), act.ino}


def _apply(act: Named | Moved | Removed, names: dict[int, dict[str, int]]) -> None:
    held = names.setdefault(act.folder, {})
    match act:
        case Named(_, name, ino):
            held[name] = ino
        case Removed(_, name, ino) if held.get(name) == ino:
            del held[name]
        case Moved(_, name, to_folder, to_name, ino):
            if held.get(name) == ino:
                del held[name]
            names.setdefault(to_folder, {})[to_name] = ino


def _pages(held: bytes, synced: int, dice: random.Random, filling: Callable[[], bytes], *, rest: bool) -> bytes:
    """Fill pages behind what was synced: all from some page on (``rest``), or here and there."""
    made = bytearray(held)
    starts = range(-(-synced // PAGE) * PAGE, len(held), PAGE)
    from_page = dice.randrange(len(starts)) if starts else 0
    for number, start in enumerate(starts):
        if number >= from_page if rest else dice.random() < 0.5:
            end = min(start + PAGE, len(held))
            made[start:end] = filling()[: end - start]
    return bytes(made)


def _zeros() -> bytes:
    return b"\0" * PAGE


_TAIL_MAKERS: dict[str, Callable[[bytes, int, random.Random], bytes]] = {
    "all": lambda held, _synced, _dice: held,
    "none": lambda held, synced, _dice: held[:synced],
    "short": lambda held, synced, dice: held[: dice.randint(min(synced, len(held)), len(held))],
    "zeros": lambda held, synced, dice: _pages(held, synced, dice, _zeros, rest=True),
    "garbage": lambda held, synced, dice: _pages(held, synced, dice, lambda: dice.randbytes(PAGE), rest=True),
    "holes": lambda held, synced, dice: _pages(
        held, synced, dice, lambda: dice.choice((_zeros(), dice.randbytes(PAGE))), rest=False
    ),
}
