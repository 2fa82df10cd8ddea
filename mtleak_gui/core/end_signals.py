# SPDX-License-Identifier: GPL-3.0-only
"""The signals that mean "end now, properly": Ctrl-C, SIGTERM, and the closing of the terminal."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def end_signals() -> tuple[signal.Signals, ...]:
    """Return those that this system has and that nobody switched off.

    Windows has no SIGHUP; one that is ignored when the program starts was meant to be, by ``nohup``.
    """
    usual = (signal.SIGINT, signal.SIGTERM)
    if sys.platform == "win32" or signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        return usual
    return (*usual, signal.SIGHUP)


@contextmanager
def on_end_signals(end: Callable[[int], object]) -> Iterator[None]:
    """Call ``end`` with the number of each such signal that comes meanwhile, and put the handlers back afterwards.

    For the main thread alone. Python calls it between two of its own instructions: a Qt loop must let it run at times.
    """
    before = {number: signal.signal(number, lambda number, _frame: end(number)) for number in end_signals()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
