# SPDX-License-Identifier: GPL-3.0-only
"""The row of the activity list that tells of a saved report."""

from __future__ import annotations

from mtleak_gui.core.activity import Activity
from mtleak_gui.core.leakhunt.saved_report import SavedReport
from mtleak_gui.core.leakhunt.verdict import Headline
from mtleak_gui.engine.bench import Bench


def note_saved(bench: Bench, report: SavedReport) -> None:
    """Tell among what happened that a report was saved: its verdict and its window."""
    about = report.label
    if about is None:
        return
    title = f"Report saved: {Headline(about.verdict).title}"
    detail = ", ".join(part for part in (about.window, about.summary) if part)
    bench.note(Activity(bench.now(), "file-document-outline", about.port, title, detail))
