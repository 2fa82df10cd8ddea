# SPDX-License-Identifier: GPL-3.0-only
"""Saved faults of the program: one text file each, offered until the tester has seen it.

``crash-<stamp>.txt`` holds a fault that Python could tell of, ``fault-<stamp>-<pid>.txt`` is kept open by a running
program for what ends it at once and is empty while all is well; seen ones end in ``.seen.txt``.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from mtleak_gui.core.crash_report import CrashReport
from mtleak_gui.storage.atomic_file import make_folder, write_atomically

_KEPT = 20
_SEEN = ".seen.txt"
_FATAL_SUMMARY = "The program ended suddenly"

log = logging.getLogger(__name__)


class CrashShelf:
    """The faults in one folder, which need not exist yet. From any thread."""

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self._folder = folder
        self._clock = clock

    def save(self, summary: str, trace: str) -> CrashReport:
        """Save a fault; where that fails the report says so by having no path."""
        now = self._clock()
        path = self._folder / f"crash-{_stamp(now)}.txt"
        try:
            make_folder(self._folder)
            write_atomically(path, [f"{summary}\n\n{trace}".encode("utf-8", "replace")])
            self._prune()
        except OSError as trouble:
            log.warning("A fault could not be saved in %s: %s", self._folder, trouble)
            return CrashReport(now, summary, trace)
        return CrashReport(now, summary, trace, str(path))

    def open_fault_file(self) -> FileIO:
        """Return a new file for what ends the program at once. Raises ``OSError``."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return FileIO(self._folder / f"fault-{_stamp(self._clock())}-{os.getpid()}.txt", "x")

    def unseen(self, own_fault_file: str | None = None) -> tuple[CrashReport, ...]:
        """Return what was not yet marked as seen, newest first; empty fault files of programs that are gone go.

        ``own_fault_file``: the one that this program keeps open.
        """
        found = []
        for path in self._files():
            if path.name.endswith(_SEEN) or str(path) == own_fault_file:
                continue
            report = self._read(path)
            if report is not None:
                found.append(report)
        return tuple(sorted(found, key=lambda report: report.ts, reverse=True))

    def mark_seen(self, report: CrashReport) -> None:
        """Do not offer a report again; its file stays."""
        if report.path is not None:
            path = Path(report.path)
            with contextlib.suppress(OSError):  # gone, or of a read-only folder: offered once more at worst
                path.rename(path.with_name(f"{path.stem}{_SEEN}"))

    def _read(self, path: Path) -> CrashReport | None:
        try:
            text = path.read_text("utf-8", "replace").strip()
            when = path.stat().st_mtime
        except OSError as trouble:
            log.info("%s cannot be read: %s", path, trouble)
            return None
        if path.name.startswith("fault-"):
            if not text:
                self._drop_empty(path)
                return None
            return CrashReport(when, _FATAL_SUMMARY, text, str(path), fatal=True)
        summary, _, trace = text.partition("\n")
        return CrashReport(when, summary, trace.strip(), str(path))

    def _drop_empty(self, path: Path) -> None:
        pid = path.stem.rpartition("-")[2]
        if pid.isdecimal() and not _is_running(int(pid)):
            with contextlib.suppress(OSError):  # another start of the program was quicker
                path.unlink()

    def _prune(self) -> None:
        saved = sorted(path for path in self._files() if path.name.startswith("crash-"))
        for path in saved[:-_KEPT]:
            path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        try:
            return [*self._folder.glob("crash-*.txt"), *self._folder.glob("fault-*.txt")]
        except OSError:
            return []


def _stamp(ts: float) -> str:
    return datetime.fromtimestamp(ts, UTC).strftime("%Y%m%d-%H%M%S-%f")


def _is_running(pid: int) -> bool:
    if os.name == "nt":
        return False  # a probe by signal would end it; a file that is held open cannot be removed there anyway
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
