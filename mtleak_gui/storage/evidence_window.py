# SPDX-License-Identifier: GPL-3.0-only
"""The window of time that a question means: words, marks, and where the recording ends."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.core.time_words import TimeWindow, TimeWord, WindowWord, parse_time, parse_window
from mtleak_gui.storage.evidence_events import EventReading
from mtleak_gui.storage.query_answers import QueryError

MARK = "mark:"
WIDER_WINDOWS_S = tuple(
    length * 3600.0 for length in (0.5, 1, 3, 6, 12, 24, 3 * 24, 7 * 24, 14 * 24, 30 * 24, 90 * 24, 365 * 24)
)
"""Windows that are offered in place of one that holds too few samples."""


class Span(NamedTuple):
    """The window, and whether it ends now, while somebody records."""

    window: TimeWindow
    live: bool


def span_of(question: Question, events: EventReading, *, now: float, newest: float | None, written: bool) -> Span:
    """Return the window that a question means.

    ``newest``: the recording's newest row; ``written``: whether somebody records. Raises ``TimeWordsError`` and
    ``QueryError``, each with the words that cannot be used.
    """
    end = now if written or newest is None else newest
    if question.at is not None:
        end = parse_time(question.at, now=now, latest=newest)
    window = parse_window(_without_marks(question.window, events, end), now=end, latest=newest)
    if window.end <= window.start:
        raise QueryError(f"window {question.window!r} is empty: give a span longer than zero, such as 1h")
    return Span(window, written and window.end >= now - 1.0)


def window_words(question: Question, window: TimeWindow) -> str:
    """Return the window as the tester wrote it, without a sign; numbers and pairs as a span."""
    if isinstance(question.window, str):
        words = question.window.strip().removeprefix("-").strip()
        if not words.replace(".", "").isdigit():
            return words
    return wording.span(window.end - window.start)


def wider_windows(window: TimeWindow) -> list[TimeWindow]:
    """Return the windows to offer that end where this one does and are longer, shortest first."""
    length = window.end - window.start
    return [TimeWindow(window.end - wider, window.end) for wider in WIDER_WINDOWS_S if wider > length * 1.01]


def _without_marks(words: WindowWord, events: EventReading, end: float) -> WindowWord:
    """Return ``mark:burst-start/mark:burst-end`` as a pair of times; other words as they are."""
    if not isinstance(words, str) or MARK not in words:
        return words
    first, slash, last = words.partition("/")
    return _moment(first, events, end), _moment(last, events, end) if slash else end


def _moment(word: str, events: EventReading, end: float) -> TimeWord:
    text = word.strip()
    if not text.startswith(MARK):
        return text
    found = events.mark(text.removeprefix(MARK), end)
    if found is None:
        names = ", ".join(events.mark_names) or "none"
        raise QueryError(f"mark {text.removeprefix(MARK)!r} is not in this recording: it has {names}")
    return found
