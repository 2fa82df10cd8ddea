# SPDX-License-Identifier: GPL-3.0-only
"""The thread that looks after an open recording every second. Runs in: upkeep thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

_log = logging.getLogger(__name__)


class UpkeepThread:
    """A daemon thread that calls ``tend`` every ``every_s`` seconds until it is stopped."""

    def __init__(self, tend: Callable[[], None], every_s: float) -> None:
        self._tend = tend
        self._every_s = every_s
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="recording-upkeep", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """End the thread, waiting at most ``timeout_s``. Twice, or from the thread itself, does no harm."""
        self._ended.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._ended.wait(self._every_s):
            try:
                self._tend()
            except Exception:  # noqa: BLE001 - one bad round must not end the care for the rows of the next hours
                _log.exception("looking after the recording failed; it is tried again")
