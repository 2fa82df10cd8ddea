# SPDX-License-Identifier: GPL-3.0-only
"""Moments at which a process kills itself: just before it does a certain thing to a certain file for the n-th time."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
import time
from typing import Any, NamedTuple

_STAMP = r"\.\d{8}-\d{6}-\d{6}-\d{5}"


class KillPoint(NamedTuple):
    """``event`` is the one that Python's audit tells, before it happens; ``pattern`` is found in the file's path.

    ``appending``: only files opened to be appended to. The first ``passed`` times are let pass.
    """

    event: str
    pattern: str
    appending: bool = False
    passed: int = 0

    def is_it(self, event: str, words: tuple[Any, ...]) -> bool:
        """Return whether an event of the audit, with its words, is that of this point."""
        if event != self.event or (self.appending and not words[2] & os.O_APPEND):
            return False
        return re.search(self.pattern, str(words[0])) is not None


WRITING = {
    "before the rename of a rollover": KillPoint("os.rename", r"/logs\.jsonl$"),
    "between that rename and the new file": KillPoint("open", r"/logs\.jsonl$", appending=True, passed=1),
    "in compression": KillPoint("open", r"\.gz(\.\d+)?\.tmp$"),
    "before the columns": KillPoint("open", r"\.columns\.npy(\.\d+)?\.tmp$"),
    "between the columns and their table": KillPoint("open", r"\.columns\.json(\.\d+)?\.tmp$"),
    "before the name of the table": KillPoint("os.rename", r"\.columns\.json(\.\d+)?\.tmp$"),
    "before the index": KillPoint("open", r"\.idx(\.\d+)?\.tmp$"),
    "before the name of the index": KillPoint("os.rename", r"\.idx(\.\d+)?\.tmp$"),
    "between the sidecars and the archive's name": KillPoint("os.rename", r"\.gz(\.\d+)?\.tmp$"),
    "between that name and the removal of the part": KillPoint("os.remove", rf"{_STAMP}\.jsonl$"),
}
PRUNING = {
    "before an old archive goes": KillPoint("os.remove", r"\.gz$"),
    "between an old archive and its index": KillPoint("os.remove", r"\.idx$"),
    "between an old archive and its columns": KillPoint("os.remove", r"\.columns\.npy$"),
}
REPAIRING = {
    "before an unfinished file goes": KillPoint("os.remove", r"\.tmp$"),
    "before torn bytes are kept": KillPoint("open", r"/torn-[^/]*\.tmp$"),
    "before the name of the kept bytes": KillPoint("os.rename", r"/torn-[^/]*\.tmp$"),
    "before torn bytes are cut off": KillPoint("os.truncate", ""),
    "before the repairs are told": KillPoint("open", r"/events\.jsonl$", appending=True),
    "in the compression of a leftover": KillPoint("open", r"\.gz(\.\d+)?\.tmp$"),
    "before a leftover part goes": KillPoint("os.remove", rf"{_STAMP}\.jsonl$"),
}
CLOSING = {
    "before the lock is released": KillPoint("os.remove", r"/writer\.lock$"),
}
ALL = WRITING | PRUNING | REPAIRING | CLOSING


def die_at(point: KillPoint, times: int, delay_s: float) -> None:
    """Let this process kill itself when ``point`` comes for the ``times``-th time, or ``delay_s`` after that."""
    left = [point.passed + times]

    def notice(event: str, words: tuple[Any, ...]) -> None:
        if point.is_it(event, words):
            left[0] -= 1
            if left[0] == 0:
                die_after(delay_s)

    sys.addaudithook(notice)


def die_after(delay_s: float) -> None:
    """Kill this process now, or ``delay_s`` from now; it says when."""
    if delay_s > 0:
        threading.Thread(target=_die, args=(delay_s,), daemon=True).start()
    else:
        _die(0.0)


def _die(delay_s: float) -> None:
    time.sleep(delay_s)
    os.write(1, f"killed 0 {time.time()}\n".encode())
    os.kill(os.getpid(), signal.SIGKILL)
