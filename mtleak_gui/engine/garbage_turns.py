# SPDX-License-Identifier: GPL-3.0-only
"""Python's search for garbage, in turns of the GUI thread's event loop and nowhere else. Runs in: GUI thread.

By itself Python looks for unreachable cycles in whatever thread happens to make objects: recorder, disk worker, a
library's reader. A widget or timer that it deletes there leaves its timers registered, and the next turn of the event
loop calls an object that is gone; a window deleted there may wait for ever for the GUI thread. And when it looks in the
middle of a paint event, what is deleted may be what is being painted.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_TURN_MS = 500
_YOUNG = 700
"""Fewer new objects than this are not looked through: Python's own default."""
_OLDER_EVERY = 10
_SHARE_OF_HELD = 4
"""Everything is looked through when a quarter as much as is held has come since: so Python itself keeps it cheap."""
_FEWEST = 20_000


class GarbageTurns(QObject):
    """From ``start`` to ``stop`` no other thread deletes what Python made."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        self._turns = self._since = self._held = 0
        self._clock = QTimer(self, interval=_TURN_MS)
        self._clock.timeout.connect(self.take_turn)

    def start(self) -> None:
        """Take the search over from Python."""
        self._was_on = gc.isenabled()
        gc.disable()
        self._clock.start()

    def stop(self) -> None:
        """Leave it as it was found."""
        self._clock.stop()
        if self._was_on:
            gc.enable()

    @Slot()
    def take_turn(self) -> None:
        """Look through what is new; now and then through what is older, seldom through everything."""
        young = gc.get_count()[0]
        if young < _YOUNG:
            return
        self._turns += 1
        self._since += young
        many = max(_FEWEST, self._held // _SHARE_OF_HELD)
        if self._since <= many:
            gc.collect(1 if self._turns % _OLDER_EVERY == 0 else 0)
            return
        self._since = 0
        gc.collect(1)
        # A flood of lines is new each time and soon gone: only what stayed is a reason to stop the window for long.
        if len(gc.get_objects()) - self._held > many:
            gc.collect()
            self._held = len(gc.get_objects())
