# SPDX-License-Identifier: GPL-3.0-only
"""What the window does with a pattern, step by step, each timed. As a program: a process that can be ended.

``python -m tests.endurance.regex_steps SEED COUNT`` writes a JSON line before each pattern and one behind it.
"""

from __future__ import annotations

import json
import random
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from mtleak_gui.core.filtered_log import FilteredLog
from mtleak_gui.core.found_rows import FoundRows
from mtleak_gui.core.log_filter import LogFilter, PatternError
from mtleak_gui.core.log_matching import TextMatcher
from mtleak_gui.core.log_store import LogStore
from mtleak_gui.ui.pages.logbook.bounded_regex import stepped_regex
from tests.core.log_by_hand import columns
from tests.endurance.nasty_patterns import KNOWN, LINES, pattern

_ROWS = 400
_SCREEN = 40
_MOST_SLICES = 60
_SLICE_S = 0.003


class Tried(NamedTuple):
    """``slowest``: CPU seconds of the longest step, and which; ``how``: searched, cut off, refused."""

    slowest: float
    step: str
    how: str


def try_pattern(text: str, *, easy_rows: int = _ROWS) -> Tried:
    """Filter easy rows, behind them nasty ones, find in all, hear more, draw a screen."""
    slowest, name = 0.0, ""

    def timed(step: str, work: Callable[[], object]) -> object:
        nonlocal slowest, name
        began = time.thread_time()
        try:
            return work()
        finally:
            took = time.thread_time() - began
            if took > slowest:
                slowest, name = took, step

    wanted = LogFilter(text)
    store = LogStore()
    store.append(columns([*LINES * 20, *["INFO | 12:00:00 1 [A] easy"] * easy_rows]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            made = timed("compile", lambda: TextMatcher(wanted, stepped_regex, time.thread_time))
        except PatternError:
            return Tried(slowest, name, "refused")
    assert isinstance(made, TextMatcher)
    log = FilteredLog(store, wanted, made)
    _slices(log.advance, lambda: log.is_done, lambda work: timed("filter", work))
    everything = FilteredLog(store, LogFilter(), TextMatcher(LogFilter(), stepped_regex))
    _slices(everything.advance, lambda: everything.is_done, lambda work: work())
    found = FoundRows(everything, TextMatcher(wanted, stepped_regex, time.thread_time))
    _slices(found.advance, lambda: found.is_done, lambda work: timed("find", work))
    store.append(columns(LINES * 8))
    timed("follow", log.follow)
    timed("draw", lambda: [made.spans(f"{LINES[row % len(LINES)][:2000]}{row}") for row in range(_SCREEN)])
    return Tried(slowest, name, "cut off" if made.undecided else "searched")


def _slices(
    advance: Callable[[Callable[[], bool], Callable[[], float]], object],
    is_done: Callable[[], bool],
    timed: Callable[[Callable[[], object]], object],
) -> None:
    for _ in range(_MOST_SLICES):
        if is_done():
            return
        is_over = _deadline(_SLICE_S)
        timed(partial(advance, is_over, time.perf_counter))


def _deadline(seconds: float) -> Callable[[], bool]:
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() >= end


def main(seed: int, count: int) -> None:
    """Try the known ones, and others that the seed makes."""
    source = random.Random(seed)
    for number in range(count):
        text = KNOWN[number] if number < len(KNOWN) else pattern(source)[:1000]
        print(json.dumps({"trying": text}), flush=True)
        tried = try_pattern(text)
        print(json.dumps({"pattern": text, **tried._asdict()}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
