# SPDX-License-Identifier: GPL-3.0-only
"""What is wrong with boards, recorder and clock, and what can be done: the table behind the Overview's list.

Pure: the window gathers what can be seen (``BoardSigns``, ``RecorderState``) and shows what comes back. Nothing here is
a verdict about the heap. The checks are in ``recorder_checks`` and ``board_checks``.
"""

from __future__ import annotations

from collections.abc import Iterable

from mtleak_gui.core.board_checks import BOARD_CHECKS
from mtleak_gui.core.board_signs import BoardSigns
from mtleak_gui.core.recorder_checks import RECORDER_CHECKS
from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.core.thing_to_fix import Thing

CLOCK_TOLD_FOR_S = 86_400.0
_SEVERITY = {"danger": 0, "warn": 1, "neutral": 2}

_CLOCK_WAS_SET = Thing(
    "clock_set",
    "warn",
    "The computer's clock was set",
    "Times before and after do not fit together. Judge a window that begins after it.",
    "A jump of the clock shifts samples in time, which bends a slope. The event holds both times.",
)


def things_to_fix(
    boards: Iterable[BoardSigns], recorder: RecorderState, *, now: float, clock_set_at: float | None = None
) -> tuple[Thing, ...]:
    """Return all there is to fix, the worst first. ``clock_set_at``: when the host's clock last jumped (epoch s)."""
    found = [thing for check in RECORDER_CHECKS if (thing := check(recorder)) is not None]
    if clock_set_at is not None and now - clock_set_at < CLOCK_TOLD_FOR_S:
        found.append(_CLOCK_WAS_SET)
    for board in boards:
        found += [thing for check in BOARD_CHECKS if (thing := check(board)) is not None]
    return tuple(sorted(found, key=lambda thing: _SEVERITY[thing.tone]))


def without_ignored(things: Iterable[Thing], ignored: Iterable[str]) -> tuple[Thing, ...]:
    """Return the things that were not ignored."""
    kept_away = frozenset(ignored)
    return tuple(thing for thing in things if not (thing.may_be_ignored and thing.key in kept_away))
