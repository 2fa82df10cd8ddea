# SPDX-License-Identifier: GPL-3.0-only
"""The files of one saved report: what is written into its folder, and how it is read back.

``report.md``, ``report.json`` (schema of ``resources/docs/leakhunt-json.md``), ``report.html``, ``plot.svg`` and
``report.txt`` (the text for the clipboard) are for people and programs; ``saved.json`` (what a list shows) and
``view.json`` (banner, plot, links, next steps) are for the window.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import tzinfo
from pathlib import Path

import msgspec

from mtleak_gui.core.leakhunt.report_html import to_html
from mtleak_gui.core.leakhunt.report_json import to_json_value
from mtleak_gui.core.leakhunt.report_markdown import to_markdown
from mtleak_gui.core.leakhunt.report_svg import to_svg
from mtleak_gui.core.leakhunt.report_view import report_view
from mtleak_gui.core.leakhunt.saved_report import DamagedReportError, ReportForm, ReportLabel, ReportView
from mtleak_gui.core.leakhunt.verdict import Verdict

LABEL_FILE = "saved.json"
_VIEW_FILE = "view.json"
FORM_FILES: dict[ReportForm, str] = {
    "markdown": "report.md",
    "html": "report.html",
    "text": "report.txt",
    "json": "report.json",
}


def pages(verdict: Verdict, label: ReportLabel, zone: tzinfo | None) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a report: its name and what it holds."""
    view = report_view(verdict, zone)
    yield FORM_FILES["markdown"], to_markdown(verdict, zone).encode()
    yield FORM_FILES["html"], to_html(verdict, zone).encode()
    yield FORM_FILES["text"], view.text.encode()
    yield FORM_FILES["json"], (json.dumps(to_json_value(verdict, zone), indent=1) + "\n").encode()
    yield "plot.svg", to_svg(verdict, zone).encode()
    yield _VIEW_FILE, msgspec.json.encode(view._replace(text=""))
    yield LABEL_FILE, label_page(label)


def label_page(label: ReportLabel) -> bytes:
    """Return the file that holds what a list shows."""
    return msgspec.json.encode(label) + b"\n"


def read_label(folder: Path) -> ReportLabel:
    """Return what a list shows of the report in ``folder``. Raises ``DamagedReportError``."""
    try:
        return msgspec.json.decode((folder / LABEL_FILE).read_bytes(), type=ReportLabel)
    except (OSError, ValueError) as trouble:
        raise _damaged(LABEL_FILE, trouble) from trouble


def read_text(folder: Path) -> str:
    """Return the text of the report in ``folder``. Raises ``DamagedReportError``."""
    name = FORM_FILES["text"]
    try:
        return (folder / name).read_bytes().decode()
    except (OSError, ValueError) as trouble:
        raise _damaged(name, trouble) from trouble


def read_view(folder: Path) -> ReportView:
    """Return the report in ``folder`` as a window shows it. Raises ``DamagedReportError``."""
    text = read_text(folder)
    try:
        view = msgspec.json.decode((folder / _VIEW_FILE).read_bytes(), type=ReportView)
    except (OSError, ValueError) as trouble:
        raise _damaged(_VIEW_FILE, trouble) from trouble
    return view._replace(text=text)


def read_value(folder: Path) -> dict[str, object]:
    """Return the report in ``folder`` as it was for programs. Raises ``DamagedReportError``."""
    name = FORM_FILES["json"]
    try:
        return msgspec.json.decode((folder / name).read_bytes(), type=dict[str, object])
    except (OSError, ValueError) as trouble:
        raise _damaged(name, trouble) from trouble


def looks_like_report(folder: Path) -> bool:
    """Return whether ``folder`` holds any file that only a report has."""
    return any((folder / name).is_file() for name in (LABEL_FILE, _VIEW_FILE, *FORM_FILES.values()))


def size_of(folder: Path) -> int:
    """Return how many bytes the files in ``folder`` hold; files that vanish meanwhile count nothing."""
    total = 0
    for file in folder.iterdir():
        try:
            total += file.stat().st_size
        except FileNotFoundError:
            continue
    return total


def _damaged(name: str, trouble: Exception) -> DamagedReportError:
    why = trouble.strerror if isinstance(trouble, OSError) else str(trouble)
    return DamagedReportError(f"{name} cannot be read: {why or trouble}")
