# SPDX-License-Identifier: GPL-3.0-only
"""Saved reports: one folder each, listed, read, named, copied out, and deleted so that it can be undone.

A report's folder (its files: ``report_files.py``) is prepared under another name, synced and renamed, so that a report
is there wholly or not at all, after a power cut too. Deleted ones wait in ``.deleted``.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.report_view import device_name, label_of
from mtleak_gui.core.leakhunt.saved_report import (
    DamagedReportError,
    NoSuchReportError,
    ReportForm,
    ReportView,
    SavedReport,
)
from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.storage import report_files as files
from mtleak_gui.storage.atomic_file import make_folder, sync_folder, write_atomically, write_through
from mtleak_gui.storage.places import folder_name

_DELETED = ".deleted"
_UNFINISHED = ".tmp"
_LONGEST_TITLE = 120
_STAMP, _STAMP_WIDTH = "%Y%m%d-%H%M%S", 15


class ReportShelf:
    """The folder of saved reports, which need not exist yet. Its methods raise ``OSError`` when the disk refuses."""

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self._folder = folder
        self._clock = clock

    @property
    def folder(self) -> Path:
        """Where the reports lie."""
        return self._folder

    def save(self, verdict: Verdict, recording: Path | None = None, zone: tzinfo | None = None) -> SavedReport:
        """Save a report in all formats and return it as listed; times of day in ``zone`` or this computer's own."""
        saved = self._clock()
        stamp = datetime.fromtimestamp(saved, UTC).strftime(_STAMP)
        folder = self._free(folder_name(f"{stamp} {device_name(verdict)} {verdict.headline.title.lower()}"))
        label = label_of(verdict, saved, None if recording is None else str(recording.absolute()), zone)
        unfinished = folder.with_name(folder.name + _UNFINISHED)
        shutil.rmtree(unfinished, ignore_errors=True)
        make_folder(unfinished)
        for name, page in files.pages(verdict, label, zone):
            write_through(unfinished / name, [page])
        sync_folder(unfinished)
        unfinished.rename(folder)
        sync_folder(self._folder)
        return SavedReport(folder.name, folder, files.size_of(folder), label)

    def reports(self) -> tuple[SavedReport, ...]:
        """Return the saved reports, newest first, damaged ones as such; folders that are none are passed over."""
        found = [_listed(folder) for folder in self._folders(self._folder) if files.looks_like_report(folder)]
        return tuple(sorted(found, key=_age, reverse=True))

    def text(self, name: str) -> str:
        """Return the text of a report. Raises ``NoSuchReportError`` and ``DamagedReportError``."""
        return files.read_text(self._existing(name))

    def view(self, name: str) -> ReportView:
        """Return a report as a window shows it. Raises ``NoSuchReportError`` and ``DamagedReportError``."""
        return files.read_view(self._existing(name))

    def value(self, name: str) -> dict[str, object]:
        """Return a report as it was for programs. Raises ``NoSuchReportError`` and ``DamagedReportError``."""
        return files.read_value(self._existing(name))

    def copy_out(self, name: str, form: ReportForm, target: Path) -> None:
        """Write a report in one of its forms to ``target``, complete or not at all. Raises ``NoSuchReportError``."""
        write_atomically(target, [(self._existing(name) / files.FORM_FILES[form]).read_bytes()])

    def rename(self, name: str, title: str) -> SavedReport:
        """Give a report a title of its own; an empty one leaves it. Raises as ``view`` does."""
        folder = self._existing(name)
        label = files.read_label(folder)
        shown = wording.single_line(title, _LONGEST_TITLE)
        if shown and shown != label.title:
            label = replace(label, title=shown, renamed=True)
            write_atomically(folder / files.LABEL_FILE, [files.label_page(label)])
        return SavedReport(name, folder, files.size_of(folder), label)

    def delete(self, name: str) -> None:
        """Take a report off the shelf; ``undo_delete`` brings it back. Raises ``NoSuchReportError``."""
        folder = self._existing(name)
        waiting = self._folder / _DELETED / name
        waiting.parent.mkdir(exist_ok=True)
        shutil.rmtree(waiting, ignore_errors=True)
        folder.rename(waiting)

    def undo_delete(self, name: str) -> None:
        """Put a deleted report back. Raises ``NoSuchReportError`` when it was not deleted, or was forgotten since."""
        waiting = self._among(self._folder / _DELETED, name)
        waiting.rename(self._free(name))

    def forget_deleted(self) -> None:
        """Remove for good what was deleted, and what an interrupted save left behind."""
        shutil.rmtree(self._folder / _DELETED, ignore_errors=True)
        for folder in self._folder.glob(f"*{_UNFINISHED}"):
            shutil.rmtree(folder, ignore_errors=True)

    def _existing(self, name: str) -> Path:
        return self._among(self._folder, name)

    def _among(self, parent: Path, name: str) -> Path:
        # Looked up among what is there, so that a name can never lead out of the shelf.
        for folder in self._folders(parent):
            if folder.name == name:
                return folder
        raise NoSuchReportError(f"there is no report {name!r} on the shelf {self._folder}")

    def _free(self, name: str) -> Path:
        candidate, number = self._folder / name, 1
        while candidate.exists():
            number += 1
            candidate = self._folder / f"{name} {number}"
        return candidate

    def _folders(self, parent: Path) -> Iterator[Path]:
        if parent.is_dir():
            yield from (path for path in sorted(parent.iterdir()) if path.is_dir() and _is_report_name(path.name))


def _is_report_name(name: str) -> bool:
    return not name.startswith(".") and not name.endswith(_UNFINISHED)


def _listed(folder: Path) -> SavedReport:
    size = files.size_of(folder)
    try:
        return SavedReport(folder.name, folder, size, files.read_label(folder))
    except DamagedReportError as trouble:
        return SavedReport(folder.name, folder, size, None, str(trouble))


def _age(report: SavedReport) -> tuple[float, str]:
    saved = _stamped(report.name) if report.label is None else report.label.saved
    return saved, report.name


def _stamped(name: str) -> float:
    """Return when a report of that name was saved, 0 where the name does not tell."""
    try:
        return datetime.strptime(name[:_STAMP_WIDTH], _STAMP).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0
