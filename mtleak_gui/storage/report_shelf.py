# SPDX-License-Identifier: GPL-3.0-only
"""Saved reports: one folder each, listed, read, and deleted so that it can be undone.

A report's folder holds ``report.md``, ``report.json`` (schema of ``resources/docs/leakhunt-json.md``), ``report.html``,
``plot.svg``, ``report.txt`` (the text for the clipboard) and ``saved.json`` (format, saved, recording, title). It is
prepared under another name and renamed, so that a report is there wholly or not at all. Deleted ones wait in
``.deleted``.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import NamedTuple

from mtleak_gui.core.leakhunt.report import full_text
from mtleak_gui.core.leakhunt.report_html import to_html
from mtleak_gui.core.leakhunt.report_json import to_json_value
from mtleak_gui.core.leakhunt.report_markdown import to_markdown
from mtleak_gui.core.leakhunt.report_svg import to_svg
from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.storage.places import folder_name

FORMAT = 1
_DELETED = ".deleted"
_UNFINISHED = ".tmp"
_CARD = "saved.json"
_JSON = "report.json"
_TEXT = "report.txt"


class SavedReport(NamedTuple):
    """What a list of reports shows. ``saved`` is the epoch second; ``recording`` where it was judged from."""

    name: str
    folder: Path
    saved: float
    title: str
    verdict: str
    recording: str | None


class NoSuchReportError(Exception):
    """There is no report of that name. The text names it."""


class ReportShelf:
    """The folder of saved reports, which need not exist yet. Its methods raise ``OSError`` when the disk refuses."""

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self._folder = folder
        self._clock = clock

    def save(self, verdict: Verdict, recording: Path | None = None, zone: tzinfo | None = None) -> SavedReport:
        """Save a report in all formats and return it as listed; times of day in ``zone`` or this computer's own."""
        saved = self._clock()
        device = verdict.facts.evidence.device
        who = device.name or device.port or "device"
        stamp = datetime.fromtimestamp(saved, UTC).strftime("%Y%m%d-%H%M%S")
        folder = self._free(folder_name(f"{stamp} {who} {verdict.headline.title.lower()}"))
        title = f"{who}: {verdict.sentence}"
        place = None if recording is None else str(recording.absolute())
        card = {"format": FORMAT, "saved": saved, "recording": place, "title": title}
        pages = {
            "report.md": to_markdown(verdict, zone),
            "report.html": to_html(verdict, zone),
            "plot.svg": to_svg(verdict, zone),
            _TEXT: full_text(verdict, zone),
            _JSON: json.dumps(to_json_value(verdict, zone), indent=1) + "\n",
            _CARD: json.dumps(card) + "\n",
        }
        unfinished = folder.with_name(folder.name + _UNFINISHED)
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        for name, page in pages.items():
            (unfinished / name).write_text(page, encoding="utf-8", newline="\n")
        unfinished.rename(folder)
        return SavedReport(folder.name, folder, saved, title, verdict.headline.value, place)

    def reports(self) -> tuple[SavedReport, ...]:
        """Return the saved reports, newest first; folders that are none are passed over."""
        found = [report for folder in self._folders(self._folder) if (report := _read_card(folder)) is not None]
        return tuple(sorted(found, key=lambda report: (report.saved, report.name), reverse=True))

    def text(self, name: str) -> str:
        """Return the text of a report. Raises ``NoSuchReportError``."""
        return (self._existing(name) / _TEXT).read_text(encoding="utf-8")

    def value(self, name: str) -> dict[str, object]:
        """Return a report as it was for programs. Raises ``NoSuchReportError``."""
        value: dict[str, object] = json.loads((self._existing(name) / _JSON).read_text(encoding="utf-8"))
        return value

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


def _read_card(folder: Path) -> SavedReport | None:
    try:
        card = json.loads((folder / _CARD).read_text(encoding="utf-8"))
        value = json.loads((folder / _JSON).read_text(encoding="utf-8"))
        verdict, recording = str(value["verdict"]), card["recording"]
        place = None if recording is None else str(recording)
        return SavedReport(folder.name, folder, float(card["saved"]), str(card["title"]), verdict, place)
    except (OSError, ValueError, KeyError, TypeError):
        return None
