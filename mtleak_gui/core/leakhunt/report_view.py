# SPDX-License-Identifier: GPL-3.0-only
"""A verdict as the report that a window shows and the shelf keeps."""

from __future__ import annotations

from datetime import tzinfo

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.next_steps import next_steps
from mtleak_gui.core.leakhunt.picture import picture_of
from mtleak_gui.core.leakhunt.report import full_text
from mtleak_gui.core.leakhunt.report_links import report_links
from mtleak_gui.core.leakhunt.saved_report import ReportLabel, ReportView
from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.core.leakhunt.verdict_card import card_of


def report_view(verdict: Verdict, zone: tzinfo | None = None) -> ReportView:
    """Return all that is shown of a verdict; times of day in ``zone``, or in this computer's own."""
    device = verdict.facts.evidence.device
    known = [wording.single_line(text, 60) for text in (device.hardware, device.firmware) if text]
    return ReportView(
        text=full_text(verdict, zone),
        card=card_of(verdict, zone),
        picture=picture_of(verdict),
        links=report_links(verdict, zone),
        about=(*known, f"rule set {verdict.rules}"),
        steps=next_steps(verdict, zone),
    )


def device_name(verdict: Verdict) -> str:
    """Return what the judged device is called, on one line."""
    device = verdict.facts.evidence.device
    return wording.single_line(device.name or device.port or "device", 40)


def window_name(verdict: Verdict) -> str:
    """Return the window as a list shows it: a length of time, or the words that were asked."""
    asked = verdict.facts.evidence.request
    return asked.window if "mark:" in asked.window else wording.spaced_span(asked.end - asked.start)


def default_title(verdict: Verdict, zone: tzinfo | None = None) -> str:
    """Return the title of a report that nobody has named: ``bench-a, 6 h to 14:25``."""
    end = wording.clock(verdict.facts.evidence.request.end, zone).partition(" ")[0]
    return f"{device_name(verdict)}, {window_name(verdict)} to {end}"


def label_of(verdict: Verdict, saved: float, recording: str | None, zone: tzinfo | None = None) -> ReportLabel:
    """Return what a list shows of a verdict that is saved at the epoch second ``saved``."""
    asked, card = verdict.facts.evidence.request, card_of(verdict, zone)
    return ReportLabel(
        saved=saved,
        title=default_title(verdict, zone),
        verdict=verdict.headline.value,
        recording=recording,
        port=asked.port,
        device=device_name(verdict),
        window=window_name(verdict),
        start=asked.start,
        end=asked.end,
        field=asked.field,
        variant=asked.variant,
        rules=asked.rules,
        summary=card.summary,
        remark=card.remark,
        demo=card.demo,
    )
