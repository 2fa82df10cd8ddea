# SPDX-License-Identifier: GPL-3.0-only
"""What the shelf of saved reports tells of each: enough for a list, and all that a preview shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from mtleak_gui.core.leakhunt.next_steps import NextStep
from mtleak_gui.core.leakhunt.picture import Picture
from mtleak_gui.core.leakhunt.report_links import ReportLink
from mtleak_gui.core.leakhunt.verdict_card import VerdictCard

ReportForm = Literal["markdown", "html", "text", "json"]


@dataclass(frozen=True, slots=True)
class ReportLabel:
    """What a list shows of a report. ``saved``, ``start`` and ``end`` are epoch seconds.

    ``device`` and ``window`` are words; ``verdict`` is the headline's name for programs; ``recording`` the folder that
    was judged; ``summary`` its first figure; ``remark`` what tells it from others.
    """

    saved: float
    title: str
    verdict: str
    recording: str | None = None
    renamed: bool = False
    port: str | None = None
    device: str = ""
    window: str = ""
    start: float = 0.0
    end: float = 0.0
    field: str = "free_heap"
    variant: str = "local"
    rules: Literal["standard", "strict"] = "standard"
    summary: str = ""
    remark: str = ""
    demo: bool = False
    format: int = 1


class SavedReport(NamedTuple):
    """One report on the shelf. ``bytes``: what it takes on disk; ``label`` is ``None`` where ``damage`` says why."""

    name: str
    folder: Path
    bytes: int
    label: ReportLabel | None
    damage: str | None = None


class ReportView(NamedTuple):
    """A report as a window shows it. ``about``: board, firmware, rule set, as far as they are known."""

    text: str
    card: VerdictCard
    picture: Picture
    links: tuple[ReportLink, ...]
    about: tuple[str, ...]
    steps: tuple[NextStep, ...]


class NoSuchReportError(ValueError):
    """There is no report of that name. The text names it."""


class DamagedReportError(ValueError):
    """The files of a report cannot be read. The text says which and why."""
