# SPDX-License-Identifier: GPL-3.0-only
"""The windows of time that are offered for a device, and what a window means in times of day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.markers import Marker, pair_ranges
from mtleak_gui.core.time_words import TimeWindow, TimeWordsError, WindowWord, parse_window

SPANS = ("10m", "30m", "1h", "3h", "6h", "12h", "1d", "3d")
_RANGES_SHOWN = 8
_MARK = "mark:"


class WindowChoice(NamedTuple):
    """One window of the list: what it is called, and the words that a question takes."""

    text: str
    words: WindowWord


def window_choices(last_restart: float | None, markers: Sequence[Marker]) -> tuple[WindowChoice, ...]:
    """Return what is offered: fixed spans, the present boot, what lies between two marks (newest first)."""
    choices = [WindowChoice(_spaced(span), span) for span in SPANS]
    if last_restart is not None:
        choices.append(WindowChoice("since last restart", (last_restart, "now")))
    closed = [found for found in pair_ranges(markers) if found.end is not None]
    for found in reversed(closed[-_RANGES_SHOWN:]):
        end = found.start if found.end is None else found.end
        text = f"{wording.single_line(found.name, 24)} {clock(found.start)}–{clock(end)}"
        choices.append(WindowChoice(text, (found.start, end)))
    standing = [marker for marker in markers if not marker.removed]
    if standing:
        newest = max(standing)
        name = wording.single_line(newest.label, 24)
        choices.append(WindowChoice(f"since mark {name} {clock(newest.ts)}", (newest.ts, "now")))
    return tuple(choices)


def own_window(text: str) -> WindowWord:
    """Return what the tester wrote as the words of a question: ``from - to`` is taken for ``from/to`` too."""
    return text.strip().replace(" to ", "/").replace(" – ", "/")


def resolved(words: WindowWord, end: float, latest: float | None) -> TimeWindow | None:
    """Return the times that a window means, ``None`` where only the recording can tell (marks).

    Raises ``TimeWordsError`` with a sentence for the tester.
    """
    if isinstance(words, str) and _MARK in words:
        return None
    window = parse_window(words, now=end, latest=latest)
    if window.end <= window.start:
        raise TimeWordsError("The window is empty: give a span longer than zero, such as 1h.")
    return window


def range_text(window: TimeWindow) -> str:
    """Return ``08:25:30 – 14:25:30``, with days where the two lie on different ones."""
    first, last = datetime.fromtimestamp(window.start), datetime.fromtimestamp(window.end)  # noqa: DTZ006 - local
    if first.date() == last.date():
        return f"{first:%H:%M:%S} – {last:%H:%M:%S}"
    return f"{first:%m-%d %H:%M} – {last:%m-%d %H:%M}"


def clock(ts: float) -> str:
    """Return the local time of day: ``14:25``."""
    return f"{datetime.fromtimestamp(ts):%H:%M}"  # noqa: DTZ006 - local


def span_words(words: str) -> str:
    """Return a window that the verdict names (``3h``) as the list shows it (``3 h``)."""
    return _spaced(words)


def _spaced(span: str) -> str:
    return f"{span[:-1]} {span[-1]}"
