# SPDX-License-Identifier: GPL-3.0-only
"""What happened, for people: events as lines of the activity list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mtleak_gui.core.markers import MARK
from mtleak_gui.core.records import RawEvent


class Activity(NamedTuple):
    """One line. ``ts`` is epoch seconds, ``icon`` the name of a Material Design icon, ``port`` ``None`` for all."""

    ts: float
    icon: str
    port: str | None
    title: str
    detail: str = ""


_TOLD = {
    MARK: ("flag-variant-outline", "Mark"),
    "connection_established": ("lan-connect", "Connected"),
    "connection_lost": ("lan-disconnect", "Connection lost"),
    "reboot": ("restart", "Restarted"),
    "recorder_start": ("record-circle", "Recording started"),
    "recorder_stop": ("stop", "Recording stopped"),
    "recorder_pause": ("pause-circle-outline", "Recording paused"),
    "recorder_resume": ("play", "Recording resumed"),
    "host_sleep": ("timer-sand", "Computer slept"),
    "clock_jump": ("timer-sand", "Clock was set"),
    "write_error": ("alert-outline", "Writing failed"),
    "dropped": ("alert-outline", "Rows were dropped"),
    "poll_started": ("sync", "Asking for LocalStats began"),
    "poll_stopped": ("sync", "Asking for LocalStats ended"),
    "config_write": ("cog-outline", "Board setting"),
    "repair": ("information-outline", "Recording mended"),
}


def activity_of(event: RawEvent) -> Activity | None:
    """Return the line of an event, ``None`` for one that tells people nothing (``node_updated``, ``device_info``)."""
    told = _TOLD.get(event.kind)
    if told is None:
        return None
    icon, title = told
    if event.kind == MARK:
        return Activity(event.ts, icon, event.port, f"{title}: {event.label or ''}", event.note or "")
    if event.kind == "write_error" and event.label == "write_resumed":
        return Activity(event.ts, "check-circle-outline", event.port, "Writing works again")
    detail = restart_words(event.data or {}) if event.kind == "reboot" else event.note or ""
    return Activity(event.ts, icon, event.port, title, detail)


_RESTART_WORDS = {
    "uptime_fell": "its uptime fell",
    "reboot_count": "its reboot count rose",
    "banner": "boot text seen",
    "boot_text": "boot text seen",
    "chip_reset": "chip reset",
    "my_info": "it introduced itself anew",
}


def restart_words(data: Mapping[str, object]) -> str:
    """Return why a board restarted, from the ``data`` of a ``reboot`` event: the tester's act, else its own words."""
    expected = data.get("expected")
    if isinstance(expected, str) and expected:
        return expected
    own = data.get("reset_reason")
    if isinstance(own, str) and own:
        return own
    reason, evidence = data.get("reason"), data.get("evidence")
    if reason == "chip_reset" and isinstance(evidence, str) and evidence:
        return evidence
    return _RESTART_WORDS.get(str(reason), str(evidence or reason or ""))
