# SPDX-License-Identifier: GPL-3.0-only
"""Saved reports with whatever in them: listed, shown and handed out, or called damaged."""

from __future__ import annotations

from contextlib import suppress

from mtleak_gui.core.leakhunt.saved_report import DamagedReportError
from mtleak_gui.storage.report_shelf import ReportShelf
from tests.fuzz.folders import empty_folder

_FILES = ("saved.json", "view.json", "report.json", "report.txt", "report.md", "report.html")


def one_input(data: bytes) -> None:
    """Put the pieces of ``data`` between NULs into the files of a report, and read it in every way."""
    with empty_folder() as folder:
        report = folder / "20260921-140640 board slow leak"
        report.mkdir()
        for name, piece in zip(_FILES, data.split(b"\0"), strict=False):
            (report / name).write_bytes(piece)
        shelf = ReportShelf(folder, lambda: 1_790_000_000.0)
        for listed in shelf.reports():
            assert (listed.label is None) == bool(listed.damage)
            for read in (shelf.text, shelf.view, shelf.value):
                with suppress(DamagedReportError):
                    read(listed.name)
            with suppress(DamagedReportError):
                shelf.rename(listed.name, "another title")
