# SPDX-License-Identifier: GPL-3.0-only
"""What a preview needs of a report, read in one go. Runs in: disk worker thread."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from mtleak_gui.core.contracts import ReportShelf
from mtleak_gui.core.leakhunt.saved_report import DamagedReportError, ReportView, SavedReport


class ReadReport(NamedTuple):
    """A report, and whether the recording that it judged is still there. ``view`` is missing for a damaged one."""

    report: SavedReport
    view: ReportView | None
    damage: str | None
    has_recording: bool


def read_report(shelf: ReportShelf, report: SavedReport) -> ReadReport:
    """Read a report. Raises ``NoSuchReportError`` when it is gone."""
    recording = None if report.label is None else report.label.recording
    has_recording = recording is not None and Path(recording).is_dir()
    if report.label is None:
        return ReadReport(report, None, report.damage, has_recording)
    try:
        return ReadReport(report, shelf.view(report.name), None, has_recording)
    except DamagedReportError as trouble:
        return ReadReport(report, None, str(trouble), has_recording)
