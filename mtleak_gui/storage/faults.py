# SPDX-License-Identifier: GPL-3.0-only
"""What keeps a recording from being written, said once when it starts and once when it ends."""

from __future__ import annotations

import errno
import logging
import threading
from collections import deque
from collections.abc import Callable

OnTrouble = Callable[[str | None], None]
"""Called with a sentence when recording fails, and with ``None`` when it works again."""

_ADVICE = {
    errno.ENOSPC: "The disk is full. Make space on it",
    errno.EDQUOT: "Your quota on the disk is used up. Make space",
    errno.EACCES: "The permission to write there is missing. Restore it",
    errno.EPERM: "The permission to write there is missing. Restore it",
    errno.EROFS: "The disk has become read-only. Make it writable",
    errno.ENOENT: "The folder is gone. Bring it back, or the disk that it was on",
    errno.EFBIG: "The file may not grow any more. Raise the limit for files",
    errno.EIO: "The disk reports an error. Check it",
}

_log = logging.getLogger(__name__)


def advice(trouble: OSError) -> str:
    """Return why something failed and what to do, for the end of a sentence (without its full stop)."""
    return _ADVICE.get(trouble.errno or 0, f"The system says: {trouble.strerror or trouble}. See what is wrong there")


class FaultBoard:
    """The faults that stand, by name; tells ``on_trouble`` about the first that comes and the last that goes.

    ``raise_fault`` and ``clear`` are called under the recording's lock; ``deliver`` without it, since the callback may
    call the recording. Calls of ``on_trouble`` keep the order of what happened, whatever thread they come from.
    """

    def __init__(self, on_trouble: OnTrouble | None) -> None:
        self._on_trouble = on_trouble
        self.standing: dict[str, str] = {}
        """The faults that stand, oldest first: a sentence by name. To be read only."""
        self._news: deque[str | None] = deque()
        self._delivering = threading.Lock()

    @property
    def trouble(self) -> str | None:
        """The sentence of the oldest fault that stands, or ``None``."""
        return next(iter(self.standing.values()), None)

    def raise_fault(self, name: str, sentence: str) -> bool:
        """Note a fault; return whether it is new. A standing one keeps its sentence."""
        if name in self.standing:
            return False
        if not self.standing:
            self._news.append(sentence)
        self.standing[name] = sentence
        return True

    def clear(self, name: str) -> bool:
        """Note that a fault is over; return whether it stood."""
        if self.standing.pop(name, None) is None:
            return False
        if not self.standing:
            self._news.append(None)
        return True

    def deliver(self) -> None:
        """Tell what is new. Cheap when nothing is; a callback that raises is logged and does no harm."""
        # Whoever delivers goes on until nothing is left, so a thread that finds another at it may leave.
        while self._news and self._delivering.acquire(blocking=False):
            try:
                self._tell_all()
            finally:
                self._delivering.release()

    def _tell_all(self) -> None:
        while self._news:
            sentence = self._news.popleft()
            _log.info("recording: %s", sentence or "works again")
            if self._on_trouble is None:
                continue
            try:
                self._on_trouble(sentence)
            except Exception:  # noqa: BLE001 - a foreign callback may raise anything, and the rows must go on
                _log.exception("on_trouble failed for %r", sentence)
