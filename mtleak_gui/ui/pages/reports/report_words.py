# SPDX-License-Identifier: GPL-3.0-only
"""The words of the list of reports: days, verdicts, sizes, and which reports a search and the chips leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.saved_report import SavedReport
from mtleak_gui.core.leakhunt.verdict import Headline
from mtleak_gui.core.screen_words import byte_size

ALL = "all"
DAMAGED = "damaged"
_WORDS = {
    Headline.OOM_IMMINENT: "OOM-imminent",
    Headline.SLOW_LEAK: "Slow leak",
    Headline.FRAGMENTATION: "Fragmentation",
    Headline.REBOOT: "Reboot",
    Headline.RECOVERY: "Recovery",
    Headline.STEADY: "Steady",
    Headline.INCONCLUSIVE: "Inconclusive",
    Headline.INSUFFICIENT_DATA: "Too little data",
}
"""In the order of the chips: what hurts most stands first."""


def headline_of(report: SavedReport) -> Headline | None:
    """Return the verdict of a report; ``None`` for a damaged one, or for a verdict of a newer version."""
    if report.label is None:
        return None
    return next((headline for headline in Headline if headline.value == report.label.verdict), None)


def kind_of(report: SavedReport) -> str:
    """Return the key of the chip under which a report is found."""
    headline = headline_of(report)
    return DAMAGED if headline is None else headline.value


def chips(reports: Iterable[SavedReport]) -> tuple[tuple[str, str, int], ...]:
    """Return (key, word, count) of all, then of each verdict that there is."""
    counts = Counter(kind_of(report) for report in reports)
    found = [(headline.value, word, counts[headline.value]) for headline, word in _WORDS.items()]
    found.append((DAMAGED, "Damaged", counts[DAMAGED]))
    return ((ALL, "All", counts.total()), *(chip for chip in found if chip[2]))


def left_by(reports: Sequence[SavedReport], kind: str, search: str) -> tuple[SavedReport, ...]:
    """Return the reports of a kind in which every word of the search is found, capital or not."""
    words = search.casefold().split()
    return tuple(
        report
        for report in reports
        if kind in (ALL, kind_of(report)) and all(word in _searched(report) for word in words)
    )


def time_words(ts: float, now: float) -> str:
    """Return ``Today 14:25``, ``Yesterday 22:14``, ``2026-11-20 14:25`` in local time."""
    moment = datetime.fromtimestamp(ts)  # noqa: DTZ006 - local
    today = datetime.fromtimestamp(now).date()  # noqa: DTZ006 - local
    if moment.date() == today:
        return f"Today {moment:%H:%M}"
    if moment.date() == today - timedelta(days=1):
        return f"Yesterday {moment:%H:%M}"
    return f"{moment:%Y-%m-%d %H:%M}"


def day_words(ts: float) -> str:
    """Return the local day: ``2026-11-22``."""
    return f"{datetime.fromtimestamp(ts):%Y-%m-%d}"  # noqa: DTZ006 - local


def footer_words(reports: Sequence[SavedReport]) -> str:
    """Return ``8 reports, 3.1 MB``."""
    return f"{wording.count(len(reports), 'report')}, {byte_size(sum(report.bytes for report in reports))}"


def about_words(report: SavedReport) -> str:
    """Return what stands beside the time in the list."""
    if report.label is None:
        return report.name
    if report.label.renamed:
        return report.label.title
    return f"{report.label.device} · {report.label.window}"


def told_words(report: SavedReport, now: float) -> str:
    """Return a row of the list as one sentence, for those who cannot see it."""
    if report.label is None:
        return f"Damaged report {report.name}. {report.damage}"
    label, headline = report.label, headline_of(report)
    title = label.verdict if headline is None else headline.title
    parts = [time_words(label.saved, now), about_words(report), title, label.summary, label.remark]
    return ", ".join(part for part in (*parts, "DEMO" if label.demo else "") if part)


def _searched(report: SavedReport) -> str:
    label, headline = report.label, headline_of(report)
    if label is None:
        return f"{report.name} damaged".casefold()
    title = label.verdict if headline is None else f"{headline.title} {_WORDS[headline]}"
    return f"{label.title} {label.device} {label.window} {label.remark} {label.summary} {title}".casefold()
